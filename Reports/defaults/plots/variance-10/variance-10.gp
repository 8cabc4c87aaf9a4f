# Redraw both pictures with: gnuplot variance-10.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, correlated-gaussian, dimension=2' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 4 cells and 5 seeds; in all a spread of 0.416 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:111.96278107210168]
set yrange [0.4:7.6]
set ytics ('family' 7, 'learning_rate' 6, 'learning_rate × seed' 5, 'seed' 4, 'family × seed' 3, 'remainder' 2, 'family × learning_rate' 1)
set label '100 %' at 99.9667688143765,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00972364168542211,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.008033269918665717,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.007997297689211107,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0037298997036683086,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0036715411012244736,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 7.553552532763103e-05,1 left offset 0.6,0 font ',11'
set terminal svg size 960,360 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-10.svg'
plot 'variance-10-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,720 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-10.png'
replot
set output
