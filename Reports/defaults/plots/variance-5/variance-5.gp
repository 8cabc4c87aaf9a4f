# Redraw both pictures with: gnuplot variance-5.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, neals-funnel' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 0.0224 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:69.47064731102002]
set yrange [0.4:11.6]
set ytics ('initial' 11, 'learning_rate' 10, 'family × seed' 9, 'remainder' 8, 'learning_rate × initial' 7, 'seed' 6, 'learning_rate × seed' 5, 'initial × seed' 4, 'family × initial' 3, 'family × learning_rate' 2, 'family' 1)
set label '62 %' at 62.027363670553584,11 left offset 0.6,0 font ',11'
set label '19.8 %' at 19.78272450533263,10 left offset 0.6,0 font ',11'
set label '5.2 %' at 5.1900104204644055,9 left offset 0.6,0 font ',11'
set label '4.5 %' at 4.535023599979493,8 left offset 0.6,0 font ',11'
set label '4.4 %' at 4.417305917316627,7 left offset 0.6,0 font ',11'
set label '1.9 %' at 1.9322322725133025,6 left offset 0.6,0 font ',11'
set label '1.2 %' at 1.1934386544735296,5 left offset 0.6,0 font ',11'
set label '0.5 %' at 0.5132004597531457,4 left offset 0.6,0 font ',11'
set label '0.2 %' at 0.18398870321554114,3 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.11421042255228418,2 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.1105013738454497,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-5.svg'
plot 'variance-5-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-5.png'
replot
set output
