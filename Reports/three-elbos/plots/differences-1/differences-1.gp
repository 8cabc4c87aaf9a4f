# Redraw both pictures with: gnuplot differences-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'elbo: difference to exact, evidence-gap, beta=1, conjugate-normal' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set xlabel 'difference of elbo (nats)'
set xtics 0.2
set xrange [-0.8167154417585509:0.04936740198850243]
set yrange [0.4:20.6]
set ytics ('exact, joint-entropy, beta=1' 20, 'exact, reconstruction-kl, beta=1' 19, 'full-rank, evidence-gap, beta=1' 18, 'mean-field, evidence-gap, beta=1' 17, 'full-rank, reconstruction-kl, beta=1' 16, 'mean-field, reconstruction-kl, beta=1' 15, 'full-rank, joint-entropy, beta=1' 14, 'mean-field, joint-entropy, beta=1' 13, 'full-rank, evidence-gap, beta=0.5' 12, 'mean-field, evidence-gap, beta=0.5' 11, 'full-rank, reconstruction-kl, beta=0.5' 10, 'mean-field, reconstruction-kl, beta=0.5' 9, 'full-rank, joint-entropy, beta=0.5' 8, 'mean-field, joint-entropy, beta=0.5' 7, 'full-rank, joint-entropy, beta=4' 6, 'mean-field, joint-entropy, beta=4' 5, 'full-rank, reconstruction-kl, beta=4' 4, 'mean-field, reconstruction-kl, beta=4' 3, 'full-rank, evidence-gap, beta=4' 2, 'mean-field, evidence-gap, beta=4' 1)
set bars 0.6
set bmargin 8.8
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 4 samplen 3 spacing 1.15
set terminal svg size 960,989 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'differences-1.svg'
plot '+' using (-0.01 + $0 * 0.02):(0.4):(20.6) every ::0::1 with filledcurves fillstyle solid 1 noborder fillcolor rgb '#e4e4e4' title 'differences that do not matter (± 0.01)', \
  '+' using (0.0):(0.4 + $0 * 20.2) every ::0::1 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'exact, evidence-gap, beta=1, the baseline', \
  'differences-1-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'differences-1-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one seed', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over pairs'
set terminal pngcairo size 1920,1978 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'differences-1.png'
replot
set output
