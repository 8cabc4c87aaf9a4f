# Redraw both pictures with: gnuplot rate-distortion-2.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'rate and distortion, vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'small rings: runs; discs: means over seeds, joined in order of β' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xrange [-1.7339759143185347:30.63411216313753]
set yrange [-59.21851677487174:46.964569349921966]
set xlabel 'rate: kl_prior (nats per datum)'
set ylabel 'distortion: −reconstruction (nats per datum)'
set rmargin 11
set label 'ELBO 60' at -0.7814832251282624,-59.21851677487174 left offset -1,0.7 font ',9' textcolor rgb '#888888'
set label 'ELBO 50' at 9.218516774871738,-59.21851677487174 left offset -1,0.7 font ',9' textcolor rgb '#888888'
set label 'ELBO 40' at 19.218516774871738,-59.21851677487174 left offset -1,0.7 font ',9' textcolor rgb '#888888'
set label 'ELBO 20' at 30.63411216313753,-50.63411216313753 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO 10' at 30.63411216313753,-40.63411216313753 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO 0' at 30.63411216313753,-30.63411216313753 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −10' at 30.63411216313753,-20.63411216313753 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −20' at 30.63411216313753,-10.63411216313753 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −30' at 30.63411216313753,-0.6341121631375302 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −40' at 30.63411216313753,9.36588783686247 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −50' at 30.63411216313753,19.36588783686247 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −60' at 30.63411216313753,29.36588783686247 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −70' at 30.63411216313753,39.36588783686247 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'β=0.1' at 28.58583539828398,-53.35784038130013 right offset 0.5,0.9 font ',10' textcolor rgb '#0072B2' front
set label 'β=0.25' at 22.675643745977812,-52.54867022406515 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=0.5' at 18.33993995207162,-51.046317477535126 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=1' at 13.91782398464501,-47.927352607554425 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=2' at 9.350140444320177,-42.00952405518251 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=4' at 5.756349393584616,-33.516649490760784 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=8' at 3.679669526632798,-21.09672254132636 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=16' at 1.3226134202542572,11.1159698990519 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=64' at 6.645052246510575e-05,41.27551654279991 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set bmargin 5.2
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows 1 samplen 3 spacing 1.15
set terminal svg size 960,586 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'rate-distortion-2.svg'
plot 'rate-distortion-2-elbo.dat' using 1:2 with lines linewidth 0.8 linecolor rgb '#bbbbbb' dashtype (6,5) title 'equal ELBO', \
  'rate-distortion-2-front.dat' using 1:2 with steps linewidth 1.2 linecolor rgb '#888888' dashtype (2,2) title 'Pareto front of the runs', \
  'rate-distortion-2-1-runs.dat' using 1:2 with points pointtype 6 pointsize 0.5 linecolor rgb '#0072B2' notitle, \
  'rate-distortion-2-1-means.dat' using 1:2 with linespoints pointtype 7 pointsize 0.8 linewidth 1.6 linecolor rgb '#0072B2' title 'all runs'
set terminal pngcairo size 1920,1172 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'rate-distortion-2.png'
replot
set output
