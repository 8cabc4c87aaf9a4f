# Redraw both pictures with: gnuplot elbo-over-steps.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 5.65
set label 1 'elbo over steps, correlated-gaussian' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'at samples=64; 3 of 12 groups; line: median over seeds; bands: middle half, and lowest to highest; values below the axis' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set label 3 'are not shown' at screen 0.5, screen 1 center offset 0,-3.95 font ',11' textcolor rgb '#555555'
set xlabel 'step'
set xrange [0.0:5000.0]
set ylabel 'elbo (nats)'
set yrange [-0.9920694043492287:0.12940035708902983]
set bmargin 6.4
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
set terminal svg size 960,542 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-over-steps.svg'
plot 'elbo-over-steps-1.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-2.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-2.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-3.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-3.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1.dat' using 1:4 with lines linewidth 2 linecolor rgb '#D55E00' dashtype (14,5) title 'elbo, reparameterization', \
  'elbo-over-steps-2.dat' using 1:4 with lines linewidth 2 linecolor rgb '#D55E00' dashtype (4,3) title 'elbo, score-function', \
  'elbo-over-steps-3.dat' using 1:4 with lines linewidth 2 linecolor rgb '#D55E00' dashtype (14,4,3,4) title 'elbo, stl', \
  0.0 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence 0.000'
set terminal pngcairo size 1920,1084 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-over-steps.png'
replot
set output
