// The logistic-normal integrals of one element, all terms of the series at once. Template over REAL.

#include "erfcx_template.h"

// k, and the weights of y^k in softplus, in -sigmoid for positive and sigmoid for negative x, in the slope of sigmoid.
#define TERM(weight, k) k,
static const REAL F(powers)[TERMS] = {0, SERIES};
#undef TERM
#define TERM(weight, k) (weight) / k,
static const REAL F(softplus_weights)[TERMS] = {0, SERIES};
#undef TERM
#define TERM(weight, k) weight,
static const REAL F(sigmoid_weights)[TERMS] = {0, SERIES};
#undef TERM
#define TERM(weight, k) (weight) * k,
static const REAL F(slope_weights)[TERMS] = {0, SERIES};
#undef TERM

// Elements that are averaged together: two blocks, since each is a long chain of instructions.
#define CHUNK (2 * BLOCK)
#define INVERSE_SQRT_2 (REAL)0.70710678118654752
#define INVERSE_SQRT_2_PI (REAL)0.39894228040143268
// Below it a spread is nothing beside what softplus changes over.
#define SMALLEST_SD (REAL)1e-15
// exp(-a^2) and erfcx are 0 to rounding long before; its square is finite.
#define LARGEST_ARGUMENT (REAL)1e15

// exp(-a^2) erfcx(|t|) / 2, with `half` = exp(-a^2) / 2.
WB_INLINE REAL F(moment_tail)(REAL t, REAL half) {
  REAL distance = REAL_ABS(t) > LARGEST_ARGUMENT ? LARGEST_ARGUMENT : REAL_ABS(t);
  return half * F(erfcx)(distance);
}

// E[exp(-k x); x > 0].
WB_INLINE REAL F(positive_moment)(REAL k, REAL mean, REAL variance, REAL a, REAL b, REAL half) {
  REAL t = k * b - a;
  REAL tail = F(moment_tail)(t, half);
  // Where t < 0 so is the exponent: erfc(t) = 2 - erfc(-t).
  REAL exponent = -k * (mean - (REAL)0.5 * k * variance);
  REAL whole = F(exp_of_negative)(exponent > 0 ? 0 : exponent);
  return t < 0 ? whole - tail : tail;
}

WB_INLINE REAL F(sum_of_terms)(REAL *terms) {
  for (int start = 16; start < 2 * TERMS; start += 16) {
    for (int i = 0; i < 16; i++) terms[i] += terms[start + i];
  }
  for (int width = 8; width > 0; width /= 2) {
    for (int i = 0; i < width; i++) terms[i] += terms[width + i];
  }
  return terms[0];
}

// The derivative of softplus of the given order, averaged.
WB_INLINE REAL F(logistic_normal)(REAL mean, REAL variance, int order) {
  REAL at_infinity = order == 0 ? (mean < 0 ? 0 : mean) : order == 1 ? (mean < 0 ? 0 : 1) : 0;
  REAL sd = REAL_SQRT(variance);
  sd = sd < SMALLEST_SD ? SMALLEST_SD : sd;
  REAL a = INVERSE_SQRT_2 * mean / sd, b = INVERSE_SQRT_2 * sd;
  a = a > LARGEST_ARGUMENT ? LARGEST_ARGUMENT : a < -LARGEST_ARGUMENT ? -LARGEST_ARGUMENT : a;
  REAL half = (REAL)0.5 * F(exp_of_negative)(-a * a);

  // Those of positive x, then those of negative x. On the side that the mean is not on, t is positive: a tail is all.
  REAL terms[2 * TERMS];
  REAL *near_side = a > 0 ? terms : terms + TERMS, *far_side = a > 0 ? terms + TERMS : terms;
  REAL near_mean = a > 0 ? mean : -mean, near_a = REAL_ABS(a);
  const REAL *k = F(powers);
  WB_ELEMENTWISE for (int i = 0; i < TERMS; i++) {
    near_side[i] = F(positive_moment)(k[i], near_mean, variance, near_a, b, half);
  }
  WB_ELEMENTWISE for (int i = 0; i < TERMS; i++) far_side[i] = F(moment_tail)(k[i] * b + near_a, half);
  REAL share = terms[0];
  const REAL *weights = order == 0 ? F(softplus_weights) : order == 1 ? F(sigmoid_weights) : F(slope_weights);
  WB_ELEMENTWISE for (int i = 0; i < TERMS; i++) {
    terms[i] *= order == 1 ? -weights[i] : weights[i];
    terms[TERMS + i] *= weights[i];
  }
  REAL sum = F(sum_of_terms)(terms);
  REAL value = order == 0   ? mean * share + 2 * INVERSE_SQRT_2_PI * sd * half + sum
               : order == 1 ? share + sum
                            : sum;
  return REAL_ABS(mean) < (REAL)__builtin_inf() ? value : mean != mean ? mean : at_infinity;
}

