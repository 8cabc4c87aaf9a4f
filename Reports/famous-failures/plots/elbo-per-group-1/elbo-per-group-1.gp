# Redraw both pictures with: gnuplot elbo-per-group-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'elbo per group, conflict' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 '10 of 50 runs lie outside the axis and are not shown; 2 of the means lie outside' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xlabel 'elbo (nats)'
set xtics 0.2
set xrange [-1149.2485941272253:-1148.3296156018891]
set yrange [0.4:10.6]
set ytics ('full-rank, adam, learning_rate=0.015' 10, 'full-rank, pathfinder' 9, 'mean-field, pathfinder' 8, 'full-rank, laplace-approximation' 7, 'mean-field, laplace-approximation' 6, 'mean-field, adam, learning_rate=0.015' 5, 'full-rank, adam, learning_rate=0.1' 4, 'mean-field, adam, learning_rate=0.1' 3, 'full-rank, adam, learning_rate=0.01' 2, 'mean-field, adam, learning_rate=0.01' 1)
set bars 0.6
set bmargin 6.4
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
set terminal svg size 960,597 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-per-group-1.svg'
plot '+' using (-1148.501890938549):(0.4 + $0 * 10.2) every ::0::1 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence -1148.502', \
  'elbo-per-group-1-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'elbo-per-group-1-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one run', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over seeds'
set terminal pngcairo size 1920,1194 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-per-group-1.png'
replot
set output
