# Redraw both pictures with: gnuplot elbo-over-steps-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'elbo over steps, conjugate-normal' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'at beta=1; 9 of 21 groups; line: median over seeds; bands: middle half, and lowest to highest' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xlabel 'step'
set xrange [0.0:4000.0]
set ylabel 'elbo (nats)'
set yrange [-10.946559407711348:-10.886574612526985]
set bmargin 10.0
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 5 samplen 3 spacing 1.15
set terminal svg size 960,600 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'elbo-over-steps-1.svg'
plot 'elbo-over-steps-1-1.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-1-1.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-1-2.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-1-2.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-1-3.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-1-3.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#0072B2' notitle, \
  'elbo-over-steps-1-4.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1-4.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1-5.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1-5.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1-6.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1-6.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'elbo-over-steps-1-7.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#009E73' notitle, \
  'elbo-over-steps-1-7.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#009E73' notitle, \
  'elbo-over-steps-1-8.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#009E73' notitle, \
  'elbo-over-steps-1-8.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#009E73' notitle, \
  'elbo-over-steps-1-9.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#009E73' notitle, \
  'elbo-over-steps-1-9.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#009E73' notitle, \
  'elbo-over-steps-1-1.dat' using 1:4 with points pointtype 7 pointsize 1 linecolor rgb '#0072B2' title 'exact, evidence-gap', \
  'elbo-over-steps-1-2.dat' using 1:4 with points pointtype 7 pointsize 1 linecolor rgb '#0072B2' title 'exact, joint-entropy', \
  'elbo-over-steps-1-3.dat' using 1:4 with points pointtype 7 pointsize 1 linecolor rgb '#0072B2' title 'exact, reconstruction-kl', \
  'elbo-over-steps-1-4.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 9 linewidth 2 linecolor rgb '#D55E00' dashtype solid title 'full-rank, evidence-gap', \
  'elbo-over-steps-1-5.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 10 linewidth 2 linecolor rgb '#D55E00' dashtype (14,5) title 'full-rank, joint-entropy', \
  'elbo-over-steps-1-6.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 11 linewidth 2 linecolor rgb '#D55E00' dashtype (4,3) title 'full-rank, reconstruction-kl', \
  'elbo-over-steps-1-7.dat' using 1:4 with linespoints pointtype 9 pointsize 0.8 pointnumber 12 linewidth 2 linecolor rgb '#009E73' dashtype solid title 'mean-field, evidence-gap', \
  'elbo-over-steps-1-8.dat' using 1:4 with linespoints pointtype 9 pointsize 0.8 pointnumber 13 linewidth 2 linecolor rgb '#009E73' dashtype (14,5) title 'mean-field, joint-entropy', \
  'elbo-over-steps-1-9.dat' using 1:4 with linespoints pointtype 9 pointsize 0.8 pointnumber 14 linewidth 2 linecolor rgb '#009E73' dashtype (4,3) title 'mean-field, reconstruction-kl', \
  -10.889301194126277 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence -10.889'
set terminal pngcairo size 1920,1200 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'elbo-over-steps-1.png'
replot
set output
