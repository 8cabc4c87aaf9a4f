# Redraw both pictures with: gnuplot ranks.gp
set encoding utf8
set tmargin 4.5
set label 1 'average rank by elbo over 3 data sets' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 '1 is best; bars join groups that are not told apart (Nemenyi, 5 %); Friedman’s test: p = 0.023' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set lmargin at screen 0.372
set rmargin at screen 0.628
set bmargin 1
unset key
unset ytics
set border 0
set xrange [1:6.0]
set yrange [-5.0:2.6]
set xtics 1,1 axis offset 0,1.9 scale 0 textcolor rgb '#222222'
set xzeroaxis linetype 1 linecolor rgb '#000000' linewidth 1.5
set label 'enumeration (1)' at graph -0.02, first -2 right
set label 'score-function (2)' at graph -0.02, first -3 right
set label 'gumbel-softmax, temperature=0.1 (3.33)' at graph -0.02, first -4 right
set label 'gumbel-softmax, temperature=0.5 (4.33)' at graph 1.02, first -4 left
set label 'straight-through (4.67)' at graph 1.02, first -3 left
set label 'gumbel-softmax, temperature=1 (5.67)' at graph 1.02, first -2 left
set label 'critical difference 4.35' at 5.3529969312259436,1.9 left offset 1,0 font ',11'
set terminal svg size 960,346 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'ranks.svg'
plot 'ranks-ticks.dat' using 1:2 with lines linewidth 1.2 linecolor rgb '#000000', \
  'ranks-branches.dat' using 1:2 with lines linewidth 1.2 linecolor rgb '#666666', \
  'ranks-cliques.dat' using 1:2 with lines linewidth 6 linecolor rgb '#0072B2', \
  'ranks-difference.dat' using 1:2 with lines linewidth 2 linecolor rgb '#000000'
set terminal pngcairo size 1920,692 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'ranks.png'
replot
set output