// The same of CHUNK elements, to the bit: vectors run along the elements, and every sum is as above.
WB_INLINE void F(logistic_normals)(REAL *out, const REAL *mean, const REAL *variance, long count, int order) {
  REAL sd[CHUNK], a[CHUNK], b[CHUNK], half[CHUNK], share[CHUNK], terms[2 * TERMS][CHUNK];
  WB_IN_TWOS(count, BLOCK, {
    REAL own = REAL_SQRT(variance[i]);
    sd[i] = own < SMALLEST_SD ? SMALLEST_SD : own;
    b[i] = INVERSE_SQRT_2 * sd[i];
    REAL ratio = INVERSE_SQRT_2 * mean[i] / sd[i];
    a[i] = ratio > LARGEST_ARGUMENT ? LARGEST_ARGUMENT : ratio < -LARGEST_ARGUMENT ? -LARGEST_ARGUMENT : ratio;
    half[i] = (REAL)0.5 * F(exp_of_negative)(-a[i] * a[i]);
  })
  const REAL *k = F(powers);
  const REAL *weights = order == 0 ? F(softplus_weights) : order == 1 ? F(sigmoid_weights) : F(slope_weights);
  for (int t = 0; t < TERMS; t++) {
    REAL power = k[t], weight = weights[t], above = order == 1 ? -weight : weight;
    WB_IN_TWOS(count, BLOCK, {
      REAL near_mean = a[i] > 0 ? mean[i] : -mean[i], near_a = REAL_ABS(a[i]);
      REAL near_side = F(positive_moment)(power, near_mean, variance[i], near_a, b[i], half[i]);
      REAL far_side = F(moment_tail)(power * b[i] + near_a, half[i]);
      REAL positive = a[i] > 0 ? near_side : far_side, negative = a[i] > 0 ? far_side : near_side;
      if (t == 0) share[i] = positive;
      terms[t][i] = positive * above;
      terms[TERMS + t][i] = negative * weight;
    })
  }
  for (int start = 16; start < 2 * TERMS; start += 16) {
    for (int t = 0; t < 16; t++) WB_IN_TWOS(count, BLOCK, terms[t][i] += terms[start + t][i];)
  }
  for (int width = 8; width > 0; width /= 2) {
    for (int t = 0; t < width; t++) WB_IN_TWOS(count, BLOCK, terms[t][i] += terms[width + t][i];)
  }
  WB_IN_TWOS(count, BLOCK, {
    REAL at_infinity = order == 0 ? (mean[i] < 0 ? 0 : mean[i]) : order == 1 ? (mean[i] < 0 ? 0 : 1) : 0;
    REAL sum = terms[0][i];
    REAL value = order == 0   ? mean[i] * share[i] + 2 * INVERSE_SQRT_2_PI * sd[i] * half[i] + sum
                 : order == 1 ? share[i] + sum
                              : sum;
    out[i] = REAL_ABS(mean[i]) < (REAL)__builtin_inf() ? value : mean[i] != mean[i] ? mean[i] : at_infinity;
  })
}

// A row of elements: few of them one by one, for a block costs what half of it does that way.
WB_INLINE void F(logistic_normal_row)(REAL *out, long n, const REAL *mean, long mean_stride,
                                      const REAL *variance, long variance_stride, int order) {
  long done = 0;
  while (n - done >= BLOCK / 2) {
    REAL means[CHUNK] = {0}, variances[CHUNK] = {0}, values[CHUNK];
    long count = n - done < CHUNK ? n - done : CHUNK;
    for (long c = 0; c < count; c++) {
      means[c] = mean[(done + c) * mean_stride];
      variances[c] = variance[(done + c) * variance_stride];
    }
    F(logistic_normals)(values, means, variances, count > BLOCK ? CHUNK : BLOCK, order);
    for (long c = 0; c < count; c++) out[done + c] = values[c];
    done += count;
  }
  for (; done < n; done++) {
    out[done] = F(logistic_normal)(mean[done * mean_stride], variance[done * variance_stride], order);
  }
}

#define LOGISTIC_NORMAL(name, order)                                                                         \
  WB_CLONES void F(wb_##name)(REAL *out, long rows, long draws, const REAL *mean, long mean_row,              \
                              long mean_draw, const REAL *variance, long variance_row, long variance_draw) { \
    if (draws == 1) return F(logistic_normal_row)(out, rows, mean, mean_row, variance, variance_row, order);  \
    for (long r = 0; r < rows; r++, out += draws, mean += mean_row, variance += variance_row) {              \
      F(logistic_normal_row)(out, draws, mean, mean_draw, variance, variance_draw, order);                   \
    }                                                                                                        \
  }

LOGISTIC_NORMAL(mean_softplus, 0)
LOGISTIC_NORMAL(mean_sigmoid, 1)
LOGISTIC_NORMAL(mean_sigmoid_slope, 2)

#undef LOGISTIC_NORMAL
#undef CHUNK
#undef INVERSE_SQRT_2
#undef INVERSE_SQRT_2_PI
#undef SMALLEST_SD
#undef LARGEST_ARGUMENT
#undef TERMS
#undef ERFCX_CENTER
#undef SERIES
