# Redraw both pictures with: gnuplot variance-4.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, eight-schools' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 0.549 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:57.97902140091243]
set yrange [0.4:11.6]
set ytics ('family' 11, 'initial' 10, 'learning_rate × initial' 9, 'learning_rate' 8, 'family × learning_rate' 7, 'remainder' 6, 'family × initial' 5, 'learning_rate × seed' 4, 'seed' 3, 'initial × seed' 2, 'family × seed' 1)
set label '51.8 %' at 51.76698339367181,11 left offset 0.6,0 font ',11'
set label '45.7 %' at 45.72291868160355,10 left offset 0.6,0 font ',11'
set label '1.5 %' at 1.5091151574939958,9 left offset 0.6,0 font ',11'
set label '0.7 %' at 0.7359387411772554,8 left offset 0.6,0 font ',11'
set label '0.2 %' at 0.1741534702302073,7 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.05508276072487828,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.014218012589339333,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0077462559330342675,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.007134685514248875,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00381070173176655,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0028981393298943585,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-4.svg'
plot 'variance-4-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-4.png'
replot
set output
