# Redraw both pictures with: gnuplot forms.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 5.65
set label 1 'elbo by each form, and its gap, logistic-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'at full-rank, learning_rate=0.005; 2 of 18 groups; log_evidence is not known, and so no gap; line: median over seeds;' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set label 3 'bands: middle half, and lowest to highest' at screen 0.5, screen 1 center offset 0,-3.95 font ',11' textcolor rgb '#555555'
set tmargin at screen 0.7633
set bmargin at screen 0.2609
set lmargin at screen 0.15
set rmargin at screen 0.97
set xrange [0.0:3000.0]
set xlabel 'step'
set ylabel 'elbo (nats)' font ',11'
set yrange [-62.86062460748526:-50.90330609738784]
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 1 samplen 3 spacing 1.15
set terminal svg size 960,414 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'forms.svg'
plot 'forms-1-1.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-1-1.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-1-2.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-1-2.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-1-1.dat' using 1:4 with linespoints pointtype 7 pointsize 0.8 pointnumber 6 linewidth 2 linecolor rgb '#0072B2' dashtype solid title 'joint-entropy', \
  'forms-1-2.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 7 linewidth 2 linecolor rgb '#D55E00' dashtype (14,5) title 'reconstruction-kl'
set terminal pngcairo size 1920,828 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'forms.png'
replot
set output
