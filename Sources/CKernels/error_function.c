// The error function, the standard normal distribution and its quantile, one number at a time in double precision.
#include "CKernels.h"
#include "clones.h"
#include "real_f64.h"
#include "elementary_template.h"
#include "erfcx_f64.h"
#include "erfcx_template.h"
#include "scalar_functions.h"

#define SQRT_HALF 0.70710678118654752440
#define INVERSE_SQRT_PI 0.56418958354775628695
#define SQRT_2_OVER_PI 0.79788456080286535588
#define INVERSE_SQRT_2_PI 0.39894228040143267794

// exp(-scale x^2) for a scale of 1 or 1/2: the square of the upper half of the mantissa is exact, lest its rounding be magnified.
static double exp_of_square(double x, double scale) {
  double high = from_bits_f64(bits_f64(x) & 0xfffffffff8000000u);
  return exp_f64(-scale * (high * high)) * exp_f64(-scale * ((x - high) * (x + high)));
}

// exp(t^2) erfc(t) for t >= 0; above 1e8 it is its limit to rounding.
static double erfcx(double t) { return t > 1e8 ? INVERSE_SQRT_PI / t : erfcx_f64(t); }

// erf(x) / x in powers of x^2 - 1/2 for |x| <= 1: interpolation at 14 Chebyshev nodes with mpmath, relative error below 3e-21.
static double erf_near_zero(double x) {
  static const double c[] = {
      0x1.ee51eb23cb7eap-1,   -0x1.1fd16292151fdp-2,  0x1.454368017b042p-4,   -0x1.2b902b7b2f224p-6, 0x1.c82aa249df4a1p-9,
      -0x1.263991b81d62ep-11, 0x1.486638bc934bfp-14,  -0x1.429e938bb3fb3p-17, 0x1.1ad5ee09b7c4dp-20, -0x1.bf8e5ad031f42p-24,
      0x1.428e75eef326cp-27,  -0x1.aad6f12f0a592p-31, 0x1.06139757ceda2p-34,  -0x1.29b9f1b3df556p-38};
  double w = x * x - 0.5, sum = c[13];
  for (int i = 12; i >= 0; i--) sum = sum * w + c[i];
  return x * sum;
}

double wb_erf(double x) {
  if (!(x - x == 0)) return x != x ? x : (x > 0 ? 1 : -1);
  if (REAL_ABS(x) <= 1) return erf_near_zero(x);
  double tail = REAL_ABS(x) > 28 ? 0 : exp_of_square(x, 1) * erfcx(REAL_ABS(x));
  return x > 0 ? 1 - tail : tail - 1;
}

double wb_erfc(double x) {
  if (!(x - x == 0)) return x != x ? x : (x > 0 ? 0 : 2);
  if (REAL_ABS(x) < 0.5) return 1 - erf_near_zero(x);
  double tail = REAL_ABS(x) > 28 ? 0 : exp_of_square(x, 1) * erfcx(REAL_ABS(x));
  return x > 0 ? tail : 2 - tail;
}

// The probability below x <= 0.
static double lower_tail(double x) {
  return x < -40 ? 0 : 0.5 * (exp_of_square(x, 0.5) * erfcx(-SQRT_HALF * x));
}

double wb_normal_cdf(double x) {
  if (x != x) return x;
  if (REAL_ABS(x) < 0.7) return 0.5 + 0.5 * erf_near_zero(SQRT_HALF * x);
  return x < 0 ? lower_tail(x) : 1 - lower_tail(-x);
}

double wb_log_normal_cdf(double x) {
  if (x != x) return x;
  if (x > 0) return log1p_f64(-lower_tail(-x));
  return -0.5 * x * x + log_f64(0.5 * erfcx(-SQRT_HALF * x));
}

// The slope of the logarithm of the normal distribution function: density over probability.
double wb_normal_score(double x) {
  if (x != x) return x;
  if (x <= 0) return SQRT_2_OVER_PI / erfcx(-SQRT_HALF * x);
  return x > 40 ? 0 : INVERSE_SQRT_2_PI * exp_of_square(x, 0.5) / wb_normal_cdf(x);
}

static double ratio(const double *top, const double *bottom, double r) {
  double a = top[0], b = bottom[0];
  for (int i = 1; i < 8; i++) {
    a = a * r + top[i];
    b = b * r + bottom[i];
  }
  return a / b;
}

// The x below which the probability is p (Wichura 1988, algorithm AS 241, doi:10.2307/2347330).
double wb_normal_quantile(double p) {
  static const double middle[2][8] = {
      {2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
       1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0},
      {5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
       5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1}};
  static const double near[2][8] = {
      {7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
       3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0},
      {1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
       6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1}};
  static const double far[2][8] = {
      {2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
       2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0},
      {2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
       1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1}};
  if (!(p >= 0 && p <= 1)) return __builtin_nan("");
  if (p == 0 || p == 1) return p == 0 ? -__builtin_inf() : __builtin_inf();
  double q = p - 0.5;
  if (REAL_ABS(q) <= 0.425) return q * ratio(middle[0], middle[1], 0.180625 - q * q);
  double r = REAL_SQRT(-log_f64(q < 0 ? p : 1 - p));
  double x = r <= 5 ? ratio(near[0], near[1], r - 1.6) : ratio(far[0], far[1], r - 5);
  return q < 0 ? -x : x;
}
