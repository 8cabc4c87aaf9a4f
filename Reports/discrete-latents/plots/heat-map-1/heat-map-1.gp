# Redraw both pictures with: gnuplot heat-map-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'mean elbo, ising' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
unset grid
unset key
set bmargin 4
set rmargin 16
set xlabel 'estimator'
set ylabel 'temperature'
set xrange [-0.5:3.5]
set yrange [-0.5:3.5]
set xtics ('enumeration' 0, 'gumbel-softmax' 1, 'score-function' 2, 'straight-through' 3)
set ytics ('0.1' 0, '0.5' 1, '1' 2, '-' 3)
set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')
set cbrange [-18.604577716335466:-18.386416214039084]
set cblabel 'elbo (nats)' offset 1.5,0
set cbtics 0.05
set label 'no run' at 0,-0.22 center front font ',10' textcolor rgb '#555555'
set label '-18.402' at 1,0.0 center front font ',10' textcolor rgb '#000000'
set label 'no run' at 2,-0.22 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 3,-0.22 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 0,0.78 center front font ',10' textcolor rgb '#555555'
set label '-18.470' at 1,1.0 center front font ',10' textcolor rgb '#000000'
set label 'no run' at 2,0.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 3,0.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 0,1.78 center front font ',10' textcolor rgb '#555555'
set label '-18.605' at 1,2.0 center front font ',10' textcolor rgb '#ffffff'
set label 'no run' at 2,1.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 3,1.78 center front font ',10' textcolor rgb '#555555'
set label '-18.386' at 0,3.0 center front font ',10' textcolor rgb '#000000'
set label 'no run' at 1,2.78 center front font ',10' textcolor rgb '#555555'
set label '-18.387' at 2,3.0 center front font ',10' textcolor rgb '#000000'
set label '-18.558' at 3,3.0 center front font ',10' textcolor rgb '#ffffff'
set terminal svg size 960,374 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'heat-map-1.svg'
plot 'heat-map-1-cells.dat' using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror fillstyle solid 1 noborder linecolor palette, \
  'heat-map-1-gaps.dat' using 1:($2+0.15) with points pointtype 2 pointsize 1.5 linecolor rgb '#999999'
set terminal pngcairo size 1920,748 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'heat-map-1.png'
replot
set output
