# Redraw both pictures with: gnuplot variance.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, logistic-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 18 cells and 5 seeds; in all a spread of 5.38 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:111.89699013821568]
set yrange [0.4:11.6]
set ytics ('family' 11, 'family × learning_rate' 10, 'learning_rate' 9, 'remainder' 8, 'learning_rate × seed' 7, 'form × seed' 6, 'family × seed' 5, 'form × learning_rate' 4, 'seed' 3, 'form' 2, 'family × form' 1)
set label '99.9 %' at 99.90802690912113,11 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.06261135786002534,10 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.022818994561225138,9 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.004403927828122711,8 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0009716005287567732,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00036577285636435805,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00032180543419377136,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0002677032200784162,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00011858522438997312,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 6.643132070635647e-05,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 2.6912045023480247e-05,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance.svg'
plot 'variance-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance.png'
replot
set output
