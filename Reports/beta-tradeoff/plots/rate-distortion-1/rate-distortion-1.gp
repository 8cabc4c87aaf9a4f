# Redraw both pictures with: gnuplot rate-distortion-1.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'rate and distortion, linear-vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'small rings: runs; discs: means over seeds, joined in order of β; high distortions are drawn closer together' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set nonlinear y via log10(y + (2.188608954204832)) inverse 10**y - (2.188608954204832)
set xrange [-0.3174567548943772:5.60840266980066]
set yrange [-1.4886089542048317:53.97605147313066]
set ytics (-1, 0, 2, 5, 10, 20, 50)
set xlabel 'rate: kl_prior (nats per datum)'
set ylabel 'distortion: −reconstruction (nats per datum)'
set rmargin 11
set label 'ELBO −2.5' at 3.9886089542048317,-1.4886089542048317 left offset -1,0.7 font ',9' textcolor rgb '#888888'
set label 'ELBO −6' at 5.60840266980066,0.39159733019933984 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −10' at 5.60840266980066,4.39159733019934 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −20' at 5.60840266980066,14.391597330199339 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −40' at 5.60840266980066,34.39159733019934 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'β=0.1' at 5.290945911834545,-1.1886089538976599 right offset 0.5,0.9 font ',10' textcolor rgb '#0072B2' front
set label 'β=0.25' at 4.374655183032124,-1.038608954204833 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=0.5' at 3.6815080024721825,-0.7886089542048341 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=1' at 2.9883608219122393,-0.2886089542048342 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=2' at 2.2952136413522917,0.7113910457951653 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=4' at 1.602066460792348,2.711391045795162 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=8' at 1.1689186239957192,5.089476358847527 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=16' at 0.8223450337157469,9.089476358847529 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=64' at 0.12919785315580126,33.08947635884752 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=100' at -1.3322676295501878e-16,42.52471149528045 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set bmargin 6.4
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 2 samplen 3 spacing 1.15
set terminal svg size 960,612 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'rate-distortion-1.svg'
plot 'rate-distortion-1-elbo.dat' using 1:2 with lines linewidth 0.8 linecolor rgb '#bbbbbb' dashtype (6,5) title 'equal ELBO', \
  'rate-distortion-1-front.dat' using 1:2 with steps linewidth 1.2 linecolor rgb '#888888' dashtype (2,2) title 'Pareto front of the runs', \
  'rate-distortion-1-curve.dat' using 1:2 with lines linewidth 1.4 linecolor rgb '#000000' title 'exact linear VAE (crosses: same β)', \
  'rate-distortion-1-1-runs.dat' using 1:2 with points pointtype 6 pointsize 0.5 linecolor rgb '#0072B2' notitle, \
  'rate-distortion-1-1-means.dat' using 1:2 with linespoints pointtype 7 pointsize 0.8 linewidth 1.6 linecolor rgb '#0072B2' title 'all runs', \
  'rate-distortion-1-exact.dat' using 1:2 with points pointtype 2 pointsize 0.8 linewidth 1.2 linecolor rgb '#000000' notitle
set terminal pngcairo size 1920,1224 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'rate-distortion-1.png'
replot
set output
