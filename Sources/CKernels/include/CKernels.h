// Numerical kernels over arrays of double (_f64) and float (_f32).
//
// Arrays are [rows, draws], row-major, draws innermost; counts are elements. An element's bits depend on its operands
// alone: not on its place, the array's length or the CPU. NaN and infinities propagate as in scalar IEEE arithmetic.
#ifndef WB_CKERNELS_H
#define WB_CKERNELS_H

#include <stdint.h>

#include "CReplay.h"

// out[i] = f(in[i]); out may be in.
#define WB_UNARY(name)                                        \
  void wb_##name##_f64(double *out, const double *in, long n); \
  void wb_##name##_f32(float *out, const float *in, long n);

WB_UNARY(negate)
WB_UNARY(exp)
WB_UNARY(log)
WB_UNARY(log1p)
WB_UNARY(expm1)
WB_UNARY(sqrt)
WB_UNARY(square)
WB_UNARY(reciprocal)
WB_UNARY(tanh)
WB_UNARY(sigmoid)
WB_UNARY(softplus)
WB_UNARY(sin)
WB_UNARY(cos)
WB_UNARY(abs)
WB_UNARY(sign)
WB_UNARY(relu)
WB_UNARY(step)
WB_UNARY(log_gamma)
WB_UNARY(digamma)
WB_UNARY(trigamma)

// The last three for one number; NaN below zero.
double wb_log_gamma(double x);
double wb_digamma(double x);
double wb_trigamma(double x);

// Functions of one number that are the same on every CPU.
double wb_erf(double x);
double wb_erfc(double x);
// The standard normal probability below x, its log and its inverse: exact far into the lower tail.
double wb_normal_cdf(double x);
double wb_log_normal_cdf(double x);
double wb_normal_quantile(double p);
// The regularized incomplete gamma functions of shape a; NaN unless a > 0 and x >= 0. The slope is that of P in a.
double wb_gamma_p(double a, double x);
double wb_gamma_q(double a, double x);
double wb_gamma_density(double a, double x);
double wb_gamma_shape_slope(double a, double x);
// The log y of the gamma variate of shape a that is as far in its distribution as a standard normal one, and its slope in a.
double wb_log_gamma_variate(double a, double normal);
double wb_log_gamma_variate_shape_slope(double a, double y);
// The regularized incomplete beta function I_x(a, b), with its slopes in a and b and its density; NaN unless a, b > 0 and x is in
// [0, 1].
double wb_beta_i(double a, double b, double x);
double wb_beta_first_slope(double a, double b, double x);
double wb_beta_second_slope(double a, double b, double x);
double wb_beta_density(double a, double b, double x);

// out[r, d] = f(a[r, d], b[r, d]), out contiguous. Strides in elements: 0 or 1 along draws; 0, 1 or draws along rows.
// out may be an operand of its own layout. maximum and minimum are NaN where either operand is.
#define WB_BINARY(name)                                                                                      \
  void wb_##name##_f64(double *out, long rows, long draws, const double *a, long a_row_stride,               \
                       long a_draw_stride, const double *b, long b_row_stride, long b_draw_stride);          \
  void wb_##name##_f32(float *out, long rows, long draws, const float *a, long a_row_stride,                 \
                       long a_draw_stride, const float *b, long b_row_stride, long b_draw_stride);

WB_BINARY(add)
WB_BINARY(subtract)
WB_BINARY(multiply)
WB_BINARY(divide)
WB_BINARY(maximum)
WB_BINARY(minimum)
// E[softplus(x)], E[sigmoid(x)] and E[sigmoid'(x)] for x ~ N(a, b); NaN where the variance b is negative or not finite.
WB_BINARY(mean_softplus)
WB_BINARY(mean_sigmoid)
WB_BINARY(mean_sigmoid_slope)

