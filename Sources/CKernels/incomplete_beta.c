// The regularized incomplete beta function I_x(a, b), its density and its slopes in the shapes, one number at a time in double
// precision.
#include "CKernels.h"
#include "clones.h"
#include "real_f64.h"
#include "elementary_template.h"
#include "scalar_functions.h"

#define SQRT_2_PI 2.5066282746310005024
// Some milliseconds: enough for shapes up to 1e8. What has not converged by then is NaN.
#define MOST_TERMS 100000L

// x^a y^b / B(a, b) for y = 1 - x: Stirling's formula and deviances from the mean (Loader 2000).
static double kernel(double a, double b, double x, double y) {
  double n = a + b;
  double exponent = wb_stirling_error(n) - wb_stirling_error(a) - wb_stirling_error(b);
  return REAL_SQRT(a) * REAL_SQRT(b / n) / SQRT_2_PI *
         exp_f64(exponent - wb_deviance(a, n * x) - wb_deviance(b, n * y));
}

// A value and its slopes in the two shapes.
typedef struct {
  double value, a, b;
} dual;

// One step of Lentz's method: c = 1 + n / c, d = 1 / (1 + n d), h c d.
static inline __attribute__((always_inline)) void step(dual n, dual *c, dual *d, dual *h) {
  double inverse = 1 / c->value, shrink = n.value * inverse * inverse;
  *c = (dual){1 + n.value * inverse, n.a * inverse - shrink * c->a, n.b * inverse - shrink * c->b};
  double bottom = 1 / (1 + n.value * d->value), square = -bottom * bottom;
  *d = (dual){bottom, square * (n.a * d->value + n.value * d->a), square * (n.b * d->value + n.value * d->b)};
  double factor = c->value * d->value;
  h->value *= factor;
  h->a += c->a / c->value + d->a / d->value;
  h->b += c->b / c->value + d->b / d->value;
}

// The continued fraction of I B / (x^a y^b / a) for x below the mean (Abramowitz and Stegun 26.5.8, evaluated after Lentz 1976),
// and the slopes of its logarithm.
static dual fraction(double a, double b, double x) {
  double n = a + b;
  double first = -n * x / (a + 1);
  dual c = {1, 0, 0};
  double bottom = 1 / (1 + first);
  dual d = {bottom, -bottom * bottom * first * (1 / n - 1 / (a + 1)), -bottom * bottom * first / n};
  dual h = {bottom, d.a / bottom, d.b / bottom};
  for (long m = 1; m < MOST_TERMS; m++) {
    double even = m * (b - m) * x / ((a + (2 * m - 1)) * (a + 2 * m));
    dual before = h;
    step((dual){even, -even * (1 / (a + (2 * m - 1)) + 1 / (a + 2 * m)),
                m * x / ((a + (2 * m - 1)) * (a + 2 * m))}, &c, &d, &h);
    double odd = -(a + m) * (n + m) * x / ((a + 2 * m) * (a + (2 * m + 1)));
    step((dual){odd, odd * (1 / (a + m) + 1 / (n + m) - 1 / (a + 2 * m) - 1 / (a + (2 * m + 1))), odd / (n + m)},
         &c, &d, &h);
    int is_done = REAL_ABS(h.value - before.value) <= 0x1p-53 * REAL_ABS(h.value);
    if (is_done && REAL_ABS(h.a - before.a) <= 0x1p-45 * REAL_ABS(h.a) + 0x1p-60 &&
        REAL_ABS(h.b - before.b) <= 0x1p-45 * REAL_ABS(h.b) + 0x1p-60) {
      return h;
    }
  }
  return (dual){__builtin_nan(""), __builtin_nan(""), __builtin_nan("")};
}

static int is_outside(double a, double b, double x) {
  return !(a > 0 && a - a == 0 && b > 0 && b - b == 0 && x >= 0 && x <= 1);
}

// I by the fraction where x is below the mean, else 1 less that of 1 - x with the shapes swapped; and its slopes.
static dual beta(double a, double b, double x) {
  double nan = __builtin_nan("");
  if (is_outside(a, b, x)) return (dual){nan, nan, nan};
  if (x == 0 || x == 1) return (dual){x, 0, 0};
  double y = 1 - x, n = a + b;
  int is_below = x < (a + 1) / (n + 2);
  double p = is_below ? a : b, q = is_below ? b : a, u = is_below ? x : y, v = is_below ? y : x;
  dual h = fraction(p, q, u);
  double value = kernel(p, q, u, v) / p * h.value;
  double rise = wb_digamma(n);
  // log v from the side that x is given on.
  double log_u = is_below ? log_f64(x) : log1p_f64(-x), log_v = is_below ? log1p_f64(-x) : log_f64(x);
  double of_p = value * (log_u + rise - wb_digamma(p + 1) + h.a);
  double of_q = value * (log_v + rise - wb_digamma(q) + h.b);
  return is_below ? (dual){value, of_p, of_q} : (dual){1 - value, -of_q, -of_p};
}

double wb_beta_i(double a, double b, double x) { return beta(a, b, x).value; }
double wb_beta_first_slope(double a, double b, double x) { return beta(a, b, x).a; }
double wb_beta_second_slope(double a, double b, double x) { return beta(a, b, x).b; }

// x^(a - 1) (1 - x)^(b - 1) / B(a, b): the slope of I in x.
double wb_beta_density(double a, double b, double x) {
  if (is_outside(a, b, x)) return __builtin_nan("");
  if (x == 0) return a > 1 ? 0 : a == 1 ? b : __builtin_inf();
  if (x == 1) return b > 1 ? 0 : b == 1 ? a : __builtin_inf();
  return kernel(a, b, x, 1 - x) / x / (1 - x);
}
