// Matrices of each draw, `width` of them at a time: an element of an operand is one number for each, or one for all. Every element
// sums in order. Template over REAL.

#define EACH for (long l = 0; l < width; l++)
#define LOAD(to, from, moves)        \
  if (moves) {                       \
    EACH(to)[l] = (from)[l];         \
  } else {                           \
    EACH(to)[l] = *(from);           \
  }

// Element (i, j) of an operand.
typedef struct {
  const REAL *first;
  long row, column;
  int moves;
} F(matrix);

WB_INLINE const REAL *F(at)(F(matrix) x, long i, long j) { return x.first + i * x.row + j * x.column; }

WB_INLINE void F(multiply_block)(REAL *out, long step, F(matrix) a, F(matrix) b, long m, long k, long n, const long width) {
  for (long i = 0; i < m; i++) {
    for (long j = 0; j < n; j++) {
      REAL sum[8] = {0}, x[8], y[8];
      for (long p = 0; p < k; p++) {
        LOAD(x, F(at)(a, i, p), a.moves)
        LOAD(y, F(at)(b, p, j), b.moves)
        EACH sum[l] += x[l] * y[l];
      }
      EACH out[(i * n + j) * step + l] = sum[l];
    }
  }
}

// The lower factor, zeros above; what follows a pivot that is not positive is NaN.
WB_INLINE void F(factor_block)(REAL *out, long step, F(matrix) a, long size, const long width) {
  for (long i = 0; i < size; i++) {
    for (long j = 0; j <= i; j++) {
      const REAL *left = out + i * size * step, *right = out + j * size * step;
      REAL sum[8];
      LOAD(sum, F(at)(a, i, j), a.moves)
      for (long p = 0; p < j; p++) EACH sum[l] -= left[p * step + l] * right[p * step + l];
      REAL *target = out + (i * size + j) * step;
      if (i == j) {
        EACH target[l] = sum[l] > 0 ? REAL_SQRT(sum[l]) : (REAL)__builtin_nan("");
      } else {
        EACH target[l] = sum[l] / right[j * step + l];
      }
    }
    for (long j = i + 1; j < size; j++) EACH out[(i * size + j) * step + l] = 0;
  }
}

// The x[size, n] with L x = b from the first row on, or with the transpose of L from the last.
WB_INLINE void F(solve_block)(REAL *out, long step, F(matrix) lower, F(matrix) b, long size, long n, int is_transposed,
                              const long width) {
  for (long done = 0; done < size; done++) {
    long i = is_transposed ? size - 1 - done : done;
    for (long j = 0; j < n; j++) {
      REAL sum[8], x[8];
      LOAD(sum, F(at)(b, i, j), b.moves)
      for (long p = 0; p < done; p++) {
        long known = is_transposed ? size - 1 - p : p;
        LOAD(x, is_transposed ? F(at)(lower, known, i) : F(at)(lower, i, known), lower.moves)
        EACH sum[l] -= x[l] * out[(known * n + j) * step + l];
      }
      LOAD(x, F(at)(lower, i, i), lower.moves)
      EACH out[(i * n + j) * step + l] = sum[l] / x[l];
    }
  }
}

WB_INLINE void F(draw_block)(const wb_call *call, REAL *out, long step, F(matrix) a, F(matrix) b, const long width) {
  const int32_t *extent = call->extent;
  switch (call->kernel) {
    case WB_DRAW_PRODUCT: F(multiply_block)(out, step, a, b, extent[0], extent[1], extent[2], width); break;
    case WB_DRAW_FACTOR: F(factor_block)(out, step, a, extent[0], width); break;
    case WB_DRAW_SOLVE: F(solve_block)(out, step, a, b, extent[0], extent[2], 0, width); break;
    default: F(solve_block)(out, step, a, b, extent[0], extent[2], 1, width);
  }
}

// The row from `column` on with the largest element there.
WB_INLINE long F(pivot_row)(const REAL *x, long column, long size, long step) {
  long best = column;
  for (long i = column + 1; i < size; i++) {
    if (REAL_ABS(x[(i * size + column) * step]) > REAL_ABS(x[(best * size + column) * step])) best = i;
  }
  return best;
}

