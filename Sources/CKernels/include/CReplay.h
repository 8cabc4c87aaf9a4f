// The replay of a compiled program: a list of kernel calls over one arena, walked without leaving C.
#ifndef WB_CREPLAY_H
#define WB_CREPLAY_H

#include <stdint.h>

// What a call computes. Arrays are contiguous with their last extent innermost.
enum wb_kernel {
  // out[i, j, k] = f(a[i, j, k]): elementwise functions of one array.
  WB_NEGATE,
  WB_EXP,
  WB_LOG,
  WB_LOG1P,
  WB_EXPM1,
  WB_SQRT,
  WB_SQUARE,
  WB_RECIPROCAL,
  WB_TANH,
  WB_SIGMOID,
  WB_SOFTPLUS,
  WB_SIN,
  WB_COS,
  WB_ABS,
  WB_SIGN,
  WB_RELU,
  WB_STEP,
  WB_LOG_GAMMA,
  WB_DIGAMMA,
  WB_TRIGAMMA,
  // out = softplus(a) and b = its slope sigmoid(a).
  WB_SOFTPLUS_SIGMOID,
  // out[i, j, k] = f(a[i, j, k], b[i, j, k]), each with strides of its own.
  WB_ADD,
  WB_SUBTRACT,
  WB_MULTIPLY,
  WB_DIVIDE,
  WB_MEAN_SOFTPLUS,
  WB_MEAN_SIGMOID,
  WB_MEAN_SIGMOID_SLOPE,
  // out[k] = a[k] b[k] + c[k], a[k] b[k] - c[k] and c[k] - a[k] b[k], both operations rounded: one run.
  WB_MULTIPLY_ADD,
  WB_MULTIPLY_SUBTRACT,
  WB_SUBTRACT_PRODUCT,
  // out[i, j, k] = a[i, j, k], with strides.
  WB_COPY,
  // out[i, k] = sum of a[i, j, k] over j, in sixteen lanes combined as a tree.
  WB_SUM,
  // out[i, k] = log of the sum of exp of a[i, j, k] over j.
  WB_LOG_SUM_EXP,
  // out[i, :] = a[index[i], :]; and out[index[i], :] += a[i, :] from zeros, with extent[2] rows of out.
  WB_GATHER,
  WB_SCATTER,
  // out[m, n] with extents m, k, n: a[m, k] b[k, n]; the transpose of a[k, m] times b[k, n]; a[m, k] times that of b[n, k].
  WB_PRODUCT_NN,
  WB_PRODUCT_TN,
  WB_PRODUCT_NT,
  // The inverse and the log-determinant of a symmetric positive-definite a[m, m, lanes]; b is room for as much again.
  WB_INVERSE,
  WB_LOG_DETERMINANT,
  // out[m, n, lanes] with extents m, k, n: the sum over k, in order, of a[m, k, lane] b[k, n, lane]. The strides of a are
  // those of m, k and lane; of b those of k, n and lane.
  WB_CONTRACT,
  // Products with unit lower triangles that are packed, with extents size and n; a_stride[2] and b_stride[2] are the lanes
  // of a and b: (I + A) b, its transpose, the strict lower part of a times the transpose of b, and that of (I + A) (I + B).
  WB_UNIT_LOWER_TIMES,
  WB_UNIT_UPPER_TIMES,
  WB_STRICT_OUTER,
  WB_COMPOSE_UNIT_LOWER,
  // With extents m, k: out[m] = the picked rows [m, k] of the slot `index` times b[k]; out[k] = their transpose times b[m].
  WB_PICKED_TIMES,
  WB_PICKED_TRANSPOSED_TIMES,
  // out[i, j, k] = the larger or the smaller of a[i, j, k] and b[i, j, k].
  WB_MAXIMUM,
  WB_MINIMUM,
  // Elementwise functions of one array that go through double precision, in the order of special.c.
  WB_ATAN,
  WB_ASIN,
  WB_ACOS,
  WB_SINH,
  WB_COSH,
  WB_ASINH,
  WB_ACOSH,
  WB_ATANH,
  WB_ERF,
  WB_ERFC,
  WB_NORMAL_CDF,
  WB_LOG_NORMAL_CDF,
  WB_NORMAL_SCORE,
  WB_NORMAL_QUANTILE,
  WB_LOG1M_EXP,
  WB_FLOOR,
  WB_CEIL,
  WB_ROUND,
  WB_TRUNCATE,
  WB_CUBE_ROOT,
  // The same of two arrays, each with strides of its own.
  WB_POWER,
  WB_POWER_EXPONENT_SLOPE,
  WB_ATAN2,
  WB_GAMMA_P,
  WB_GAMMA_Q,
  WB_GAMMA_DENSITY,
  WB_GAMMA_SHAPE_SLOPE,
  WB_LOG_GAMMA_VARIATE,
  WB_LOG_GAMMA_VARIATE_SHAPE_SLOPE,
  // The same of three arrays, which lie end to end: out[k] = f(a[k], a[n + k], a[2 n + k]).
  WB_BETA_I,
  WB_BETA_FIRST_SLOPE,
  WB_BETA_SECOND_SLOPE,
  WB_BETA_DENSITY,
  // Matrices of each draw, `draws` of them in `lanes` lanes, innermost. The strides of a and b are those of rows, columns and
  // draws, and a_lanes and b_lanes are theirs; an operand may be one for all draws or lanes.
  // out[m, n] with extents m, k, n: a[m, k] b[k, n].
  WB_DRAW_PRODUCT,
  // Cholesky's factor of a[m, m], whose lower triangle is read: zeros above, NaN where it is not positive definite.
  WB_DRAW_FACTOR,
  // out[m, n] with extents m, m, n: the solution of a x = b for a lower triangle a, and of that with the transpose of a.
  WB_DRAW_SOLVE,
  WB_DRAW_TRANSPOSED_SOLVE,
  // The inverse of a[m, m], and the log of its determinant's magnitude; a is contiguous, b is room for m m.
  WB_DRAW_INVERSE,
  WB_DRAW_LOG_DETERMINANT,
};

