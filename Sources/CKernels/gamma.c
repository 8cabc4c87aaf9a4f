// log-gamma and its two derivatives for positive arguments: series on [1, 2], recurrence, Stirling's series above.
// Scalar code: models call these on data and on a few parameters. Single precision goes through double.
// Relative error below 1e-14, near the zeros at 1, 2 and 1.4616 too. Negative arguments give NaN, poles infinities.
#include "CKernels.h"
#include "clones.h"
#include "real_f64.h"
#include "elementary_template.h"
#include "scalar_functions.h"

// lgamma(x) / ((x - 1) (x - 2)) and digamma(x) / (x - root) in powers of x - 3/2 on [1, 2]: interpolation at 21
// Chebyshev nodes with mpmath, relative error below 1e-16.
static const double log_gamma_series[] = {
    0x1.eeb95b094c191p-2,   -0x1.2aed059bd6085p-3,  0x1.01af62a2929e1p-4,   -0x1.007aa83cef9abp-5,
    0x1.133423527ae27p-6,   -0x1.34dbda128eee5p-7,  0x1.64f0664fb6518p-8,   -0x1.a5035375acabep-9,
    0x1.f814b951d538bp-10,  -0x1.313e5323120b7p-10, 0x1.750aa27fe4301p-11,  -0x1.cb502b140a127p-12,
    0x1.1c7b46046a59cp-12,  -0x1.61854b057e6e9p-13, 0x1.ba26ce28a34b0p-14,  -0x1.1cf3272629995p-14,
    0x1.672b94917149fp-15,  -0x1.6880fac68f031p-16, 0x1.c7d009a4fae3ap-17,  -0x1.36d84fee907ffp-16,
    0x1.8ca55ab6b8718p-17};
static const double digamma_series[] = {
    0x1.e6f0cbb873616p-1,   -0x1.b1cb63005ee5dp-2,  0x1.eca189b8e6f1ep-3,   -0x1.2feeeb98b0270p-3,
    0x1.8512e5904479bp-4,   -0x1.fb44201e7cc15p-5,  0x1.4de9aa0fb5a4fp-5,   -0x1.b9f8b4ba2e5f5p-6,
    0x1.256473e20cb08p-6,   -0x1.8634c5eab0574p-7,  0x1.03c04453f4083p-7,   -0x1.5a16d9f65315cp-8,
    0x1.cd35ac17ad344p-9,   -0x1.326340580e90ap-9,  0x1.9870a33254ba1p-10,  -0x1.1a824f512c76fp-10,
    0x1.78a77705bb558p-11,  -0x1.73ff1b7f004e4p-12, 0x1.effae48161573p-13,  -0x1.8cc58112556c6p-12,
    0x1.088345f73d8a7p-12};
#define TERMS 21
// The positive zero of digamma.
#define ROOT 0x1.762d86356be3fp+0
#define ROOT_LOW 0x1.b86a722197829p-54
// Stirling's series start here: ten Bernoulli terms then reach rounding (Abramowitz and Stegun 6.1.40, 6.3.18, 6.4.12).
#define ASYMPTOTIC 10.0

static double horner(const double *c, int terms, double x) {
  double sum = c[terms - 1];
  for (int i = terms - 2; i >= 0; i--) sum = sum * x + c[i];
  return sum;
}

// B(2k) / (2k (2k-1))
static const double stirling_series[] = {1.0 / 12,     -1.0 / 360,       1.0 / 1260, -1.0 / 1680,        1.0 / 1188,
                                         -691.0 / 360360, 1.0 / 156, -3617.0 / 122400, 43867.0 / 244188};
#define HALF_LOG_2_PI 0.91893853320467274178

double wb_log_gamma_1p(double x) { return x * (x - 1) * horner(log_gamma_series, TERMS, x - 0.5); }

double wb_stirling_error(double x) {
  if (x < ASYMPTOTIC) return wb_log_gamma(x) - ((x - 0.5) * log_f64(x) - x + HALF_LOG_2_PI);
  double inverse = 1 / x;
  return inverse * horner(stirling_series, 9, inverse * inverse);
}

double wb_log_gamma(double x) {
  if (!(x >= 0)) return __builtin_nan("");
  if (x >= ASYMPTOTIC) {
    if (x >= 0x1p1000) return x * (log_f64(x) - 1);
    double inverse = 1 / x;
    return (x - 0.5) * (log_f64(x) - 1) + (0.41893853320467274178 + inverse * horner(stirling_series, 9, inverse * inverse));
  }
  // Gamma(x) = (x-1) (x-2) ... y Gamma(y) with y in (1, 2].
  double product = 1, y = x;
  while (y > 2) {
    y -= 1;
    product *= y;
  }
  double shift = y < 1 ? -log_f64(y) : log_f64(product);
  if (y < 1) {
    // The factors y and y - 1 are exact for tiny y too.
    return wb_log_gamma_1p(y) + shift;
  }
  return (y - 1) * (y - 2) * horner(log_gamma_series, TERMS, y - 1.5) + shift;
}

double wb_digamma(double x) {
  // B(2k) / 2k
  static const double stirling[] = {1.0 / 12,      -1.0 / 120, 1.0 / 252,        -1.0 / 240,      1.0 / 132,
                                    -691.0 / 32760, 1.0 / 12,  -3617.0 / 8160, 43867.0 / 14364};
  if (!(x >= 0)) return __builtin_nan("");
  if (x >= ASYMPTOTIC) {
    double inverse = 1 / x, square = inverse * inverse;
    return log_f64(x) - 0.5 * inverse - square * horner(stirling, 9, square);
  }
  if (x < 1) {
    double offset = (x - (ROOT - 1)) - ROOT_LOW;
    return offset * horner(digamma_series, TERMS, x - 0.5) - 1 / x;
  }
  double shift = 0, y = x;
  while (y > 2) {
    y -= 1;
    shift += 1 / y;
  }
  return ((y - ROOT) - ROOT_LOW) * horner(digamma_series, TERMS, y - 1.5) + shift;
}

double wb_trigamma(double x) {
  // B(2k)
  static const double bernoulli[] = {1.0 / 6,       -1.0 / 30, 1.0 / 42,       -1.0 / 30,      5.0 / 66,
                                     -691.0 / 2730, 7.0 / 6,   -3617.0 / 510, 43867.0 / 798};
  if (!(x >= 0)) return __builtin_nan("");
  double shift = 0, y = x;
  while (y < ASYMPTOTIC) {
    shift += 1 / (y * y);
    y += 1;
  }
  double inverse = 1 / y, square = inverse * inverse;
  return shift + (inverse + 0.5 * square + square * inverse * horner(bernoulli, 9, square));
}

#define DEFINE(name, real, suffix)                                      \
  void wb_##name##_##suffix(real *out, const real *in, long n) {        \
    for (long i = 0; i < n; i++) out[i] = (real)wb_##name((double)in[i]); \
  }

DEFINE(log_gamma, double, f64)
DEFINE(digamma, double, f64)
DEFINE(trigamma, double, f64)
DEFINE(log_gamma, float, f32)
DEFINE(digamma, float, f32)
DEFINE(trigamma, float, f32)