WB_INLINE void F(swap)(REAL *x, REAL *y) {
  REAL kept = *x;
  *x = *y;
  *y = kept;
}

// x becomes its inverse, by Gauss and Jordan with the largest pivot of each column.
static void F(invert_general)(REAL *x, long size, long step) {
  long pivots[size];
  for (long c = 0; c < size; c++) {
    long pivot = pivots[c] = F(pivot_row)(x, c, size, step);
    for (long j = 0; j < size && pivot != c; j++) F(swap)(x + (c * size + j) * step, x + (pivot * size + j) * step);
    REAL scale = 1 / x[(c * size + c) * step];
    x[(c * size + c) * step] = 1;
    for (long j = 0; j < size; j++) x[(c * size + j) * step] *= scale;
    for (long i = 0; i < size; i++) {
      if (i == c) continue;
      REAL factor = x[(i * size + c) * step];
      x[(i * size + c) * step] = 0;
      for (long j = 0; j < size; j++) x[(i * size + j) * step] -= factor * x[(c * size + j) * step];
    }
  }
  for (long c = size - 1; c >= 0; c--) {
    for (long i = 0; i < size && pivots[c] != c; i++) F(swap)(x + (i * size + c) * step, x + (i * size + pivots[c]) * step);
  }
}

// The log of the determinant's magnitude, by elimination in x[size, size].
static REAL F(log_magnitude)(REAL *x, long size) {
  REAL sum = 0;
  for (long c = 0; c < size; c++) {
    long pivot = F(pivot_row)(x, c, size, 1);
    for (long j = c; j < size && pivot != c; j++) F(swap)(x + c * size + j, x + pivot * size + j);
    sum += F(log)(REAL_ABS(x[c * size + c]));
    // Singular: no finite pivot brings it back from -inf.
    if (x[c * size + c] == 0) return sum;
    for (long i = c + 1; i < size; i++) {
      REAL factor = x[i * size + c] / x[c * size + c];
      for (long j = c; j < size; j++) x[i * size + j] -= factor * x[c * size + j];
    }
  }
  return sum;
}

static void F(each_draw)(const wb_call *call, REAL *arena, long step) {
  long size = call->extent[0];
  REAL *out = arena + call->out, *room = arena + call->b;
  const REAL *a = arena + call->a;
  if (call->kernel == WB_DRAW_INVERSE) {
    memcpy(out, a, (size_t)(size * size * step) * sizeof(REAL));
    for (long d = 0; d < step; d++) F(invert_general)(out + d, size, step);
    return;
  }
  for (long d = 0; d < step; d++) {
    for (long i = 0; i < size * size; i++) room[i] = a[i * step + d];
    out[d] = F(log_magnitude)(room, size);
  }
}

WB_CLONES void F(wb_draw_matrices)(const wb_call *call, REAL *arena) {
  long draws = call->draws, lanes = call->lanes, step = draws * lanes;
  if (call->kernel >= WB_DRAW_INVERSE) {
    F(each_draw)(call, arena, step);
    return;
  }
  // Neighbours are the draws of one run, or the lanes of one draw.
  long runs = lanes == 1 ? 1 : draws, length = lanes == 1 ? draws : lanes;
  int a_moves = lanes == 1 ? call->a_stride[2] != 0 : call->a_lanes > 1;
  int b_moves = lanes == 1 ? call->b_stride[2] != 0 : call->b_lanes > 1;
  for (long run = 0; run < runs; run++) {
    for (long l = 0; l < length; l += 8) {
      F(matrix) a = {arena + call->a + run * call->a_stride[2] + (a_moves ? l : 0), call->a_stride[0], call->a_stride[1],
                     a_moves};
      F(matrix) b = {arena + call->b + run * call->b_stride[2] + (b_moves ? l : 0), call->b_stride[0], call->b_stride[1],
                     b_moves};
      REAL *out = arena + call->out + run * length + l;
      if (length - l >= 8) {
        F(draw_block)(call, out, step, a, b, 8);
      } else if (length - l == 1) {
        F(draw_block)(call, out, step, a, b, 1);
      } else {
        F(draw_block)(call, out, step, a, b, length - l);
      }
    }
  }
}

#undef EACH
#undef LOAD
