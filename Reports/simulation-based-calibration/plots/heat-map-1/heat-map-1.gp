# Redraw both pictures with: gnuplot heat-map-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'mean elbo, bayesian-linear-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'far values have the colour of the end of the scale' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset grid
unset key
set bmargin 4
set rmargin 16
set xlabel 'family'
set ylabel 'optimizer'
set xrange [-0.5:2.5]
set yrange [-0.5:1.5]
set xtics ('exact' 0, 'full-rank' 1, 'mean-field' 2)
set ytics ('adam' 0, 'laplace-approximation' 1)
set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')
set cbrange [-17.67928197146386:-17.679281971268352]
set cblabel 'elbo (nats)' offset 1.5,0
set cbtics 4.9999999999999995e-11
set label '-17.679282' at 0,0.0 center front font ',10' textcolor rgb '#000000'
set label '-17.679282' at 1,0.0 center front font ',10' textcolor rgb '#ffffff'
set label '-18.302800' at 2,0.0 center front font ',10' textcolor rgb '#ffffff'
set label 'no run' at 0,0.78 center front font ',10' textcolor rgb '#555555'
set label '-17.679282' at 1,1.0 center front font ',10' textcolor rgb '#000000'
set label 'no run' at 2,0.78 center front font ',10' textcolor rgb '#555555'
set terminal svg size 960,328 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'heat-map-1.svg'
plot 'heat-map-1-cells.dat' using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror fillstyle solid 1 noborder linecolor palette, \
  'heat-map-1-gaps.dat' using 1:($2+0.15) with points pointtype 2 pointsize 1.5 linecolor rgb '#999999'
set terminal pngcairo size 1920,656 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'heat-map-1.png'
replot
set output
