# Redraw both pictures with: gnuplot elbo-per-group.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'elbo per group, logistic-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set xlabel 'elbo (nats)'
set xtics 5.0
set xrange [-68.09588372757715:-54.88749666441854]
set yrange [0.4:18.6]
set ytics ('full-rank, reconstruction-kl, learning_rate=0.005' 18, 'full-rank, joint-entropy, learning_rate=0.005' 17, 'full-rank, reconstruction-kl, learning_rate=0.02' 16, 'full-rank, joint-entropy, learning_rate=0.02' 15, 'full-rank, reconstruction-kl, learning_rate=0.1' 14, 'full-rank, joint-entropy, learning_rate=0.1' 13, 'low-rank, joint-entropy, learning_rate=0.1' 12, 'low-rank, reconstruction-kl, learning_rate=0.1' 11, 'low-rank, reconstruction-kl, learning_rate=0.02' 10, 'low-rank, joint-entropy, learning_rate=0.02' 9, 'low-rank, reconstruction-kl, learning_rate=0.005' 8, 'low-rank, joint-entropy, learning_rate=0.005' 7, 'mean-field, reconstruction-kl, learning_rate=0.005' 6, 'mean-field, joint-entropy, learning_rate=0.005' 5, 'mean-field, reconstruction-kl, learning_rate=0.02' 4, 'mean-field, joint-entropy, learning_rate=0.02' 3, 'mean-field, reconstruction-kl, learning_rate=0.1' 2, 'mean-field, joint-entropy, learning_rate=0.1' 1)
set bars 0.6
set bmargin 5.2
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 1 samplen 3 spacing 1.15
set terminal svg size 960,843 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-per-group.svg'
plot 'elbo-per-group-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'elbo-per-group-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one run', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over seeds'
set terminal pngcairo size 1920,1686 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-per-group.png'
replot
set output
