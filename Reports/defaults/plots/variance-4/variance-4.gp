# Redraw both pictures with: gnuplot variance-4.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, eight-schools' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 0.558 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:55.6823841608825]
set yrange [0.4:11.6]
set ytics ('family' 11, 'initial' 10, 'learning_rate × initial' 9, 'learning_rate' 8, 'family × learning_rate' 7, 'remainder' 6, 'family × seed' 5, 'seed' 4, 'family × initial' 3, 'initial × seed' 2, 'learning_rate × seed' 1)
set label '49.7 %' at 49.71641442935937,11 left offset 0.6,0 font ',11'
set label '47.5 %' at 47.45632191825996,10 left offset 0.6,0 font ',11'
set label '1.6 %' at 1.6272328619168523,9 left offset 0.6,0 font ',11'
set label '1 %' at 1.0454948978099579,8 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.053750983684567745,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.04291737536173956,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.015735992148104568,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0151458478008603,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.014459116462414504,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.011844689442945434,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0006818877532356252,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-4.svg'
plot 'variance-4-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-4.png'
replot
set output
