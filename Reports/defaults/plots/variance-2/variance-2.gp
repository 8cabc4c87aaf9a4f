# Redraw both pictures with: gnuplot variance-2.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, bayesian-linear-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 8 cells and 5 seeds; in all a spread of 1.88 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:111.20829896562694]
set yrange [0.4:11.6]
set ytics ('family' 11, 'learning_rate' 10, 'remainder' 9, 'family × seed' 8, 'learning_rate × seed' 7, 'seed' 6, 'family × initial' 5, 'learning_rate × initial' 4, 'initial × seed' 3, 'initial' 2, 'family × learning_rate' 1)
set label '99.3 %' at 99.29312407645261,11 left offset 0.6,0 font ',11'
set label '0.4 %' at 0.38457375038155656,10 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.09532778226072347,9 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.07447855810972359,8 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.05623795155194038,7 left offset 0.6,0 font ',11'
set label '0.1 %' at 0.052772306461480116,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.019067094613672824,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.01703040199758511,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0032728419602048044,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0030403279414325823,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0010749082690850486,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance-2.svg'
plot 'variance-2-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance-2.png'
replot
set output
