# Redraw both pictures with: gnuplot variance-2.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, bayesian-linear-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 1.95 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:111.48763855546811]
set yrange [0.4:11.6]
set ytics ('family' 11, 'family × learning_rate' 10, 'learning_rate' 9, 'learning_rate × seed' 8, 'seed' 7, 'remainder' 6, 'family × seed' 5, 'learning_rate × initial' 4, 'family × initial' 3, 'initial × seed' 2, 'initial' 1)
set label '99.5 %' at 99.54253442452509,11 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.11089125084309663,10 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.08781706237849868,9 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.0704324575178569,8 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.06884926848491958,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.04991849936950565,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.04295493226110129,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.012430252494656825,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.008076774448120607,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0059966261787965,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 9.845149837113953e-05,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-2.svg'
plot 'variance-2-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-2.png'
replot
set output
