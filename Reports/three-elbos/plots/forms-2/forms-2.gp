# Redraw both pictures with: gnuplot forms-2.gp
set encoding utf8
set terminal svg size 960,670 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'forms-2.svg'
set multiplot
reset
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 5.65
set label 1 'elbo by each form, and its gap, bayesian-linear-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'at full-rank, beta=1; 3 of 21 groups; line: median over seeds; bands: middle half, and lowest to highest; values outside' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set label 3 'the axes are not shown; values from 0 down have no place on a logarithmic axis' at screen 0.5, screen 1 center offset 0,-3.95 font ',11' textcolor rgb '#555555'
set tmargin at screen 0.8537
set bmargin at screen 0.5433
set lmargin at screen 0.15
set rmargin at screen 0.97
set xrange [0.0:4000.0]
set format x ''
set ylabel 'elbo (nats)' font ',11'
set yrange [-498.1299320788057:-496.3995279268305]
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
plot 'forms-2-1-1.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-2-1-1.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-2-1-2.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-2-1-2.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-2-1-3.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#009E73' notitle, \
  'forms-2-1-3.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#009E73' notitle, \
  'forms-2-1-1.dat' using 1:4 with linespoints pointtype 7 pointsize 0.8 pointnumber 6 linewidth 2 linecolor rgb '#0072B2' dashtype solid title 'evidence-gap', \
  'forms-2-1-2.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 7 linewidth 2 linecolor rgb '#D55E00' dashtype (14,5) title 'joint-entropy', \
  'forms-2-1-3.dat' using 1:4 with linespoints pointtype 9 pointsize 0.8 pointnumber 8 linewidth 2 linecolor rgb '#009E73' dashtype (4,3) title 'reconstruction-kl', \
  -496.5991899443661 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence -496.599'
reset
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin at screen 0.5104
set bmargin at screen 0.2
set lmargin at screen 0.15
set rmargin at screen 0.97
set xrange [0.0:4000.0]
set xlabel 'step'
set ylabel 'log_evidence − elbo (nats)' font ',11'
set yrange [1.7773166776562464e-07:30.036651852390566]
set logscale y
set format y '%g'
unset key
plot 'forms-2-2-1.dat' using 1:($2 > 1.7773166776562464e-07 ? $2 : 1.7773166776562464e-07):6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-2-2-1.dat' using 1:($3 > 1.7773166776562464e-07 ? $3 : 1.7773166776562464e-07):5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-2-2-2.dat' using 1:($2 > 1.7773166776562464e-07 ? $2 : 1.7773166776562464e-07):6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-2-2-2.dat' using 1:($3 > 1.7773166776562464e-07 ? $3 : 1.7773166776562464e-07):5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-2-2-3.dat' using 1:($2 > 1.7773166776562464e-07 ? $2 : 1.7773166776562464e-07):6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#009E73' notitle, \
  'forms-2-2-3.dat' using 1:($3 > 1.7773166776562464e-07 ? $3 : 1.7773166776562464e-07):5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#009E73' notitle, \
  'forms-2-2-1.dat' using 1:4 with linespoints pointtype 7 pointsize 0.8 pointnumber 6 linewidth 2 linecolor rgb '#0072B2' dashtype solid notitle, \
  'forms-2-2-2.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 7 linewidth 2 linecolor rgb '#D55E00' dashtype (14,5) notitle, \
  'forms-2-2-3.dat' using 1:4 with linespoints pointtype 9 pointsize 0.8 pointnumber 8 linewidth 2 linecolor rgb '#009E73' dashtype (4,3) notitle
unset multiplot
set terminal pngcairo size 1920,1340 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'forms-2.png'
set multiplot
reset
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 5.65
set label 1 'elbo by each form, and its gap, bayesian-linear-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'at full-rank, beta=1; 3 of 21 groups; line: median over seeds; bands: middle half, and lowest to highest; values outside' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set label 3 'the axes are not shown; values from 0 down have no place on a logarithmic axis' at screen 0.5, screen 1 center offset 0,-3.95 font ',11' textcolor rgb '#555555'
set tmargin at screen 0.8537
set bmargin at screen 0.5433
set lmargin at screen 0.15
set rmargin at screen 0.97
set xrange [0.0:4000.0]
set format x ''
set ylabel 'elbo (nats)' font ',11'
set yrange [-498.1299320788057:-496.3995279268305]
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
plot 'forms-2-1-1.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-2-1-1.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-2-1-2.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-2-1-2.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-2-1-3.dat' using 1:2:6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#009E73' notitle, \
  'forms-2-1-3.dat' using 1:3:5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#009E73' notitle, \
  'forms-2-1-1.dat' using 1:4 with linespoints pointtype 7 pointsize 0.8 pointnumber 6 linewidth 2 linecolor rgb '#0072B2' dashtype solid title 'evidence-gap', \
  'forms-2-1-2.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 7 linewidth 2 linecolor rgb '#D55E00' dashtype (14,5) title 'joint-entropy', \
  'forms-2-1-3.dat' using 1:4 with linespoints pointtype 9 pointsize 0.8 pointnumber 8 linewidth 2 linecolor rgb '#009E73' dashtype (4,3) title 'reconstruction-kl', \
  -496.5991899443661 with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) title 'log evidence -496.599'
reset
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin at screen 0.5104
set bmargin at screen 0.2
set lmargin at screen 0.15
set rmargin at screen 0.97
set xrange [0.0:4000.0]
set xlabel 'step'
set ylabel 'log_evidence − elbo (nats)' font ',11'
set yrange [1.7773166776562464e-07:30.036651852390566]
set logscale y
set format y '%g'
unset key
plot 'forms-2-2-1.dat' using 1:($2 > 1.7773166776562464e-07 ? $2 : 1.7773166776562464e-07):6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-2-2-1.dat' using 1:($3 > 1.7773166776562464e-07 ? $3 : 1.7773166776562464e-07):5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#0072B2' notitle, \
  'forms-2-2-2.dat' using 1:($2 > 1.7773166776562464e-07 ? $2 : 1.7773166776562464e-07):6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-2-2-2.dat' using 1:($3 > 1.7773166776562464e-07 ? $3 : 1.7773166776562464e-07):5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#D55E00' notitle, \
  'forms-2-2-3.dat' using 1:($2 > 1.7773166776562464e-07 ? $2 : 1.7773166776562464e-07):6 with filledcurves fillstyle transparent solid 0.15 noborder fillcolor rgb '#009E73' notitle, \
  'forms-2-2-3.dat' using 1:($3 > 1.7773166776562464e-07 ? $3 : 1.7773166776562464e-07):5 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#009E73' notitle, \
  'forms-2-2-1.dat' using 1:4 with linespoints pointtype 7 pointsize 0.8 pointnumber 6 linewidth 2 linecolor rgb '#0072B2' dashtype solid notitle, \
  'forms-2-2-2.dat' using 1:4 with linespoints pointtype 5 pointsize 0.8 pointnumber 7 linewidth 2 linecolor rgb '#D55E00' dashtype (14,5) notitle, \
  'forms-2-2-3.dat' using 1:4 with linespoints pointtype 9 pointsize 0.8 pointnumber 8 linewidth 2 linecolor rgb '#009E73' dashtype (4,3) notitle
unset multiplot
set output
