// The regularized incomplete gamma functions P(a, x) and Q(a, x), their density, their slopes in the shape a and their inverse, one
// number at a time in double precision. Near x = a the terms are some six times the root of a.
#include "CKernels.h"
#include "clones.h"
#include "real_f64.h"
#include "elementary_template.h"
#include "scalar_functions.h"

#define SQRT_2_PI 2.5066282746310005024
// Some milliseconds: enough for shapes up to 1e8. What has not converged by then is NaN.
#define MOST_TERMS 100000L

// mu - log(1 + mu) by s = mu / (2 + mu) where both nearly cancel: log(1 + mu) = mu - s (mu - 2 s^2/3 - 2 s^4/5 - ...).
double wb_deviance(double a, double x) {
  double mu = (x - a) / a;
  if (REAL_ABS(mu) < 0.5) {
    double s = mu / (2 + mu), square = s * s, power = square, sum = 0;
    for (int odd = 3; odd < 43; odd += 2, power *= square) sum += power / odd;
    return a * (s * (mu - 2 * sum));
  }
  double ratio = a / x;
  double log_ratio = ratio > 0 && ratio - ratio == 0 ? log_f64(ratio) : log_f64(a) - log_f64(x);
  return a * log_ratio + (x - a);
}

// x^a exp(-x) / Gamma(a) for a, x > 0: for shapes that are not small by Stirling's formula and the deviance (Loader 2000).
static double kernel(double a, double x) {
  if (a < 10) {
    double log_gamma = a < 1 ? wb_log_gamma_1p(a) : wb_log_gamma(a);
    return (a < 1 ? a : 1) * exp_f64(a * log_f64(x) - x - log_gamma);
  }
  return REAL_SQRT(a) / SQRT_2_PI * exp_f64(-wb_deviance(a, x) - wb_stirling_error(a));
}

// A value and its slope in the shape.
typedef struct {
  double value, slope;
} dual;

// P by its series (Abramowitz and Stegun 6.5.29), for x < a + 1: the sum of x^n / ((a + 1) ... (a + n)) and its slope.
static dual lower_series(double a, double x, int with_slope) {
  double term = 1, log_slope = 0, sum = 1, slope = 0;
  for (long n = 1; n < MOST_TERMS; n++) {
    term *= x / (a + n);
    sum += term;
    if (with_slope) {
      log_slope -= 1 / (a + n);
      slope += term * log_slope;
    }
    if (term < 0x1p-56 * sum && (!with_slope || REAL_ABS(term * log_slope) <= 0x1p-50 * REAL_ABS(slope))) {
      return (dual){sum, slope};
    }
  }
  return (dual){__builtin_nan(""), __builtin_nan("")};
}

// Q by its continued fraction (Abramowitz and Stegun 6.5.31, evaluated after Lentz 1976), for x >= a + 1: the fraction, and the
// slope of its logarithm, carried along.
static dual upper_fraction(double a, double x) {
  double b = x + 1 - a, c = 0x1p1000, c_slope = 0, d = 1 / b, d_slope = d * d, h = d, slope = d;
  for (long i = 1; i < MOST_TERMS; i++) {
    double n = -(double)i * ((double)i - a);
    b += 2;
    double bottom = n * d + b, bottom_slope = i * d + n * d_slope - 1;
    c_slope = i / c - n * c_slope / (c * c) - 1;
    c = b + n / c;
    d = 1 / bottom;
    d_slope = -bottom_slope * d * d;
    double step = c * d, step_slope = (c_slope * d + c * d_slope) / step;
    h *= step;
    slope += step_slope;
    if (REAL_ABS(step - 1) < 0x1p-52 && REAL_ABS(step_slope) <= 0x1p-50 * REAL_ABS(slope)) return (dual){h, slope};
  }
  return (dual){__builtin_nan(""), __builtin_nan("")};
}

static int is_outside(double a, double x) { return !(a > 0 && a - a == 0 && x >= 0); }

double wb_gamma_p(double a, double x) {
  if (is_outside(a, x)) return __builtin_nan("");
  if (x == 0 || x - x != 0) return x == 0 ? 0 : 1;
  if (x < a + 1) return kernel(a, x) / a * lower_series(a, x, 0).value;
  return 1 - kernel(a, x) * upper_fraction(a, x).value;
}

