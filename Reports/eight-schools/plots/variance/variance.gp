# Redraw both pictures with: gnuplot variance.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, eight-schools' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 6 cells and 5 seeds; in all a spread of 0.707 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:95.56380952461961]
set yrange [0.4:7.6]
set ytics ('parameterization' 7, 'family' 6, 'family × parameterization' 5, 'remainder' 4, 'family × seed' 3, 'parameterization × seed' 2, 'seed' 1)
set label '85.3 %' at 85.32482993269608,7 left offset 0.6,0 font ',11'
set label '8.4 %' at 8.435736729141258,6 left offset 0.6,0 font ',11'
set label '6.2 %' at 6.239243129017407,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 9.240086127348945e-05,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 5.1846044927871154e-05,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 3.3130183354533565e-05,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.2832055706081639e-05,1 left offset 0.6,0 font ',11'
set terminal svg size 960,360 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance.svg'
plot 'variance-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,720 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance.png'
replot
set output
