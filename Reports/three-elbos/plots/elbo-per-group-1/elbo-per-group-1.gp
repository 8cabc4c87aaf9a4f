# Redraw both pictures with: gnuplot elbo-per-group-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'elbo per group, conjugate-normal' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set xlabel 'elbo (nats)'
set xtics 0.2
set xrange [-11.70551693884877:-10.850427429894994]
set yrange [0.4:21.6]
set ytics ('exact, evidence-gap, beta=1' 21, 'exact, joint-entropy, beta=1' 20, 'exact, reconstruction-kl, beta=1' 19, 'full-rank, evidence-gap, beta=1' 18, 'mean-field, evidence-gap, beta=1' 17, 'full-rank, reconstruction-kl, beta=1' 16, 'mean-field, reconstruction-kl, beta=1' 15, 'full-rank, joint-entropy, beta=1' 14, 'mean-field, joint-entropy, beta=1' 13, 'full-rank, evidence-gap, beta=0.5' 12, 'mean-field, evidence-gap, beta=0.5' 11, 'full-rank, reconstruction-kl, beta=0.5' 10, 'mean-field, reconstruction-kl, beta=0.5' 9, 'full-rank, joint-entropy, beta=0.5' 8, 'mean-field, joint-entropy, beta=0.5' 7, 'full-rank, joint-entropy, beta=4' 6, 'mean-field, joint-entropy, beta=4' 5, 'full-rank, reconstruction-kl, beta=4' 4, 'mean-field, reconstruction-kl, beta=4' 3, 'full-rank, evidence-gap, beta=4' 2, 'mean-field, evidence-gap, beta=4' 1)
set bars 0.6
set bmargin 6.4
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
set terminal svg size 960,971 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-per-group-1.svg'
plot '+' using (-10.889301194126277):(0.4 + $0 * 21.2) every ::0::1 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence -10.889', \
  'elbo-per-group-1-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'elbo-per-group-1-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one run', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over seeds'
set terminal pngcairo size 1920,1942 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-per-group-1.png'
replot
set output
