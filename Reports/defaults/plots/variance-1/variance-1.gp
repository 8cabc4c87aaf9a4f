# Redraw both pictures with: gnuplot variance-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, conjugate-normal' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 484528 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:111.9925757933196]
set yrange [0.4:11.6]
set ytics ('initial' 11, 'learning_rate × initial' 10, 'learning_rate' 9, 'initial × seed' 8, 'seed' 7, 'learning_rate × seed' 6, 'family × initial' 5, 'remainder' 4, 'family × learning_rate' 3, 'family' 2, 'family × seed' 1)
set label '100 %' at 99.99337124403534,11 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.003314378967119106,10 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0033143769729080718,9 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.227108704502205e-11,8 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.2187971176870051e-11,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 8.687824188313139e-14,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 4.1597037792333507e-14,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 3.3306690738754696e-14,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 2.0311053609537845e-17,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 3.6079678994727694e-31,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-1.svg'
plot 'variance-1-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-1.png'
replot
set output
