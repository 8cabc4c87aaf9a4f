# Redraw both pictures with: gnuplot variance-6.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, correlated-gaussian' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 1.28 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:111.47339403850451]
set yrange [0.4:11.6]
set ytics ('family' 11, 'learning_rate' 10, 'family × learning_rate' 9, 'remainder' 8, 'learning_rate × initial' 7, 'initial' 6, 'family × initial' 5, 'family × seed' 4, 'learning_rate × seed' 3, 'seed' 2, 'initial × seed' 1)
set label '99.5 %' at 99.52981610580758,11 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.13577275646388035,10 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.11468934131267008,9 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.09796885815307466,8 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.08304588233393104,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.010558551314233229,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.010455494628103261,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.005163173375644709,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0046498799816861325,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00450460283597224,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0033753537932260766,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-6.svg'
plot 'variance-6-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-6.png'
replot
set output
