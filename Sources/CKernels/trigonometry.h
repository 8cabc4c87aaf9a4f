// Sine and cosine on [-pi/4, pi/4], shared by the elementwise functions and the noise.
#ifndef WB_TRIGONOMETRY_H
#define WB_TRIGONOMETRY_H

// sin(r + low) for |r| <= pi/4 and a low below one rounding of r (fdlibm's k_sin.c, Sun Microsystems 1993).
WB_INLINE double sin_quarter(double r, double low) {
  double z = r * r, v = z * r;
  double p = 8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04 + z * 2.75573137070700676789e-06) +
             z * (z * z) * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10);
  return r - ((z * (0.5 * low - v * p) - low) - v * -1.66666666666666324348e-01);
}

// cos(r + low) under the same conditions (fdlibm's k_cos.c as refined in FreeBSD).
WB_INLINE double cos_quarter(double r, double low) {
  double z = r * r, w = z * z;
  double p = z * (4.16666666666666019037e-02 + z * (-1.38888888888741095749e-03 + z * 2.48015872894767294178e-05)) +
             w * w * (-2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11));
  double half = 0.5 * z, top = 1 - half;
  return top + (((1 - top) - half) + (z * p - r * low));
}

#endif
