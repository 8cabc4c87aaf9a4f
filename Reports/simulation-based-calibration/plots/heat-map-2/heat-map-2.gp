# Redraw both pictures with: gnuplot heat-map-2.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'mean elbo, eight-schools' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'far values have the colour of the end of the scale' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset grid
unset key
set bmargin 4
set rmargin 16
set xlabel 'family'
set ylabel 'optimizer'
set xrange [-0.5:1.5]
set yrange [-0.5:1.5]
set xtics ('full-rank' 0, 'mean-field' 1)
set ytics ('adam' 0, 'laplace-approximation' 1)
set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')
set cbrange [-35.853659252553626:-35.557516340539195]
set cblabel 'elbo (nats)' offset 1.5,0
set cbtics 0.1
set label '-35.56' at 0,0.0 center front font ',10' textcolor rgb '#000000'
set label '-35.85' at 1,0.0 center front font ',10' textcolor rgb '#ffffff'
set label '-1332.92' at 0,1.0 center front font ',10' textcolor rgb '#ffffff'
set label 'no run' at 1,0.78 center front font ',10' textcolor rgb '#555555'
set terminal svg size 960,328 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'heat-map-2.svg'
plot 'heat-map-2-cells.dat' using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror fillstyle solid 1 noborder linecolor palette, \
  'heat-map-2-gaps.dat' using 1:($2+0.15) with points pointtype 2 pointsize 1.5 linecolor rgb '#999999'
set terminal pngcairo size 1920,656 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'heat-map-2.png'
replot
set output
