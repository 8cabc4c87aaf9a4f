// Small matrix products. Template over REAL.

typedef REAL F(column2) __attribute__((ext_vector_type(2), aligned(sizeof(REAL)), may_alias));
typedef REAL F(column4) __attribute__((ext_vector_type(4), aligned(sizeof(REAL)), may_alias));
typedef REAL F(column8) __attribute__((ext_vector_type(8), aligned(sizeof(REAL)), may_alias));
typedef REAL F(column16) __attribute__((ext_vector_type(16), aligned(sizeof(REAL)), may_alias));
typedef REAL F(column1);

// out[height, width] = or += a tile of a times a tile of b, its sums in registers. Element (i, p) of a is
// a[i * a_row + p * a_step]; row p of b starts at b + p * b_row.
#define TILE(width, height)                                                                        \
  {                                                                                                \
    F(column##width) sum[height];                                                                  \
    for (int i = 0; i < height; i++) {                                                             \
      if (continued) sum[i] = *(F(column##width) *)(out + (row + i) * n + column);                 \
      else sum[i] = 0;                                                                             \
    }                                                                                              \
    const REAL *a_tile = a + row * a_row, *b_tile = b + column;                                    \
    for (long p = 0; p < k; p++, a_tile += a_step, b_tile += b_row) {                              \
      F(column##width) b_values = *(const F(column##width) *)b_tile;                               \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < height; i++)                          \
          sum[i] += a_tile[i * a_row] * b_values;                                                  \
    }                                                                                              \
    for (int i = 0; i < height; i++) *(F(column##width) *)(out + (row + i) * n + column) = sum[i]; \
  }

#define BAND(width, height)                                  \
  for (; column + width <= n_here; column += width) {        \
    long row = 0;                                            \
    for (; row + height <= m; row += height) TILE(width, height) \
    for (; row + 4 <= m; row += 4) TILE(width, 4)            \
    for (; row < m; row++) TILE(width, 1)                    \
  }

// Columns [0, n_here) of out, whose rows are n apart.
WB_INLINE void F(product)(REAL *out, const REAL *a, long a_row, long a_step, const REAL *b, long b_row, long m, long k,
                          long n, long n_here, int continued) {
  long column = 0;
  BAND(16, 4)
  BAND(8, 8)
  BAND(4, 8)
  BAND(2, 8)
  BAND(1, 8)
}

WB_CLONES void F(wb_matmul_nn)(REAL *out, const REAL *a, const REAL *b, long m, long k, long n) {
  F(product)(out, a, k, 1, b, n, m, k, n, n, 0);
}

WB_CLONES void F(wb_matmul_tn)(REAL *out, const REAL *a, const REAL *b, long m, long k, long n) {
  if (n == 1) {
    // The transposed product has its vectors along m; factors commute, so the bits are the same.
    F(product)(out, b, k, 1, a, m, 1, k, m, m, 0);
  } else {
    F(product)(out, a, 1, m, b, n, m, k, n, n, 0);
  }
}

// b is transposed panel by panel into a buffer. A sum that spans panels goes on in out, so its order is one.
WB_CLONES void F(wb_matmul_nt)(REAL *out, const REAL *a, const REAL *b, long m, long k, long n) {
  enum { depth = 128, breadth = 16 };
  REAL panel[depth * breadth];
  if (k == 0) memset(out, 0, (size_t)(m * n) * sizeof(REAL));
  for (long column = 0; column < n; column += breadth) {
    long width = n - column < breadth ? n - column : breadth;
    for (long start = 0; start < k; start += depth) {
      long height = k - start < depth ? k - start : depth;
      for (long j = 0; j < width; j++) {
        for (long p = 0; p < height; p++) panel[p * width + j] = b[(column + j) * k + start + p];
      }
      F(product)(out + column, a + start, k, 1, panel, width, m, height, n, width, start > 0);
    }
  }
}

#undef TILE
#undef BAND
