# Redraw both pictures with: gnuplot elbo-over-steps.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'elbo over steps, vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'line: median over seeds; band: lowest to highest; values outside the axis are not shown' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xlabel 'step'
set xrange [0.0:130000.0]
set ylabel 'elbo (nats)'
set yrange [-5180836.982500001:-4388185.3175]
set bmargin 5.2
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 1 samplen 3 spacing 1.15
set terminal svg size 960,496 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-over-steps.svg'
plot 'elbo-over-steps-1.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-2.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1.dat' using 1:4 with linespoints pointtype 7 pointsize 0.8 pointnumber 6 linewidth 2 linecolor rgb '#0072B2' dashtype (14,5) title 'steps=65000', \
  'elbo-over-steps-2.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 7 linewidth 2 linecolor rgb '#D55E00' dashtype solid title 'steps=130000'
set terminal pngcairo size 1920,992 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-over-steps.png'
replot
set output
