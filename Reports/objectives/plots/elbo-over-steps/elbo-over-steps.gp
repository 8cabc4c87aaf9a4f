# Redraw both pictures with: gnuplot elbo-over-steps.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'elbo over steps, correlated-gaussian' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'at reparameterization; 3 of 12 groups; line: median over seeds; bands: middle half, and lowest to highest' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xlabel 'step'
set xrange [0.0:5000.0]
set ylabel 'elbo (nats)'
set yrange [-66.9441758135076:3.187817895881315]
set bmargin 6.4
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
set terminal svg size 960,522 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-over-steps.svg'
plot 'elbo-over-steps-1.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-2.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#CC79A7' notitle, \
  'elbo-over-steps-2.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#CC79A7' notitle, \
  'elbo-over-steps-3.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#CC79A7' notitle, \
  'elbo-over-steps-3.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#CC79A7' notitle, \
  'elbo-over-steps-1.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 6 linewidth 2 linecolor rgb '#D55E00' dashtype (4,3) title 'elbo, samples=64', \
  'elbo-over-steps-2.dat' using 1:4 with linespoints pointtype 11 pointsize 0.8 pointnumber 7 linewidth 2 linecolor rgb '#CC79A7' dashtype solid title 'iwae, samples=1', \
  'elbo-over-steps-3.dat' using 1:4 with linespoints pointtype 11 pointsize 0.8 pointnumber 8 linewidth 2 linecolor rgb '#CC79A7' dashtype (14,5) title 'iwae, samples=8', \
  0.0 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence 0.000'
set terminal pngcairo size 1920,1044 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-over-steps.png'
replot
set output
