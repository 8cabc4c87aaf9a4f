# Redraw both pictures with: gnuplot differences-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'elbo: difference to full-rank, adam, learning_rate=0.015, conflict' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 '10 of 45 differences lie outside the axis and are not shown; 2 of the means lie outside' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xlabel 'difference of elbo (nats)'
set xtics 0.005
set xrange [-0.013000000000000001:0.013000000000000001]
set yrange [0.4:9.6]
set ytics ('full-rank, pathfinder' 9, 'mean-field, pathfinder' 8, 'full-rank, laplace-approximation' 7, 'mean-field, laplace-approximation' 6, 'mean-field, adam, learning_rate=0.015' 5, 'full-rank, adam, learning_rate=0.1' 4, 'mean-field, adam, learning_rate=0.1' 3, 'full-rank, adam, learning_rate=0.01' 2, 'mean-field, adam, learning_rate=0.01' 1)
set bars 0.6
set bmargin 8.8
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 4 samplen 3 spacing 1.15
set terminal svg size 960,615 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'differences-1.svg'
plot '+' using (-0.01 + $0 * 0.02):(0.4):(9.6) every ::0::1 with filledcurves fillstyle solid 1 noborder fillcolor rgb '#e4e4e4' title 'differences that do not matter (± 0.01)', \
  '+' using (0.0):(0.4 + $0 * 9.2) every ::0::1 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'full-rank, adam, learning_rate=0.015, the baseline', \
  'differences-1-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'differences-1-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one seed', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over pairs'
set terminal pngcairo size 1920,1230 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'differences-1.png'
replot
set output
