# Redraw both pictures with: gnuplot variance-7.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, eight-schools' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 0.937 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:95.82814627500396]
set yrange [0.4:11.6]
set ytics ('parameterization' 11, 'family' 10, 'family × parameterization' 9, 'learning_rate' 8, 'parameterization × learning_rate' 7, 'family × learning_rate' 6, 'remainder' 5, 'learning_rate × seed' 4, 'seed' 3, 'parameterization × seed' 2, 'family × seed' 1)
set label '85.6 %' at 85.56084488839639,11 left offset 0.6,0 font ',11'
set label '4.5 %' at 4.5091506334640545,10 left offset 0.6,0 font ',11'
set label '3.9 %' at 3.856988836370313,9 left offset 0.6,0 font ',11'
set label '3.5 %' at 3.5019298486407453,8 left offset 0.6,0 font ',11'
set label '2.5 %' at 2.5223209062892837,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.02532835925231884,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.007405110580416263,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.005433401820338186,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.005366899083102628,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00493573289402714,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.00029538320899220286,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-7.svg'
plot 'variance-7-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-7.png'
replot
set output
