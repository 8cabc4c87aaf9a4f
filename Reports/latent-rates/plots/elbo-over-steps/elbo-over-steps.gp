# Redraw both pictures with: gnuplot elbo-over-steps.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'elbo over steps, vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'line: median over seeds; band: lowest to highest; values below the axis are not shown' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xlabel 'step'
set xrange [0.0:4000.0]
set ylabel 'elbo (nats)'
set yrange [24605.67453125:53922.18171875]
set bmargin 8.8
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 4 samplen 3 spacing 1.15
set terminal svg size 960,574 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-over-steps.svg'
plot 'elbo-over-steps-1.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-2.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-3.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#009E73' notitle, \
  'elbo-over-steps-4.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#CC79A7' notitle, \
  'elbo-over-steps-5.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#E69F00' notitle, \
  'elbo-over-steps-6.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#56B4E9' notitle, \
  'elbo-over-steps-7.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#333333' notitle, \
  'elbo-over-steps-1.dat' using 1:4 with linespoints pointtype 7 pointsize 0.8 pointnumber 6 linewidth 2 linecolor rgb '#0072B2' dashtype solid title 'mean-field, beta-tcvae, beta=4', \
  'elbo-over-steps-2.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 7 linewidth 2 linecolor rgb '#D55E00' dashtype (14,5) title 'mean-field, capacity, beta=1', \
  'elbo-over-steps-3.dat' using 1:4 with linespoints pointtype 9 pointsize 0.8 pointnumber 8 linewidth 2 linecolor rgb '#009E73' dashtype (4,3) title 'mean-field, elbo, beta=1', \
  'elbo-over-steps-4.dat' using 1:4 with linespoints pointtype 11 pointsize 0.8 pointnumber 9 linewidth 2 linecolor rgb '#CC79A7' dashtype (14,4,3,4) title 'mean-field, elbo, beta=4', \
  'elbo-over-steps-5.dat' using 1:4 with linespoints pointtype 13 pointsize 0.8 pointnumber 10 linewidth 2 linecolor rgb '#E69F00' dashtype (8,3,8,6) title 'mean-field, free-bits, beta=4', \
  'elbo-over-steps-6.dat' using 1:4 with linespoints pointtype 15 pointsize 0.8 pointnumber 11 linewidth 2 linecolor rgb '#56B4E9' dashtype solid title 'mean-field, geco, beta=1', \
  'elbo-over-steps-7.dat' using 1:4 with linespoints pointtype 2 pointsize 0.8 pointnumber 12 linewidth 2 linecolor rgb '#333333' dashtype (14,5) title 'minimum-rate, elbo, beta=4'
set terminal pngcairo size 1920,1148 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-over-steps.png'
replot
set output
