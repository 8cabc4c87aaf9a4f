// Arithmetic of two arrays with broadcasting. Template over REAL.

WB_INLINE REAL F(add)(REAL a, REAL b) { return a + b; }
WB_INLINE REAL F(subtract)(REAL a, REAL b) { return a - b; }
WB_INLINE REAL F(multiply)(REAL a, REAL b) { return a * b; }
WB_INLINE REAL F(divide)(REAL a, REAL b) { return a / b; }
// NaN if either is.
WB_INLINE REAL F(maximum)(REAL a, REAL b) { return ((a > b) | (a != a)) ? a : b; }
WB_INLINE REAL F(minimum)(REAL a, REAL b) { return ((a < b) | (a != a)) ? a : b; }

// One row, or all of them as one: the four ways in which two operands move, each its own vector loop.
#define ROW(name, out, n, a, a_step, b, b_step)                                    \
  if ((a_step) && (b_step)) {                                                      \
    WB_ELEMENTWISE for (long i = 0; i < (n); i++)(out)[i] = F(name)((a)[i], (b)[i]); \
  } else if (a_step) {                                                             \
    REAL fixed = *(b);                                                             \
    WB_ELEMENTWISE for (long i = 0; i < (n); i++)(out)[i] = F(name)((a)[i], fixed);  \
  } else if (b_step) {                                                             \
    REAL fixed = *(a);                                                             \
    WB_ELEMENTWISE for (long i = 0; i < (n); i++)(out)[i] = F(name)(fixed, (b)[i]);  \
  } else {                                                                         \
    REAL value = F(name)(*(a), *(b));                                              \
    for (long i = 0; i < (n); i++) (out)[i] = value;                               \
  }

#define BINARY(name)                                                                                        \
  WB_CLONES void F(wb_##name)(REAL *out, long rows, long draws, const REAL *a, long a_row, long a_draw,     \
                              const REAL *b, long b_row, long b_draw) {                                     \
    if (rows <= 0 || draws <= 0) return;                                                                    \
    if (IS_FLAT(a_row, a_draw, draws) && IS_FLAT(b_row, b_draw, draws)) {                                   \
      long n = rows * draws;                                                                                \
      int a_step = FLAT_STEP(a_row, a_draw), b_step = FLAT_STEP(b_row, b_draw);                             \
      ROW(name, out, n, a, a_step, b, b_step)                                                               \
      return;                                                                                               \
    }                                                                                                       \
    for (long r = 0; r < rows; r++, out += draws, a += a_row, b += b_row) {                                 \
      ROW(name, out, draws, a, a_draw, b, b_draw)                                                           \
    }                                                                                                       \
  }

BINARY(add)
BINARY(subtract)
BINARY(multiply)
BINARY(divide)
BINARY(maximum)
BINARY(minimum)

// The operand repeated until it fills [rows, draws].
WB_CLONES void F(wb_expand)(REAL *out, long rows, long draws, const REAL *in, long row_stride, long draw_stride) {
  if (IS_FLAT(row_stride, draw_stride, draws)) {
    long n = rows * draws;
    if (FLAT_STEP(row_stride, draw_stride)) {
      memcpy(out, in, (size_t)n * sizeof(REAL));
    } else {
      REAL value = *in;
      for (long i = 0; i < n; i++) out[i] = value;
    }
    return;
  }
  for (long r = 0; r < rows; r++, out += draws, in += row_stride) {
    if (draw_stride) {
      memcpy(out, in, (size_t)draws * sizeof(REAL));
    } else {
      REAL value = *in;
      for (long d = 0; d < draws; d++) out[d] = value;
    }
  }
}

#undef ROW
#undef BINARY
