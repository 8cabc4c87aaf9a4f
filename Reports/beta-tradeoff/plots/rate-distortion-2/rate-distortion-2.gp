# Redraw both pictures with: gnuplot rate-distortion-2.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'rate and distortion, vae' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'small rings: runs; discs: means over seeds, joined in order of β' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
set xrange [-1.7339759534794026:30.634112854929665]
set yrange [-59.21851743134405:46.964569378508884]
set xlabel 'rate: kl_prior (nats per datum)'
set ylabel 'distortion: −reconstruction (nats per datum)'
set rmargin 11
set label 'ELBO 60' at -0.781482568655953,-59.21851743134405 left offset -1,0.7 font ',9' textcolor rgb '#888888'
set label 'ELBO 50' at 9.218517431344047,-59.21851743134405 left offset -1,0.7 font ',9' textcolor rgb '#888888'
set label 'ELBO 40' at 19.218517431344047,-59.21851743134405 left offset -1,0.7 font ',9' textcolor rgb '#888888'
set label 'ELBO 20' at 30.634112854929665,-50.63411285492967 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO 10' at 30.634112854929665,-40.63411285492967 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO 0' at 30.634112854929665,-30.634112854929665 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −10' at 30.634112854929665,-20.634112854929665 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −20' at 30.634112854929665,-10.634112854929665 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −30' at 30.634112854929665,-0.6341128549296648 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −40' at 30.634112854929665,9.365887145070335 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −50' at 30.634112854929665,19.365887145070335 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −60' at 30.634112854929665,29.365887145070335 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'ELBO −70' at 30.634112854929665,39.36588714507033 left offset 0.5,0 font ',9' textcolor rgb '#888888'
set label 'β=0.1' at 28.58583563067183,-53.35784065976099 right offset 0.5,0.9 font ',10' textcolor rgb '#0072B2' front
set label 'β=0.25' at 22.675643552972645,-52.54867004640869 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=0.5' at 18.339940044248912,-51.04631751961617 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=1' at 13.917823995973603,-47.92735166362612 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=2' at 9.350140347080966,-42.0095242922099 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=4' at 5.756349465824747,-33.51664974476465 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=8' at 3.67966972013595,-21.096725148481053 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=16' at 1.322615908787944,11.115908001521884 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
set label 'β=64' at 6.645052882355677e-05,41.27551654177554 left offset 0.7,0.5 font ',10' textcolor rgb '#0072B2' front
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
