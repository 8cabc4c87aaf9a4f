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

// Adds to sum the squares of the rows [row, row + height) of the factor times the offsets of `vectors` vectors of columns. The
// offsets of these rows are new; those before are kept.
WB_INLINE void add_squares(lanes *sum, double *offsets, const double *y, long n, const double *mean, const double *factor,
                           long d, long row, int height, int vectors, const double *next, long stride) {
  lanes product[4][4] = {{0}};
  factor += row * d;
  for (long p = 0; p < row; p++) {
    const double *offset = offsets + p * 4 * width;
    UNROLLED for (int i = 0; i < height; i++) {
      UNROLLED for (int c = 0; c < vectors; c++) product[i][c] += factor[i * d + p] * CONSTANT(offset + c * width);
    }
  }
  UNROLLED for (int j = 0; j < height; j++) {
    long p = row + j;
    if (next) {
      UNROLLED for (int c = 0; c < vectors; c++) __builtin_prefetch(next + p * stride + c * width);
    }
    lanes element[4];
    UNROLLED for (int i = j; i < height; i++) element[i] = (lanes)(factor[i * d + p]);
    UNROLLED for (int c = 0; c < vectors; c++) {
      lanes offset = CONSTANT(y + p * n + c * width) - mean[p];
      VECTOR(offsets + (p * 4 + c) * width) = offset;
      UNROLLED for (int i = j; i < height; i++) product[i][c] += element[i] * offset;
    }
  }
  UNROLLED for (int c = 0; c < vectors; c++) {
    UNROLLED for (int i = 0; i < height; i++) sum[c] += product[i][c] * product[i][c];
  }
}

// out = the squared norms of `vectors` vectors of columns.
WB_INLINE void distances(double *out, const double *y, const double *mean, const double *factor, long d, long n,
                         double *room, int vectors, const double *next, long stride) {
  lanes sum[4] = {0};
  long row = 0;
  for (; row + 4 <= d; row += 4) add_squares(sum, room, y, n, mean, factor, d, row, 4, vectors, next, stride);
  for (; row < d; row++) add_squares(sum, room, y, n, mean, factor, d, row, 1, vectors, next, stride);
  UNROLLED for (int c = 0; c < vectors; c++) VECTOR(out + c * width) = sum[c];
}

WB_CLONES void wb_mixture_distances(double *out, const double *y, const double *mean, const double *factor, long d, long n,
                                    double *room, const double *next, long stride) {
  long c = 0;
  for (; c + 4 * width <= n; c += 4 * width) {
    distances(out + c, y + c, mean, factor, d, n, room, 4, next ? next + c : 0, stride);
  }
  for (; c < n; c += width) distances(out + c, y + c, mean, factor, d, n, room, 1, next ? next + c : 0, stride);
}

