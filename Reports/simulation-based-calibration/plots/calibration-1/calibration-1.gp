# Redraw both pictures with: gnuplot calibration-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'truths within q: distribution minus uniform, bayesian-linear-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'the worst latent of each group' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xrange [0:1]
set xlabel 'probability below the truth under q'
set ylabel 'F(x) - x'
set bmargin 10.0
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 5 samplen 3 spacing 1.15
set terminal svg size 960,590 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'calibration-1.svg'
plot 'calibration-1-band.dat' using 1:2:3 with filledcurves fillcolor rgb '#dddddd' title '95 % of uniform ones stay inside', \
  'calibration-1-1.dat' using 1:2 with lines linewidth 1.8 linecolor rgb '#0072B2' dashtype solid title 'mean-field, adam: weights.2', \
  'calibration-1-2.dat' using 1:2 with lines linewidth 1.8 linecolor rgb '#D55E00' dashtype (14,5) title 'full-rank, adam: weights.2', \
  'calibration-1-3.dat' using 1:2 with lines linewidth 1.8 linecolor rgb '#009E73' dashtype (4,3) title 'exact, adam: weights.2', \
  'calibration-1-4.dat' using 1:2 with lines linewidth 1.8 linecolor rgb '#CC79A7' dashtype (14,4,3,4) title 'full-rank, laplace-approximation: weights.2'
set terminal pngcairo size 1920,1180 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'calibration-1.png'
replot
set output
