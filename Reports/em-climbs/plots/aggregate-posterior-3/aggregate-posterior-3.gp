# Redraw both pictures with: gnuplot aggregate-posterior-3.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'aggregate posterior, ppca' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'a point per datum; run 6ab7dd4c, adam, seed 0' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xrange [-3.123100552248947:2.578430655221354]
set yrange [-2.24:2.24]
set size ratio -1
set xlabel 'latent 1'
set ylabel 'latent 2'
set parametric
set trange [0:2*pi]
set bmargin 5.2
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 1 samplen 3 spacing 1.15
set terminal svg size 960,746 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'aggregate-posterior-3.svg'
plot 'aggregate-posterior-3-1.dat' using 1:2 with points pointtype 7 pointsize 0.4 linecolor rgb '#0072B2' notitle, \
  1.0*cos(t),1.0*sin(t) with lines linewidth 1.2 linecolor rgb '#000000' dashtype (6,5) title 'prior: one and two standard deviations', \
  2.0*cos(t),2.0*sin(t) with lines linewidth 1.2 linecolor rgb '#000000' dashtype (6,5) notitle
set terminal pngcairo size 1920,1492 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'aggregate-posterior-3.png'
replot
set output