WB_CLONES void wb_mixture_shares(double *shares, double *log_normalizers, double *sums, const double *distances,
                                 const double *constants, double inverse_temperature, long components, long n, long count,
                                 double *room) {
  double *largest = log_normalizers, *sum = room, scale = 0.5 * inverse_temperature;
  for (long c = 0; c < n; c++) largest[c] = -__builtin_inf();
  for (long k = 0; k < components; k++) {
    const double *distance = distances + k * n;
    double *share = shares + k * n;
    WB_ELEMENTWISE for (long c = 0; c < n; c++) {
      double value = constants[k] - scale * distance[c];
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
    log_normalizers[c] = largest[c] + log_f64(sum[c]);
    sum[c] = 1 / sum[c];
  }
  for (long c = count; c < n; c++) log_normalizers[c] = sum[c] = 0;
  lanes normalizer = VECTOR(sums);
  for (long c = 0; c < n; c += width) normalizer += CONSTANT(log_normalizers + c);
  VECTOR(sums) = normalizer;
  for (long k = 0; k < components; k++) {
    double *share = shares + k * n;
    WB_ELEMENTWISE for (long c = 0; c < n; c++) share[c] *= sum[c];
  }
}

WB_CLONES void wb_mixture_expectations(double *sums, const double *shares, const double *distances,
                                       const double *log_normalizers, const double *log_weights, const double *log_scales,
                                       double inverse_temperature, long components, long n) {
  lanes likelihood = VECTOR(sums), prior = VECTOR(sums + width), posterior = VECTOR(sums + 2 * width);
  for (long k = 0; k < components; k++, shares += n, distances += n) {
    double log_weight = log_weights[k], log_scale = log_scales[k];
    for (long c = 0; c < n; c += width) {
      lanes share = CONSTANT(shares + c);
      lanes log_density = log_scale - 0.5 * CONSTANT(distances + c);
      likelihood += share * log_density;
      prior += share * log_weight;
      posterior += share * ((log_weight + inverse_temperature * log_density) - CONSTANT(log_normalizers + c));
    }
  }
  VECTOR(sums) = likelihood;
  VECTOR(sums + width) = prior;
  VECTOR(sums + 2 * width) = posterior;
}

// sums[i, j] += the products of `height` rows of u and four rows of y; rows of both are n apart, those of sums d vectors.
WB_INLINE void add_products(double *sums, const double *u, const double *y, long d, long n, int height) {
  lanes sum[4][4];
  UNROLLED for (int i = 0; i < height; i++) {
    UNROLLED for (int j = 0; j < 4; j++) sum[i][j] = VECTOR(sums + (i * d + j) * width);
  }
  for (long c = 0; c < n; c += width) {
    UNROLLED for (int i = 0; i < height; i++) {
      UNROLLED for (int j = 0; j < 4; j++) sum[i][j] += CONSTANT(u + i * n + c) * CONSTANT(y + j * n + c);
    }
  }
  UNROLLED for (int i = 0; i < height; i++) {
    UNROLLED for (int j = 0; j < 4; j++) VECTOR(sums + (i * d + j) * width) = sum[i][j];
  }
}

// u = shares y for `height` rows, their sums, and the lower triangle of their products with y.
WB_INLINE void add_triangle(double *linear, double *squares, const double *shares, const double *y, long d, long n, double *u,
                            int height) {
  lanes sum[4], product[4][4];
  UNROLLED for (int i = 0; i < height; i++) {
    sum[i] = VECTOR(linear + i * width);
    UNROLLED for (int j = 0; j <= i; j++) product[i][j] = VECTOR(squares + (i * d + j) * width);
  }
  for (long c = 0; c < n; c += width) {
    lanes share = CONSTANT(shares + c);
    UNROLLED for (int i = 0; i < height; i++) {
      lanes weighted = share * CONSTANT(y + i * n + c);
      VECTOR(u + i * n + c) = weighted;
      sum[i] += weighted;
      UNROLLED for (int j = 0; j <= i; j++) product[i][j] += weighted * CONSTANT(y + j * n + c);
    }
  }
  UNROLLED for (int i = 0; i < height; i++) {
    VECTOR(linear + i * width) = sum[i];
    UNROLLED for (int j = 0; j <= i; j++) VECTOR(squares + (i * d + j) * width) = product[i][j];
  }
}

// The rows [row, row + height) of the lower triangle.
WB_INLINE void add_row_products(double *linear, double *squares, const double *shares, const double *y, long d, long n,
                                double *u, long row, int height) {
  squares += row * d * width;
  add_triangle(linear + row * width, squares + row * width, shares, y + row * n, d, n, u, height);
  for (long column = 0; column < row; column += 4) add_products(squares + column * width, u, y + column * n, d, n, height);
}

WB_CLONES void wb_mixture_add_moments(double *sums, const double *shares, const double *y, long d, long n, double *room) {
  lanes sum = VECTOR(sums);
  for (long c = 0; c < n; c += width) sum += CONSTANT(shares + c);
  VECTOR(sums) = sum;
  double *linear = sums + width, *squares = linear + d * width;
  long row = 0;
  for (; row + 4 <= d; row += 4) add_row_products(linear, squares, shares, y, d, n, room, row, 4);
  switch (d - row) {
    case 1: add_row_products(linear, squares, shares, y, d, n, room, row, 1); break;
    case 2: add_row_products(linear, squares, shares, y, d, n, room, row, 2); break;
    case 3: add_row_products(linear, squares, shares, y, d, n, room, row, 3); break;
  }
}

#include "real_end.h"
