# Redraw both pictures with: gnuplot elbo-per-group.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'elbo per group, correlated-gaussian' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set xlabel 'elbo (nats)'
set xtics 5.0
set xrange [-13.783550696929147:0.6563595569966261]
set yrange [0.4:12.6]
set ytics ('elbo, samples=64, reparameterization' 12, 'elbo, samples=64, stl' 11, 'elbo, samples=64, score-function' 10, 'tvo, samples=1, score-function' 9, 'renyi, samples=1, dreg' 8, 'tail-adaptive, samples=1, stl' 7, 'forward-kl, samples=1, score-function' 6, 'forward-kl, samples=1, dreg' 5, 'iwae, samples=8, reparameterization' 4, 'cubo, samples=1, score-function' 3, 'iwae, samples=1, dreg' 2, 'iwae, samples=1, reparameterization' 1)
set bars 0.6
set bmargin 6.4
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
set terminal svg size 960,665 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-per-group.svg'
plot '+' using (0.0):(0.4 + $0 * 12.2) every ::0::1 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence 0.000', \
  'elbo-per-group-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'elbo-per-group-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one run', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over seeds'
set terminal pngcairo size 1920,1330 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-per-group.png'
replot
set output
