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
set xrange [0:111.99257597873707]
set yrange [0.4:11.6]
set ytics ('initial' 11, 'learning_rate × initial' 10, 'learning_rate' 9, 'remainder' 8, 'family × seed' 7, 'initial × seed' 6, 'seed' 5, 'learning_rate × seed' 4, 'family × learning_rate' 3, 'family × initial' 2, 'family' 1)
set label '100 %' at 99.99337140958666,11 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0033142956675572058,10 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.003314294670492438,9 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 2.3803181647963356e-11,8 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 2.0101396152427985e-11,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.4503557876781703e-11,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.4468782161882051e-11,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.300104028139092e-12,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 5.155123700105016e-13,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 3.119778180760634e-13,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 3.0930932882425917e-13,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-1.svg'
plot 'variance-1-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-1.png'
replot
set output
