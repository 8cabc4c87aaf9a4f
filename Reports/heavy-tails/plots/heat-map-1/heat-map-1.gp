# Redraw both pictures with: gnuplot heat-map-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'mean elbo, t-target' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
unset grid
unset key
set bmargin 4
set rmargin 16
set xlabel 'family'
set ylabel 'degrees'
set xrange [-0.5:4.5]
set yrange [-0.5:4.5]
set xtics ('full-rank' 0, 'laplace' 1, 'mean-field' 2, 'mixture' 3, 'student-t' 4)
set ytics ('3' 0, '5' 1, '7' 2, '20' 3, '-' 4)
set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')
set cbrange [-0.17351909729818626:-0.0008279937708261919]
set cblabel 'elbo (nats)' offset 1.5,0
set cbtics 0.05
set label 'no run' at 0,-0.22 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 1,-0.22 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 2,-0.22 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 3,-0.22 center front font ',10' textcolor rgb '#555555'
set label '-0.027' at 4,0.0 center front font ',10' textcolor rgb '#000000'
set label 'no run' at 0,0.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 1,0.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 2,0.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 3,0.78 center front font ',10' textcolor rgb '#555555'
set label '-0.001' at 4,1.0 center front font ',10' textcolor rgb '#000000'
set label 'no run' at 0,1.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 1,1.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 2,1.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 3,1.78 center front font ',10' textcolor rgb '#555555'
set label '-0.008' at 4,2.0 center front font ',10' textcolor rgb '#000000'
set label 'no run' at 0,2.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 1,2.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 2,2.78 center front font ',10' textcolor rgb '#555555'
set label 'no run' at 3,2.78 center front font ',10' textcolor rgb '#555555'
set label '-0.067' at 4,3.0 center front font ',10' textcolor rgb '#000000'
set label '-0.128' at 0,4.0 center front font ',10' textcolor rgb '#ffffff'
set label '-0.174' at 1,4.0 center front font ',10' textcolor rgb '#ffffff'
set label '-0.128' at 2,4.0 center front font ',10' textcolor rgb '#ffffff'
set label '-0.005' at 3,4.0 center front font ',10' textcolor rgb '#000000'
set label 'no run' at 4,3.78 center front font ',10' textcolor rgb '#555555'
set terminal svg size 960,420 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'heat-map-1.svg'
plot 'heat-map-1-cells.dat' using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror fillstyle solid 1 noborder linecolor palette, \
  'heat-map-1-gaps.dat' using 1:($2+0.15) with points pointtype 2 pointsize 1.5 linecolor rgb '#999999'
set terminal pngcairo size 1920,840 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'heat-map-1.png'
replot
set output