// An elementwise call is one run of extent[2] elements, in which one operand may be a single number; or three loops.
enum wb_walk { WB_BOTH_MOVE, WB_LEFT_MOVES, WB_RIGHT_MOVES, WB_LOOPS };

// One call. Offsets are in scalars from the arena's start, `index` from that of the indices.
typedef struct {
  int64_t out, a, b, c, index;
  int32_t kernel;
  // How the operands of an elementwise call move.
  int32_t walk;
  // Whether out may be written past its end, up to a multiple of 16: what lies there is nobody's.
  int32_t padded;
  int32_t extent[3];
  // 0 or 1 along the last extent of elementwise calls; a last extent of 1 has stride 1.
  int32_t a_stride[3], b_stride[3];
  // 0 or 1.
  int32_t c_stride;
  // Of calls on matrices of each draw.
  int32_t draws, lanes, a_lanes, b_lanes;
} wb_call;

// Rows of a table, read where they lie: row i starts at values + index[i] * pitch, and is zero from its width up to pitch,
// a multiple of 16.
typedef struct {
  const void *values;
  long pitch;
  const int32_t *index;
} wb_picked_rows;

// Rows of more numbers are not read where they lie.
#define WB_PICKED_WIDTH 512

// Walks `count` calls. `lanes`: the innermost extent of a matrix for each lane, 1 or a multiple of 8. `picked`: the slots of
// picked rows.
void wb_replay_f64(const wb_call *calls, long count, double *arena, const int32_t *indices, long lanes,
                   const wb_picked_rows *picked);
void wb_replay_f32(const wb_call *calls, long count, float *arena, const int32_t *indices, long lanes,
                   const wb_picked_rows *picked);

#endif
