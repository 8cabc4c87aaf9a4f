# Redraw both pictures with: gnuplot elbo-per-group.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'elbo per group, vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set xlabel 'elbo (nats)'
set xtics 20000.0
set xrange [-4697506.053079549:-4606792.027582225]
set yrange [0.4:2.6]
set ytics ('steps=130000' 2, 'steps=65000' 1)
set bars 0.6
set bmargin 5.2
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 1 samplen 3 spacing 1.15
set terminal svg size 960,333 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-per-group.svg'
plot 'elbo-per-group-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'elbo-per-group-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one run', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over seeds'
set terminal pngcairo size 1920,666 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-per-group.png'
replot
set output