// The rest exists for both formats with the same arguments.
#define WB_ARRAYS(real, suffix)                                                                               \
  /* out[r, d] = in broadcast to [rows, draws]. */                                                            \
  void wb_expand_##suffix(real *out, long rows, long draws, const real *in, long row_stride,                  \
                          long draw_stride);                                                                  \
  /* Sums in sixteen lanes, element i in lane i mod 16, combined as a balanced tree: out[draws], out[rows]. */ \
  void wb_sum_rows_##suffix(real *out, const real *in, long rows, long draws);                                \
  void wb_sum_draws_##suffix(real *out, const real *in, long rows, long draws);                               \
  real wb_sum_##suffix(const real *in, long n);                                                               \
  real wb_dot_##suffix(const real *a, const real *b, long n);                                                 \
  /* out[d] = the largest of a column, NaN if one is; -inf for no rows. */                                    \
  void wb_max_rows_##suffix(real *out, const real *in, long rows, long draws);                                \
  /* out[d] = log of the sum of exp over a column, lanes as in sums; -inf for no rows. */                     \
  void wb_log_sum_exp_rows_##suffix(real *out, const real *in, long rows, long draws);                        \
  /* out[i, d] = the same of in[i, j, d] over j, for in[rows, columns, draws]. */                             \
  void wb_log_sum_exp_columns_##suffix(real *out, const real *in, long rows, long columns, long draws);       \
  /* The functions of one, two and three arrays from WB_ATAN, WB_POWER and WB_BETA_I on; the three end to end. */ \
  void wb_special_##suffix(int kernel, real *out, const real *in, long n);                                    \
  void wb_special_of_two_##suffix(int kernel, real *out, long rows, long draws, const real *a, long a_row,    \
                                  long a_draw, const real *b, long b_row, long b_draw);                       \
  void wb_special_of_three_##suffix(int kernel, real *out, const real *in, long n);                           \
  /* 1 or 0. */                                                                                               \
  int wb_all_finite_##suffix(const real *in, long n);                                                         \
  /* out[i, :] = in[index[i], :]; and out[index[i], :] += in[i, :] in order of i. */                          \
  void wb_gather_rows_##suffix(real *out, const real *in, const int32_t *index, long rows_out, long draws);   \
  void wb_scatter_add_rows_##suffix(real *out, const real *in, const int32_t *index, long rows_in,            \
                                    long draws);                                                              \
  /* x[i, l] += rate[l] * first[i, l] / (1 - power1[l]) / (sqrt(second[i, l] / (1 - power2[l])) + epsilon) for      \
     [rows, lanes], where the moments first decay by beta1 and beta2 towards the gradient and its square and the \
     powers are those of the betas. No array overlaps another; lanes <= 64. */                                 \
  void wb_adam_##suffix(real *x, real *first, real *second, const real *gradient, long rows, long lanes,      \
                        const real *rates, const double *powers1, const double *powers2, real beta1,          \
                        real beta2, real epsilon);                                                            \
  /* Small products, row-major, out[m, n] overwritten; every element sums over k in order.                    \
     nn: a[m, k] b[k, n].  tn: transpose of a[k, m] times b[k, n].  nt: a[m, k] times transpose of b[n, k]. */ \
  void wb_matmul_nn_##suffix(real *out, const real *a, const real *b, long m, long k, long n);                \
  void wb_matmul_tn_##suffix(real *out, const real *a, const real *b, long m, long k, long n);                \
  void wb_matmul_nt_##suffix(real *out, const real *a, const real *b, long m, long k, long n);                \
  /* Products with picked rows [count, width], width <= WB_PICKED_WIDTH: out[count] = rows x, every element as\
     wb_dot; out[width] = the transpose of the rows times x, every element a sum over the rows in order. */   \
  void wb_picked_times_##suffix(real *out, const wb_picked_rows *picked, const real *x, long count, long width);\
  void wb_picked_transposed_times_##suffix(real *out, const wb_picked_rows *picked, const real *x, long count,\
                                           long width);                                                       \
  /* Of symmetric positive-definite matrices a[size, size, lanes], each lane for itself: inverses out[size, size,  \
     lanes], and log-determinants out[lanes]; NaN where a pivot is not positive. `factor` is room for as much as a. */ \
  void wb_inverse_##suffix(real *out, const real *a, real *factor, long size, long lanes);                    \
  void wb_log_determinant_##suffix(real *out, const real *a, real *factor, long size, long lanes);            \
  /* Unit lower triangles I + T with T packed row by row, size (size - 1) / 2, for [.., lanes]; an operand that is  \
     the same for all lanes has 1 of its own. (I + T) x and its transpose times x[size, n]; the strict lower part of \
     a[size, n] times the transpose of b[size, n], packed; and that of (I + A) (I + B) for packed a and b. No array \
     overlaps out; every sum goes in the order of the dense product. */                                       \
  void wb_unit_lower_times_##suffix(real *out, const real *t, const real *x, long size, long n, long lanes,   \
                                    long t_lanes, long x_lanes);                                              \
  void wb_unit_upper_times_##suffix(real *out, const real *t, const real *x, long size, long n, long lanes,   \
                                    long t_lanes, long x_lanes);                                              \
  void wb_strict_outer_##suffix(real *out, const real *a, const real *b, long size, long n, long lanes,       \
                                long a_lanes, long b_lanes);                                                  \
  void wb_compose_unit_lower_##suffix(real *out, const real *a, const real *b, long size, long lanes,         \
                                      long a_lanes, long b_lanes);                                            \
  /* A call on matrices of each draw, from WB_DRAW_PRODUCT on. */                                            \
  void wb_draw_matrices_##suffix(const wb_call *call, real *arena);                                           \
  /* out[c * out_stride + r] = in[r * in_stride + c] for in[rows, columns]. */                                \
  void wb_transpose_##suffix(real *out, long out_stride, const real *in, long in_stride, long rows,           \
                             long columns);                                                                   \
  /* The nonzeros of in[rows, columns], NaN among them, by row: count[r] of them from r * columns on, by       \
     column. 1 where all are 1. Then the same by column from that: count[c] from c * rows on, by row, and     \
     without value the places alone. */                                                                       \
  int wb_nonzeros_by_row_##suffix(int32_t *count, int32_t *place, real *value, const real *in, long rows,     \
                                  long columns);                                                              \
  void wb_nonzeros_by_column_##suffix(int32_t *count, int32_t *place, real *value, const int32_t *row_count,  \
                                      const int32_t *row_place, const real *row_value, long rows,             \
                                      long columns);                                                          \
  /* out[m, n] = a[m, k] times a matrix [k, n] whose nonzeros are given by column; no value: all are 1. The   \
     scratch holds 16 k. An element's bits depend on its row of a and its column's nonzeros alone. */         \
  void wb_sparse_product_##suffix(real *out, const real *a, const int32_t *count, const int32_t *place,       \
                                  const real *value, long m, long k, long n, real *scratch);                  \
  /* softplus(in) and its slope sigmoid(in), which share an exponential: the bits of each alone. Either may   \
     be in. */                                                                                                \
  void wb_softplus_sigmoid_##suffix(real *softplus, real *sigmoid, const real *in, long n);                   \
  /* Standard normals out[dimension, draws]: element (d, s) is a function of seed, purpose, step,             \
     first_draw + s and d alone. The floats are made in single precision, of the high words of what the       \
     doubles are made of, and so are near them. first_draw + draws <= 2^32. */                                \
  void wb_normals_##suffix(real *out, long dimension, long draws, long first_draw, uint64_t seed,             \
                           uint32_t purpose, uint64_t step);                                                  \
  /* The same for several lanes, out[dimension, draws, lanes]: lane l as its own seed and step have it.        \
     lanes is a multiple of 8. */                                                                                              \
  void wb_lane_normals_##suffix(real *out, long dimension, long draws, long lanes, const uint64_t *seeds,     \
                                uint32_t purpose, const uint64_t *steps);                                     \
  /* Uniforms in [0, 1): element i is a function of seed, purpose, step and i alone. */                       \
  void wb_uniforms_##suffix(real *out, long n, uint64_t seed, uint32_t purpose, uint64_t step);

