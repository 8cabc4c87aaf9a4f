// Elementwise functions that go through double precision one number at a time, in either format: no run spends its time here.
#include "CKernels.h"
#include "scalar_functions.h"

static double round_half_away(double x) { return __builtin_round(x); }
static double round_down(double x) { return __builtin_floor(x); }
static double round_up(double x) { return __builtin_ceil(x); }
static double round_to_zero(double x) { return __builtin_trunc(x); }

// In the order of their numbers.
static double (*const of_one[])(double) = {
    wb_atan,        wb_asin,           wb_acos,         wb_sinh,           wb_cosh,      wb_asinh,   wb_acosh,
    wb_atanh,       wb_erf,            wb_erfc,         wb_normal_cdf,     wb_log_normal_cdf,        wb_normal_score,
    wb_normal_quantile, wb_log1m_exp,  round_down,      round_up,          round_half_away, round_to_zero, wb_cube_root};
static double (*const of_two[])(double, double) = {
    wb_power, wb_power_exponent_slope, wb_atan2, wb_gamma_p, wb_gamma_q, wb_gamma_density, wb_gamma_shape_slope,
    wb_log_gamma_variate, wb_log_gamma_variate_shape_slope};
static double (*const of_three[])(double, double, double) = {wb_beta_i, wb_beta_first_slope, wb_beta_second_slope,
                                                             wb_beta_density};

#define DEFINE(real, suffix)                                                                                    \
  void wb_special_##suffix(int kernel, real *out, const real *in, long n) {                                     \
    double (*function)(double) = of_one[kernel - WB_ATAN];                                                      \
    for (long i = 0; i < n; i++) out[i] = (real)function((double)in[i]);                                        \
  }                                                                                                             \
  void wb_special_of_two_##suffix(int kernel, real *out, long rows, long draws, const real *a, long a_row,      \
                                  long a_draw, const real *b, long b_row, long b_draw) {                        \
    double (*function)(double, double) = of_two[kernel - WB_POWER];                                             \
    for (long r = 0; r < rows; r++, out += draws, a += a_row, b += b_row) {                                     \
      for (long d = 0; d < draws; d++) out[d] = (real)function((double)a[d * a_draw], (double)b[d * b_draw]);   \
    }                                                                                                           \
  }                                                                                                             \
  void wb_special_of_three_##suffix(int kernel, real *out, const real *in, long n) {                            \
    double (*function)(double, double, double) = of_three[kernel - WB_BETA_I];                                  \
    for (long i = 0; i < n; i++) {                                                                              \
      out[i] = (real)function((double)in[i], (double)in[n + i], (double)in[2 * n + i]);                         \
    }                                                                                                           \
  }

DEFINE(double, f64)
DEFINE(float, f32)
