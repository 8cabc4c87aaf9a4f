// Unit lower triangles of many runs, vectors along the lanes: eight at a time. Template over REAL.

typedef REAL F(eight) __attribute__((ext_vector_type(8), aligned(sizeof(REAL)), may_alias));

// An element of an operand in this block of lanes: one for each, or one for all.
#define ELEMENT(x, index) \
  (x##_lanes == 1 ? (F(eight))x[index] : *(const F(eight) *)(x + (index) * x##_lanes + lane))

// The columns of one row, four at a time where there are.
#define LANE_COLUMNS(width, first, terms, last)                                                       \
  for (; column + width <= n; column += width) {                                                      \
    F(eight) sum[width];                                                                              \
    for (int c = 0; c < width; c++) sum[c] = first;                                                   \
    terms                                                                                             \
    for (int c = 0; c < width; c++) *(F(eight) *)(out + (row * n + column + c) * lanes + lane) = last; \
  }

#define EACH_COLUMN(width) _Pragma("clang loop unroll(full)") for (int c = 0; c < width; c++)

WB_INLINE void F(lower_times_lanes)(REAL *out, const REAL *t, const REAL *x, long size, long n, long lanes, long t_lanes,
                                    long x_lanes) {
#define TERMS(width)                                                                   \
  for (long k = 0; k < row; k++) {                                                     \
    F(eight) factor = ELEMENT(t, PACKED(row) + k);                                     \
    EACH_COLUMN(width) sum[c] += factor * ELEMENT(x, k * n + column + c);              \
  }
  for (long lane = 0; lane < lanes; lane += 8) {
    for (long row = 0; row < size; row++) {
      long column = 0;
      LANE_COLUMNS(4, 0, TERMS(4), sum[c] + ELEMENT(x, row * n + column + c))
      LANE_COLUMNS(1, 0, TERMS(1), sum[c] + ELEMENT(x, row * n + column + c))
    }
  }
#undef TERMS
}

WB_INLINE void F(upper_times_lanes)(REAL *out, const REAL *t, const REAL *x, long size, long n, long lanes, long t_lanes,
                                    long x_lanes) {
#define TERMS(width)                                                                   \
  for (long i = row + 1; i < size; i++) {                                              \
    F(eight) factor = ELEMENT(t, PACKED(i) + row);                                     \
    EACH_COLUMN(width) sum[c] += factor * ELEMENT(x, i * n + column + c);              \
  }
  for (long lane = 0; lane < lanes; lane += 8) {
    for (long row = 0; row < size; row++) {
      long column = 0;
      LANE_COLUMNS(4, ELEMENT(x, row * n + column + c), TERMS(4), sum[c])
      LANE_COLUMNS(1, ELEMENT(x, row * n + column + c), TERMS(1), sum[c])
    }
  }
#undef TERMS
}

WB_INLINE void F(strict_outer_lanes)(REAL *out, const REAL *g, const REAL *x, long size, long n, long lanes,
                                     long g_lanes, long x_lanes) {
#define OUTER_COLUMNS(width)                                                                          \
  for (; column + width <= row; column += width) {                                                    \
    F(eight) sum[width];                                                                              \
    for (int c = 0; c < width; c++) sum[c] = 0;                                                       \
    for (long k = 0; k < n; k++) {                                                                    \
      F(eight) factor = ELEMENT(g, row * n + k);                                                      \
      EACH_COLUMN(width) sum[c] += factor * ELEMENT(x, (column + c) * n + k);                         \
    }                                                                                                 \
    for (int c = 0; c < width; c++) *(F(eight) *)(out + (PACKED(row) + column + c) * lanes + lane) = sum[c]; \
  }
  for (long lane = 0; lane < lanes; lane += 8) {
    for (long row = 1; row < size; row++) {
      long column = 0;
      OUTER_COLUMNS(4)
      OUTER_COLUMNS(1)
    }
  }
#undef OUTER_COLUMNS
}

WB_INLINE void F(compose_lanes)(REAL *out, const REAL *s, const REAL *t, long size, long lanes, long s_lanes,
                                long t_lanes) {
  for (long lane = 0; lane < lanes; lane += 8) {
    for (long row = 1; row < size; row++) {
      for (long column = 0; column < row; column++) {
        F(eight) sum = ELEMENT(s, PACKED(row) + column);
        for (long k = column + 1; k < row; k++) sum += ELEMENT(s, PACKED(row) + k) * ELEMENT(t, PACKED(k) + column);
        *(F(eight) *)(out + (PACKED(row) + column) * lanes + lane) = sum + ELEMENT(t, PACKED(row) + column);
      }
    }
  }
}

#undef ELEMENT
#undef LANE_COLUMNS
#undef EACH_COLUMN