double wb_gamma_q(double a, double x) {
  if (is_outside(a, x)) return __builtin_nan("");
  if (x == 0 || x - x != 0) return x == 0 ? 1 : 0;
  if (x >= a + 1) return kernel(a, x) * upper_fraction(a, x).value;
  if (a >= 1) return 1 - kernel(a, x) / a * lower_series(a, x, 0).value;
  // 1 - P with 1 - x^a / Gamma(1 + a) taken apart, for P is near 1 (Gautschi 1979, equations 2.5 to 2.8).
  double exponent = a * log_f64(x) - wb_log_gamma_1p(a);
  double term = 1, sum = 0;
  for (int n = 1; n < 100; n++) {
    term *= -x / n;
    sum += term / (a + n);
    if (REAL_ABS(term) < 0x1p-56 * REAL_ABS(sum)) break;
  }
  return -expm1_f64(exponent) - exp_f64(exponent) * (a * sum);
}

// x^(a - 1) exp(-x) / Gamma(a): the slope of P in x.
double wb_gamma_density(double a, double x) {
  if (is_outside(a, x)) return __builtin_nan("");
  if (x == 0) return a > 1 ? 0 : a == 1 ? 1 : __builtin_inf();
  return x - x != 0 ? 0 : kernel(a, x) / x;
}

// The slope of P in the shape: of the terms of the series or of the fraction, which do not cancel.
double wb_gamma_shape_slope(double a, double x) {
  if (is_outside(a, x)) return __builtin_nan("");
  if (x == 0 || x - x != 0) return 0;
  if (x < a + 1) {
    dual series = lower_series(a, x, 1);
    return kernel(a, x) / a * ((log_f64(x) - wb_digamma(a + 1)) * series.value + series.slope);
  }
  dual fraction = upper_fraction(a, x);
  return -kernel(a, x) * fraction.value * (log_f64(x) - wb_digamma(a) + fraction.slope);
}

// The log of the x with P(a, x) = Phi(normal): Newton's method for log P or log Q, whichever tail is the smaller, in log x. Both are
// concave, so that from its first step on it comes from one side.
double wb_log_gamma_variate(double a, double normal) {
  if (!(a > 0 && a - a == 0 && normal - normal == 0)) return __builtin_nan("");
  double lower = wb_log_normal_cdf(normal), upper = wb_log_normal_cdf(-normal);
  // P <= x^a / Gamma(1 + a), and equal to rounding where x is: the root of that is never above the variate.
  double y = (lower + (a < 1 ? wb_log_gamma_1p(a) : wb_log_gamma(a + 1))) / a;
  if (y < -40) return y;
  // Wilson and Hilferty (1931): the cube root of a gamma variate is nearly normal.
  double root = 1 - 1 / (9 * a) + normal / (3 * REAL_SQRT(a));
  if (root > 0.2) y = __builtin_fmax(y, log_f64(a) + 3 * log_f64(root));
  for (int i = 0; i < 100; i++) {
    double x = exp_f64(y);
    double tail = normal < 0 ? wb_gamma_p(a, x) : wb_gamma_q(a, x);
    // Where the upper tail is below all numbers, y is too far to the right.
    double step =
        tail == 0 ? -0.25 : (normal < 0 ? lower - log_f64(tail) : log_f64(tail) - upper) * tail / kernel(a, x);
    if (step != step) return step;
    y += __builtin_fmax(-2, __builtin_fmin(2, step));
    // The next step would be of the size of the square of this one, in units of the variate's spread.
    if (REAL_ABS(step) * REAL_SQRT(a + 1) < 1e-9) return y;
  }
  return __builtin_nan("");
}

// The slope of that log y in the shape: minus the slope of P in the shape over that in y, of which neither is small by itself.
double wb_log_gamma_variate_shape_slope(double a, double y) {
  double x = exp_f64(y);
  if (is_outside(a, x) || x - x != 0) return __builtin_nan("");
  if (x < a + 1) {
    dual series = lower_series(a, x, 1);
    return -((y - wb_digamma(a + 1)) * series.value + series.slope) / a;
  }
  dual fraction = upper_fraction(a, x);
  return fraction.value * (y - wb_digamma(a) + fraction.slope);
}