WB_ARRAYS(double, f64)
WB_ARRAYS(float, f32)

// The E-step of a mixture of Gaussians for a block of n data, y[d, n], n a multiple of WB_MIXTURE_LANES.
#define WB_MIXTURE_LANES 8

// y[p, c] = x[p * stride + c] - center[p]; 0 from column count on.
void wb_mixture_center(double *y, const double *x, long stride, const double *center, long d, long n, long count);
// out[c] = the squared norm of the lower triangular factor[d, d] times y[:, c] - mean. room: [d, 4 WB_MIXTURE_LANES].
// Meanwhile the d rows of n elements from next on, stride apart, come into the cache, unless it is NULL.
void wb_mixture_distances(double *out, const double *y, const double *mean, const double *factor, long d, long n,
                          double *room, const double *next, long stride);
// shares[components, n] = exp(constant - inverse_temperature / 2 * distance) over its sum over the components, whose log is
// log_normalizers[n] and is added to lane c mod 8 of sums. Columns from count on become zero and add nothing. room: [n].
void wb_mixture_shares(double *shares, double *log_normalizers, double *sums, const double *distances,
                       const double *constants, double inverse_temperature, long components, long n, long count,
                       double *room);
// Adds to the lanes of sums[3, WB_MIXTURE_LANES] what is expected under shares[components, n]: of the log density
// log_scale - distance / 2, of log_weight, and of log_weight + inverse_temperature * log density - log_normalizer.
void wb_mixture_expectations(double *sums, const double *shares, const double *distances, const double *log_normalizers,
                             const double *log_weights, const double *log_scales, double inverse_temperature,
                             long components, long n);
// Adds to the lanes of sums[1 + d + d d, WB_MIXTURE_LANES] the shares[n], shares y and shares y y', of which the lower
// triangle alone means something. room: [4, n].
void wb_mixture_add_moments(double *sums, const double *shares, const double *y, long d, long n, double *room);

// Asks for rows table[index[i] * pitch, ... + width), in bytes, to be brought into the second-level cache meanwhile.
void wb_ask_for_rows(const void *table, long pitch, long width, const int32_t *index, long n);

// Tells the system that rows are picked from this memory, which begins with a page.
void wb_prefer_large_pages(void *memory, long bytes);

// Uniform integers in [0, bound), bound > 0; a value's probability is off by less than 2^-64.
void wb_indices(int32_t *out, long n, uint32_t bound, uint64_t seed, uint32_t purpose, uint64_t step);

// Tells the CPU that this thread waits for another one.
static inline void wb_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// One block of Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011).
void wb_philox(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2]);

// Lets the C library keep blocks that are freed for what is allocated next: given back to the system at once, as is done with
// blocks from some hundred kilobytes on, they are cleared page by page for every batch of steps.
void wb_keep_freed_memory(void);

#endif
