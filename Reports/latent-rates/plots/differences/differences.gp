# Redraw both pictures with: gnuplot differences.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'elbo: difference to mean-field, elbo, beta=1, vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set xlabel 'difference of elbo (nats)'
set xtics 2000.0
set xrange [-12866.16761532158:612.6851245391229]
set yrange [0.4:6.6]
set ytics ('mean-field, geco, beta=1' 6, 'mean-field, capacity, beta=1' 5, 'mean-field, beta-tcvae, beta=4' 4, 'minimum-rate, elbo, beta=4' 3, 'mean-field, elbo, beta=4' 2, 'mean-field, free-bits, beta=4' 1)
set bars 0.6
set bmargin 6.4
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
set terminal svg size 960,461 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'differences.svg'
plot '+' using (-0.01 + $0 * 0.02):(0.4):(6.6) every ::0::1 with filledcurves fillstyle solid 1 noborder fillcolor rgb '#e4e4e4' title 'differences that do not matter (± 0.01)', \
  '+' using (0.0):(0.4 + $0 * 6.2) every ::0::1 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'mean-field, elbo, beta=1, the baseline', \
  'differences-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'differences-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one seed', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over pairs'
set terminal pngcairo size 1920,922 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'differences.png'
replot
set output
