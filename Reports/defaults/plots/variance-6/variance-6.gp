# Redraw both pictures with: gnuplot variance-6.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, correlated-gaussian' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 0.946 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:85.55355599526149]
set yrange [0.4:11.6]
set ytics ('family' 11, 'learning_rate' 10, 'family × learning_rate' 9, 'initial' 8, 'family × initial' 7, 'remainder' 6, 'learning_rate × initial' 5, 'learning_rate × seed' 4, 'seed' 3, 'family × seed' 2, 'initial × seed' 1)
set label '76.4 %' at 76.38710356719776,11 left offset 0.6,0 font ',11'
set label '12.8 %' at 12.785312180386862,10 left offset 0.6,0 font ',11'
set label '6.9 %' at 6.873728114624314,9 left offset 0.6,0 font ',11'
set label '1.9 %' at 1.8873875057097094,8 left offset 0.6,0 font ',11'
set label '1.9 %' at 1.8855247643372035,7 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.06917798984411583,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.03689893941489533,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.028440750509646544,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.02292002883630102,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.022366564107699993,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0011395950314835534,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-6.svg'
plot 'variance-6-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-6.png'
replot
set output
