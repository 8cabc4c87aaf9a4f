# Redraw both pictures with: gnuplot variance-3.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, logistic-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 5.86 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:111.81315048214509]
set yrange [0.4:11.6]
set ytics ('family' 11, 'learning_rate' 10, 'family × learning_rate' 9, 'learning_rate × initial' 8, 'learning_rate × seed' 7, 'remainder' 6, 'seed' 5, 'family × seed' 4, 'initial × seed' 3, 'initial' 2, 'family × initial' 1)
set label '99.8 %' at 99.83317007334382,11 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.10587039154109766,10 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.052159933774866156,9 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0031475235808262367,8 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0015767940303217105,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0015697707946515926,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0013853969968781051,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0010262393267931012,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 7.217679461692488e-05,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 2.036555495902179e-05,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.3342611690681639e-06,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-3.svg'
plot 'variance-3-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-3.png'
replot
set output
