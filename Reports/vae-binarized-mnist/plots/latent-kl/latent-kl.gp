# Redraw both pictures with: gnuplot latent-kl.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'KL to the prior of each latent, vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'means over seeds of the sorted values' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xlabel 'latent, by its kl_prior'
set ylabel 'kl_prior (nats per datum)'
set xrange [0.5:50.5]
set xtics 1,5
set yrange [-0.14339686717527392:2.533344653429839]
set bmargin 5.2
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 1 samplen 3 spacing 1.15
set terminal svg size 960,496 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'latent-kl.svg'
plot 'latent-kl-1.dat' using 1:2 with linespoints pointtype 7 pointsize 0.6 linewidth 1.6 linecolor rgb '#0072B2' dashtype solid title 'steps=65000', \
  'latent-kl-2.dat' using 1:2 with linespoints pointtype 5 pointsize 0.6 linewidth 1.6 linecolor rgb '#D55E00' dashtype solid title 'steps=130000'
set terminal pngcairo size 1920,992 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'latent-kl.png'
replot
set output
