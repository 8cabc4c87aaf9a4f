# Redraw both pictures with: gnuplot differences-2.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'elbo: difference to beta=1, vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set xlabel 'difference of elbo (nats)'
set xtics 20000.0
set xrange [-114377.81930578324:5446.573300275393]
set yrange [0.4:10.6]
set ytics ('beta=0.5' 10, 'beta=2' 9, 'beta=0.25' 8, 'beta=4' 7, 'beta=4.9' 6, 'beta=0.1' 5, 'beta=8' 4, 'beta=16' 3, 'beta=100' 2, 'beta=64' 1)
set bars 0.6
set bmargin 6.4
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
set terminal svg size 960,597 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'differences-2.svg'
plot '+' using (-0.01 + $0 * 0.02):(0.4):(10.6) every ::0::1 with filledcurves fillstyle solid 1 noborder fillcolor rgb '#e4e4e4' title 'differences that do not matter (± 0.01)', \
  '+' using (0.0):(0.4 + $0 * 10.2) every ::0::1 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'beta=1, the baseline', \
  'differences-2-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle, \
  'differences-2-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 linecolor rgb variable notitle, \
  NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' title 'one seed', \
  NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' title 'mean and 95 % interval over pairs'
set terminal pngcairo size 1920,1194 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'differences-2.png'
replot
set output
