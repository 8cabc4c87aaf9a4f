# Redraw both pictures with: gnuplot variance-5.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, neals-funnel' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 0.0345 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:39.086089534380065]
set yrange [0.4:11.6]
set ytics ('learning_rate' 11, 'initial' 10, 'family' 9, 'family × learning_rate' 8, 'learning_rate × seed' 7, 'seed' 6, 'learning_rate × initial' 5, 'remainder' 4, 'family × seed' 3, 'initial × seed' 2, 'family × initial' 1)
set label '34.9 %' at 34.89829422712506,11 left offset 0.6,0 font ',11'
set label '29.4 %' at 29.359041087541154,10 left offset 0.6,0 font ',11'
set label '15.1 %' at 15.07506908071048,9 left offset 0.6,0 font ',11'
set label '10.5 %' at 10.512084103383968,8 left offset 0.6,0 font ',11'
set label '4.4 %' at 4.4238153100232145,7 left offset 0.6,0 font ',11'
set label '4.2 %' at 4.182323756441651,6 left offset 0.6,0 font ',11'
set label '1.4 %' at 1.402998497448349,5 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.08796363083135583,4 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.052938192872130765,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.004398292112828407,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.001073821509807913,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-5.svg'
plot 'variance-5-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-5.png'
replot
set output
