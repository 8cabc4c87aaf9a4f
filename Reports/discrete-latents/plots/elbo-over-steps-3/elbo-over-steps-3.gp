# Redraw both pictures with: gnuplot elbo-over-steps-3.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'elbo over steps, mixture-allocation' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'line: median over seeds; bands: middle half, and lowest to highest; values below the axis are not shown' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xlabel 'step'
set xrange [0.0:4000.0]
set ylabel 'elbo (nats)'
set yrange [-13.787773445445941:-12.627681390150629]
set bmargin 8.8
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 4 samplen 3 spacing 1.15
set terminal svg size 960,574 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-over-steps-3.svg'
plot 'elbo-over-steps-3-1.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-3-1.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-3-2.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-3-2.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-3-3.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-3-3.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-3-4.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-3-4.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-3-5.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#009E73' notitle, \
  'elbo-over-steps-3-5.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#009E73' notitle, \
  'elbo-over-steps-3-6.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#CC79A7' notitle, \
  'elbo-over-steps-3-6.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#CC79A7' notitle, \
  'elbo-over-steps-3-1.dat' using 1:4 with linespoints pointtype 7 pointsize 0.8 pointnumber 6 linewidth 2 linecolor rgb '#0072B2' dashtype (14,4,3,4) title 'enumeration', \
  'elbo-over-steps-3-2.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 7 linewidth 2 linecolor rgb '#D55E00' dashtype solid title 'gumbel-softmax, temperature=0.1', \
  'elbo-over-steps-3-3.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 8 linewidth 2 linecolor rgb '#D55E00' dashtype (14,5) title 'gumbel-softmax, temperature=0.5', \
  'elbo-over-steps-3-4.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 9 linewidth 2 linecolor rgb '#D55E00' dashtype (4,3) title 'gumbel-softmax, temperature=1', \
  'elbo-over-steps-3-5.dat' using 1:4 with linespoints pointtype 9 pointsize 0.8 pointnumber 10 linewidth 2 linecolor rgb '#009E73' dashtype (14,4,3,4) title 'score-function', \
  'elbo-over-steps-3-6.dat' using 1:4 with linespoints pointtype 11 pointsize 0.8 pointnumber 11 linewidth 2 linecolor rgb '#CC79A7' dashtype (14,4,3,4) title 'straight-through', \
  -12.761538165761626 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence -12.762'
set terminal pngcairo size 1920,1148 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-over-steps-3.png'
replot
set output
