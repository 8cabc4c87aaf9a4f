// Inverse trigonometric and hyperbolic functions and the cube root, one number at a time in double precision.
#include "CKernels.h"
#include "clones.h"
#include "real_f64.h"
#include "elementary_template.h"
#include "scalar_functions.h"

#define HALF_PI 0x1.921fb54442d18p+0
#define HALF_PI_LOW 0x1.1a62633145c07p-54
#define PI 0x1.921fb54442d18p+1
#define PI_LOW 0x1.1a62633145c07p-53

// atan(t) / t in powers of t^2 - 49/512 for |t| <= 7/16: interpolation at 13 Chebyshev nodes with mpmath, relative error below
// 2e-19; returned as what it adds to t.
static double atan_excess(double t) {
  static const double c[] = {0x1.f08b7c9e6201cp-1,  -0x1.31ca1e2345d07p-2, 0x1.50a69949a487fp-3,  -0x1.b8353a453930bp-4,
                             0x1.3910403c77c75p-4,  -0x1.d42609f8a2740p-5, 0x1.69df508b3ccefp-5,  -0x1.1e708e68c31f7p-5,
                             0x1.cd993d3f5c284p-6,  -0x1.790c6a5971dc0p-6, 0x1.3776584f435dap-6,  -0x1.093b2e555d500p-6,
                             0x1.bda2d7a0e8d79p-7};
  double w = t * t - 49.0 / 512, sum = c[12];
  for (int i = 11; i > 0; i--) sum = sum * w + c[i];
  return t * (sum * w + (c[0] - 1));
}

// atan(x) = atan(c) + atan((x - c) / (1 + c x)) with c one of 0, 1/2, 1, 3/2, infinity (fdlibm's s_atan.c).
double wb_atan(double x) {
  double a = REAL_ABS(x), high, low, t;
  if (a < 0x1p-28) return x;
  if (a < 7.0 / 16) {
    high = low = 0, t = a;
  } else if (a < 11.0 / 16) {
    high = 0x1.dac670561bb4fp-2, low = 0x1.a2b7f222f65e2p-56, t = (2 * a - 1) / (2 + a);
  } else if (a < 19.0 / 16) {
    high = HALF_PI / 2, low = HALF_PI_LOW / 2, t = (a - 1) / (a + 1);
  } else if (a < 39.0 / 16) {
    high = 0x1.f730bd281f69bp-1, low = 0x1.007887af0cbbdp-56, t = (a - 1.5) / (1 + 1.5 * a);
  } else {
    high = HALF_PI, low = HALF_PI_LOW, t = -1 / a;
  }
  return REAL_COPYSIGN(high + (t + (atan_excess(t) + low)), x);
}

double wb_atan2(double y, double x) {
  if (x != x || y != y) return x + y;
  double a = REAL_ABS(x), b = REAL_ABS(y);
  int is_left = REAL_COPYSIGN(1, x) < 0;
  double angle;
  if (b == 0) {
    angle = is_left ? PI : 0;
  } else if (a == b && b - b != 0) {
    angle = is_left ? 1.5 * HALF_PI : HALF_PI / 2;
  } else {
    angle = a == 0 ? HALF_PI : wb_atan(b / a);
    if (is_left) angle = PI - (angle - PI_LOW);
  }
  return REAL_COPYSIGN(angle, y);
}

double wb_asin(double x) { return wb_atan2(x, REAL_SQRT((1 - x) * (1 + x))); }
double wb_acos(double x) { return wb_atan2(REAL_SQRT((1 - x) * (1 + x)), x); }

// Half of exp(a) for a >= 22, in two factors: exp(a) overflows first.
static double half_exp(double a) {
  double root = exp_f64(0.5 * a);
  return a < 709 ? 0.5 * exp_f64(a) : 0.5 * root * root;
}

double wb_sinh(double x) {
  double a = REAL_ABS(x);
  if (a >= 22) return REAL_COPYSIGN(half_exp(a), x);
  double t = expm1_f64(a);
  return a < 0x1p-28 ? x : REAL_COPYSIGN(0.5 * (a < 1 ? 2 * t - t * t / (t + 1) : t + t / (t + 1)), x);
}

double wb_cosh(double x) {
  double a = REAL_ABS(x);
  if (a >= 22) return half_exp(a);
  double e = exp_f64(a);
  return 0.5 * e + 0.5 / e;
}

double wb_asinh(double x) {
  double a = REAL_ABS(x);
  if (a < 0x1p-28) return x;
  if (a > 0x1p28) return REAL_COPYSIGN(log_f64(a) + 0x1.62e42fefa39efp-1, x);
  return REAL_COPYSIGN(log1p_f64(a + a * a / (1 + REAL_SQRT(1 + a * a))), x);
}

double wb_acosh(double x) {
  if (!(x >= 1)) return __builtin_nan("");
  if (x > 0x1p28) return log_f64(x) + 0x1.62e42fefa39efp-1;
  double t = x - 1;
  return log1p_f64(t + REAL_SQRT(2 * t + t * t));
}

double wb_atanh(double x) {
  double a = REAL_ABS(x);
  if (!(a <= 1)) return __builtin_nan("");
  return a < 0x1p-28 ? x : REAL_COPYSIGN(0.5 * log1p_f64(2 * a / (1 - a)), x);
}

// log(1 - exp(x)) for x <= 0, by whichever of exp(x) and exp(x) - 1 is the smaller (Maechler 2012).
double wb_log1m_exp(double x) {
  if (!(x <= 0)) return __builtin_nan("");
  return x > -0x1.62e42fefa39efp-1 ? log_f64(-expm1_f64(x)) : log1p_f64(-exp_f64(x));
}

double wb_cube_root(double x) {
  if (x == 0 || x - x != 0) return x;
  // |x| = m 2^(3 q) with m in [1/2, 4).
  double a = REAL_ABS(x);
  int is_small = a < SMALLEST_NORMAL;
  uint64_t bits = bits_f64(is_small ? a * 0x1p54 : a);
  long exponent = (long)(bits >> MANTISSA_BITS) - (EXPONENT_BIAS - 1) - (is_small ? 54 : 0);
  long q = (exponent + 3000) / 3 - 1000, rest = exponent - 3 * q;
  double m = from_bits_f64((bits & MANTISSA_MASK) | (uint64_t)(EXPONENT_BIAS - 1) << MANTISSA_BITS);
  // Interpolation of the cube root on [1/2, 1] at five Chebyshev nodes: relative error below 2e-5.
  double w = m - 0.75;
  double y = 0x1.d12ed0af1a27fp-1 +
             w * (0x1.9d56767a2e5efp-2 +
                  w * (-0x1.6f38c5ece3350p-3 + w * (0x1.2424ff8b8772ap-3 + w * -0x1.06bcf5bc6e5a0p-3)));
  y *= rest == 0 ? 1 : rest == 1 ? 0x1.428a2f98d728bp+0 : 0x1.965fea53d6e3dp+0;
  m *= (double)(1L << rest);
  // Halley's step cubes the error; Newton's, with the residual, takes off what rounding left.
  y *= (y * y * y + 2 * m) / (2 * (y * y * y) + m);
  y -= (y * y * y - m) / (3 * (y * y));
  return REAL_COPYSIGN(y * power_of_two_f64((double)q), x);
}
