# Redraw both pictures with: gnuplot elbo-per-group-3.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'elbo per group, mixture-allocation' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set xlabel 'elbo (nats)'
set xtics 0.2
set xrange [-13.66233095613396:-12.71864327098199]
set yrange [0.4:6.6]
set ytics ('enumeration' 6, 'score-function' 5, 'gumbel-softmax, temperature=0.1' 4, 'gumbel-softmax, temperature=0.5' 3, 'gumbel-softmax, temperature=1' 2, 'straight-through' 1)
set bars 0.6
set bmargin 6.4
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
set terminal svg size 960,461 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-per-group-3.svg'
plot '+' using (-12.761538165761626):(0.4 + $0 * 6.2) every ::0::1 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence -12.762', \
  'elbo-per-group-3-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'elbo-per-group-3-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one run', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over seeds'
set terminal pngcairo size 1920,922 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-per-group-3.png'
replot
set output
