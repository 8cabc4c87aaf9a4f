# Redraw both pictures with: gnuplot variance-3.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, logistic-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 5.98 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:111.96844987419915]
set yrange [0.4:11.6]
set ytics ('family' 11, 'learning_rate' 10, 'learning_rate × initial' 9, 'family × learning_rate' 8, 'remainder' 7, 'family × seed' 6, 'learning_rate × seed' 5, 'seed' 4, 'initial × seed' 3, 'family × initial' 2, 'initial' 1)
set label '100 %' at 99.97183024482067,11 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.019083909155641992,10 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0035777112647570565,9 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0018636686543578608,8 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0015868719335343506,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00117823109585979,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00041181426554146326,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0003569224190040541,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 7.451545050576425e-05,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 3.5914805537016175e-05,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.961345912589492e-07,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-3.svg'
plot 'variance-3-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-3.png'
replot
set output
