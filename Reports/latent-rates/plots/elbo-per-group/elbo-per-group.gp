# Redraw both pictures with: gnuplot elbo-per-group.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'elbo per group, vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set xlabel 'elbo (nats)'
set xtics 5000.0
set xrange [35023.4235963741:51124.80826363979]
set yrange [0.4:7.6]
set ytics ('mean-field, elbo, beta=1' 7, 'mean-field, geco, beta=1' 6, 'mean-field, capacity, beta=1' 5, 'mean-field, beta-tcvae, beta=4' 4, 'minimum-rate, elbo, beta=4' 3, 'mean-field, elbo, beta=4' 2, 'mean-field, free-bits, beta=4' 1)
set bars 0.6
set bmargin 5.2
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 1 samplen 3 spacing 1.15
set terminal svg size 960,469 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-per-group.svg'
plot 'elbo-per-group-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'elbo-per-group-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one run', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over seeds'
set terminal pngcairo size 1920,938 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-per-group.png'
replot
set output
