// The E-step of a mixture of Gaussians, for a block of rows at a time that stays in the first-level cache.
//
// Columns of a block are data; eight neighbours are one vector, on every CPU: each element goes through the same
// operations, and a sum over data is kept in eight lanes, datum c in lane c mod 8, in order.
#include "CKernels.h"
#include "clones.h"

#include "real_f64.h"
#include "elementary_template.h"

enum { width = WB_MIXTURE_LANES };
typedef double lanes __attribute__((ext_vector_type(WB_MIXTURE_LANES), aligned(sizeof(double)), may_alias));
#define VECTOR(pointer) (*(lanes *)(pointer))
#define CONSTANT(pointer) (*(const lanes *)(pointer))
#define UNROLLED _Pragma("clang loop unroll(full)")

WB_CLONES void wb_mixture_center(double *y, const double *x, long stride, const double *center, long d, long n,
                                 long count) {
  for (long p = 0; p < d; p++, x += stride, y += n) {
    double origin = center[p];
    WB_ELEMENTWISE for (long c = 0; c < count; c++) y[c] = x[c] - origin;
    for (long c = count; c < n; c++) y[c] = 0;
  }
}

// out[c] += the squares of elements [row, row + height) of the factor times the offsets, for `vectors` vectors of columns.
WB_INLINE void add_squares(double *out, const double *offsets, long n, const double *factor, long d, long row, int height,
                           int vectors) {
  lanes product[4][4] = {{0}};
  factor += row * d;
  for (long p = 0; p < row + height; p++) {
    const double *offset = offsets + p * n;
    UNROLLED for (int i = 0; i < height; i++) {
      UNROLLED for (int c = 0; c < vectors; c++) product[i][c] += factor[i * d + p] * CONSTANT(offset + c * width);
    }
  }
  UNROLLED for (int c = 0; c < vectors; c++) {
    lanes sum = VECTOR(out + c * width);
    UNROLLED for (int i = 0; i < height; i++) sum += product[i][c] * product[i][c];
    VECTOR(out + c * width) = sum;
  }
}

// The same for all columns.
WB_INLINE void add_row_squares(double *out, const double *offsets, long n, const double *factor, long d, long row,
                               int height) {
  long c = 0;
  for (; c + 4 * width <= n; c += 4 * width) add_squares(out + c, offsets + c, n, factor, d, row, height, 4);
  for (; c < n; c += width) add_squares(out + c, offsets + c, n, factor, d, row, height, 1);
}

WB_CLONES void wb_mixture_distances(double *out, const double *y, const double *mean, const double *factor, long d, long n,
                                    double *room) {
  double *offsets = room;
  for (long p = 0; p < d; p++) {
    for (long c = 0; c < n; c += width) VECTOR(offsets + p * n + c) = CONSTANT(y + p * n + c) - mean[p];
  }
  memset(out, 0, (size_t)n * sizeof(double));
  long row = 0;
  for (; row + 4 <= d; row += 4) add_row_squares(out, offsets, n, factor, d, row, 4);
  for (; row < d; row++) add_row_squares(out, offsets, n, factor, d, row, 1);
}

WB_CLONES void wb_mixture_shares(double *shares, double *normalizers, const double *constants, double inverse_temperature,
                                 long components, long n, long count, double *room) {
  double *largest = room, *sum = room + n, scale = 0.5 * inverse_temperature;
  for (long c = 0; c < n; c++) largest[c] = -__builtin_inf();
  for (long k = 0; k < components; k++) {
    double *share = shares + k * n;
    WB_ELEMENTWISE for (long c = 0; c < n; c++) {
      double value = constants[k] - scale * share[c];
      share[c] = value;
      largest[c] = ((largest[c] > value) | (largest[c] != largest[c])) ? largest[c] : value;
    }
  }
  WB_ELEMENTWISE for (long c = 0; c < n; c++) {
    largest[c] = shift_f64(largest[c]);
    sum[c] = 0;
  }
  for (long k = 0; k < components; k++) {
    double *share = shares + k * n;
    WB_ELEMENTWISE for (long c = 0; c < n; c++) {
      share[c] = exp_f64(share[c] - largest[c]);
      sum[c] += share[c];
    }
  }
  WB_ELEMENTWISE for (long c = 0; c < n; c++) {
    largest[c] += log_f64(sum[c]);
    sum[c] = 1 / sum[c];
  }
  for (long c = count; c < n; c++) largest[c] = sum[c] = 0;
  lanes normalizer = VECTOR(normalizers);
  for (long c = 0; c < n; c += width) normalizer += CONSTANT(largest + c);
  VECTOR(normalizers) = normalizer;
  for (long k = 0; k < components; k++) {
    double *share = shares + k * n;
    WB_ELEMENTWISE for (long c = 0; c < n; c++) share[c] *= sum[c];
  }
}

// sums[i, j] += the products of `height` rows of u and `breadth` rows of y; rows of both are n apart, those of sums d vectors.
WB_INLINE void add_products(double *sums, const double *u, const double *y, long d, long n, int height, int breadth) {
  lanes sum[2][4];
  UNROLLED for (int i = 0; i < height; i++) {
    UNROLLED for (int j = 0; j < breadth; j++) sum[i][j] = VECTOR(sums + (i * d + j) * width);
  }
  for (long c = 0; c < n; c += width) {
    UNROLLED for (int i = 0; i < height; i++) {
      UNROLLED for (int j = 0; j < breadth; j++) sum[i][j] += CONSTANT(u + i * n + c) * CONSTANT(y + j * n + c);
    }
  }
  UNROLLED for (int i = 0; i < height; i++) {
    UNROLLED for (int j = 0; j < breadth; j++) VECTOR(sums + (i * d + j) * width) = sum[i][j];
  }
}

// The rows [row, row + height) of the lower triangle.
WB_INLINE void add_row_products(double *sums, double *squares, const double *shares, const double *y, long d, long n,
                                double *u, long row, int height) {
  UNROLLED for (int i = 0; i < height; i++) {
    lanes sum = VECTOR(sums + (row + i) * width);
    for (long c = 0; c < n; c += width) {
      lanes weighted = CONSTANT(shares + c) * CONSTANT(y + (row + i) * n + c);
      VECTOR(u + i * n + c) = weighted;
      sum += weighted;
    }
    VECTOR(sums + (row + i) * width) = sum;
  }
  squares += row * d * width;
  long column = 0;
  for (; column + 4 <= row + height; column += 4) {
    add_products(squares + column * width, u, y + column * n, d, n, height, 4);
  }
  for (; column + 2 <= row + height; column += 2) {
    add_products(squares + column * width, u, y + column * n, d, n, height, 2);
  }
  if (column < row + height) add_products(squares + column * width, u, y + column * n, d, n, height, 1);
}

WB_CLONES void wb_mixture_add_moments(double *sums, const double *shares, const double *y, long d, long n, double *room) {
  lanes sum = VECTOR(sums);
  for (long c = 0; c < n; c += width) sum += CONSTANT(shares + c);
  VECTOR(sums) = sum;
  double *linear = sums + width, *squares = linear + d * width;
  long row = 0;
  for (; row + 2 <= d; row += 2) add_row_products(linear, squares, shares, y, d, n, room, row, 2);
  if (row < d) add_row_products(linear, squares, shares, y, d, n, room, row, 1);
}

#include "real_end.h"
