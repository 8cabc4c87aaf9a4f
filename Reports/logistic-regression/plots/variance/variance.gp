# Redraw both pictures with: gnuplot variance.gp
set encoding utf8
set border 3 linecolor rgb '#666666'
set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid
set tics nomirror out textcolor rgb '#222222'
set datafile missing '?'
set tmargin 4.5
set label 1 'variance of elbo, logistic-regression' at screen 0.5, screen 1 center offset 0,-1.3 font ',16'
set label 2 'exact analysis of variance of 18 cells and 5 seeds; in all a spread of 5.35 (nats)' at screen 0.5, screen 1 center offset 0,-2.8 font ',11' textcolor rgb '#555555'
unset key
set bmargin 4
set xlabel 'share of the variance (%)'
set xrange [0:111.65518837651182]
set yrange [0.4:11.6]
set ytics ('family' 11, 'learning_rate' 10, 'family × learning_rate' 9, 'remainder' 8, 'seed' 7, 'learning_rate × seed' 6, 'family × seed' 5, 'form × seed' 4, 'family × form' 3, 'form × learning_rate' 2, 'form' 1)
set label '99.7 %' at 99.6921324790284,11 left offset 0.6,0 font ',11'
set label '0.3 %' at 0.28822250066207794,10 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0090909536709382,9 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.005283749896833889,8 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0018048052912376996,7 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0016748593404075029,6 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 0.0016389505149587793,5 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 8.438560802643821e-05,4 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 4.59786634234391e-05,3 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.0755243614541471e-05,2 left offset 0.6,0 font ',11'
set label '< 0.1 %' at 1.0582080065775681e-05,1 left offset 0.6,0 font ',11'
set terminal svg size 960,480 dynamic noenhanced font 'DejaVu Sans,13' linewidth 1.2 background '#ffffff'
set output 'variance.svg'
plot 'variance-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder linecolor rgb '#0072B2'
set terminal pngcairo size 1920,960 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2.4 pointscale 2
set output 'variance.png'
replot
set output
