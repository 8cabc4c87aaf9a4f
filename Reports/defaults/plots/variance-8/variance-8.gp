# Redraw both pictures with: gnuplot variance-8.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, neals-funnel' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 4 cells and 5 seeds; in all a spread of 0.0441 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:87.95616002148427]
set yrange [0.4:7.6]
set ytics ('learning_rate' 7, 'family' 6, 'family × learning_rate' 5, 'learning_rate × seed' 4, 'seed' 3, 'remainder' 2, 'family × seed' 1)
set label '78.5 %' at 78.53228573346809,7 left offset 0.6,0 font ',11'
set label '9.2 %' at 9.248988292503205,6 left offset 0.6,0 font ',11'
set label '6.6 %' at 6.566412972007882,5 left offset 0.6,0 font ',11'
set label '2.8 %' at 2.7955767534616274,4 left offset 0.6,0 font ',11'
set label '2.8 %' at 2.7757128113652265,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.04906042266820121,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.03196301452577107,1 left offset 0.6,0 font ',11'
set terminal svg size 960,360 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-8.svg'
plot 'variance-8-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,720 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-8.png'
replot
set output
