// Cholesky's factor and what follows from it, `width` matrices at a time, whose elements are `stride` apart. Template over REAL.

#define EACH for (long l = 0; l < width; l++)

// The lower factor. A pivot that is not positive becomes NaN, and with it all that follows: a matrix that is not positive
// definite is an outcome, not a crash.
WB_INLINE void F(factorize)(REAL *factor, const REAL *a, long size, long stride, const long width) {
  for (long row = 0; row < size; row++) {
    for (long column = 0; column <= row; column++) {
      REAL sum[BLOCK];
      const REAL *left = factor + row * size * stride, *right = factor + column * size * stride;
      EACH sum[l] = a[(row * size + column) * stride + l];
      for (long k = 0; k < column; k++) EACH sum[l] -= left[k * stride + l] * right[k * stride + l];
      REAL *out = factor + (row * size + column) * stride;
      if (row == column) {
        EACH out[l] = sum[l] > 0 ? REAL_SQRT(sum[l]) : (REAL)__builtin_nan("");
      } else {
        EACH out[l] = sum[l] / right[column * stride + l];
      }
    }
  }
}

// Twice the sum of the logs of the factor's diagonal.
WB_INLINE void F(log_determinant)(REAL *out, const REAL *a, REAL *factor, long size, long stride, const long width) {
  F(factorize)(factor, a, size, stride, width);
  REAL sum[BLOCK] = {0};
  for (long row = 0; row < size; row++) EACH sum[l] += F(log)(factor[(row * size + row) * stride + l]);
  EACH out[l] = 2 * sum[l];
}

// Forward and back substitution on the columns of the identity.
WB_INLINE void F(invert)(REAL *out, const REAL *a, REAL *factor, long size, long stride, const long width) {
  F(factorize)(factor, a, size, stride, width);
  for (long column = 0; column < size; column++) {
    REAL sum[BLOCK];
    for (long row = 0; row < size; row++) {
      EACH sum[l] = row == column ? 1 : 0;
      for (long k = 0; k < row; k++) {
        EACH sum[l] -= factor[(row * size + k) * stride + l] * out[(k * size + column) * stride + l];
      }
      EACH out[(row * size + column) * stride + l] = sum[l] / factor[(row * size + row) * stride + l];
    }
    for (long row = size - 1; row >= 0; row--) {
      EACH sum[l] = out[(row * size + column) * stride + l];
      for (long k = row + 1; k < size; k++) {
        EACH sum[l] -= factor[(k * size + row) * stride + l] * out[(k * size + column) * stride + l];
      }
      EACH out[(row * size + column) * stride + l] = sum[l] / factor[(row * size + row) * stride + l];
    }
  }
}

#define OVER_LANES(name, function)                                                                  \
  WB_CLONES void F(name)(REAL *out, const REAL *a, REAL *factor, long size, long lanes) {           \
    if (lanes == 1) {                                                                               \
      F(function)(out, a, factor, size, 1, 1);                                                      \
    } else {                                                                                        \
      for (long l = 0; l < lanes; l += 8) F(function)(out + l, a + l, factor + l, size, lanes, 8); \
    }                                                                                               \
  }

OVER_LANES(wb_log_determinant, log_determinant)
OVER_LANES(wb_inverse, invert)

#undef EACH
#undef OVER_LANES
