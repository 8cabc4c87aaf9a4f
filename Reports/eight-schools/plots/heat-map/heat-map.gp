# Redraw both pictures with: gnuplot heat-map.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 3.0
set label 1 'mean elbo, eight-schools' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
unset grid
unset key
set bmargin 4
set rmargin 16
set xlabel 'family'
set ylabel 'parameterization'
set xrange [-0.5:2.5]
set yrange [-0.5:1.5]
set xtics ('full-rank' 0, 'low-rank' 1, 'mean-field' 2)
set ytics ('centered' 0, 'noncentered' 1)
set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')
set cbrange [-33.404372987082226:-31.535702749265486]
set cblabel 'elbo (nats)' offset 1.5,0
set cbtics 0.5
set label '-32.59' at 0,0.0 center front font ',10' textcolor rgb '#ffffff'
set label '-32.59' at 1,0.0 center front font ',10' textcolor rgb '#ffffff'
set label '-33.40' at 2,0.0 center front font ',10' textcolor rgb '#ffffff'
set label '-31.54' at 0,1.0 center front font ',10' textcolor rgb '#000000'
set label '-31.54' at 1,1.0 center front font ',10' textcolor rgb '#000000'
set label '-31.60' at 2,1.0 center front font ',10' textcolor rgb '#000000'
set terminal svg size 960,328 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'heat-map.svg'
plot 'heat-map-cells.dat' using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror fillstyle solid 1 noborder linecolor palette
set terminal pngcairo size 1920,656 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'heat-map.png'
replot
set output
