// Small matrix products. Template over REAL.

typedef REAL F(column2) __attribute__((ext_vector_type(2), aligned(sizeof(REAL)), may_alias));
typedef REAL F(column4) __attribute__((ext_vector_type(4), aligned(sizeof(REAL)), may_alias));
typedef REAL F(column8) __attribute__((ext_vector_type(8), aligned(sizeof(REAL)), may_alias));
typedef REAL F(column16) __attribute__((ext_vector_type(16), aligned(sizeof(REAL)), may_alias));
typedef REAL F(column1);
#define COLUMN(width) F_COLUMN(width)
#define F_COLUMN(width) F(column##width)

// out[height, width] = or += a tile of a times a tile of b, its sums in registers. Element (i, p) of a is
// a[i * a_row + p * a_step]; row p of b starts at b + p * b_row.
#define TILE(width, height)                                                                     \
  {                                                                                             \
    COLUMN(width) sum[height];                                                                  \
    for (int i = 0; i < height; i++) {                                                          \
      if (continued) sum[i] = *(COLUMN(width) *)(out + (row + i) * n + column);                 \
      else sum[i] = 0;                                                                          \
    }                                                                                           \
    const REAL *a_tile = a + row * a_row, *b_tile = b + column;                                 \
    for (long p = 0; p < k; p++, a_tile += a_step, b_tile += b_row) {                           \
      COLUMN(width) b_values = *(const COLUMN(width) *)b_tile;                                  \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < height; i++)                       \
          sum[i] += a_tile[i * a_row] * b_values;                                               \
    }                                                                                           \
    for (int i = 0; i < height; i++) *(COLUMN(width) *)(out + (row + i) * n + column) = sum[i]; \
  }

#define BAND(width, height)                                      \
  for (; column + width <= n_here; column += width) {            \
    long row = 0;                                                \
    for (; row + height <= m; row += height) TILE(width, height) \
    for (; row + 4 <= m; row += 4) TILE(width, 4)                \
    for (; row < m; row++) TILE(width, 1)                        \
  }

// Tiles of at most `tallest` rows, as even as can be: a few sums alone would wait for each other.
#define EVEN_BAND(width, tallest, heights)                     \
  for (; column + width <= n_here; column += width) {          \
    long tiles = (m + tallest - 1) / tallest;                  \
    for (long row = 0, height; row < m; row += height) {       \
      height = (m - row + tiles - 1) / tiles;                  \
      switch (height) { heights(width) }                       \
      tiles--;                                                 \
    }                                                          \
  }

#define HEIGHT(width, height) \
  case height: TILE(width, height) break;
#define UP_TO_6(width) \
  HEIGHT(width, 1) HEIGHT(width, 2) HEIGHT(width, 3) HEIGHT(width, 4) HEIGHT(width, 5) HEIGHT(width, 6)
#define UP_TO_12(width) \
  UP_TO_6(width) HEIGHT(width, 7) HEIGHT(width, 8) HEIGHT(width, 9) HEIGHT(width, 10) HEIGHT(width, 11) HEIGHT(width, 12)

// Columns [0, n_here) of out, whose rows are n apart. The widest tiles are two of AVX2's vectors wide.
WB_INLINE void F(product)(REAL *out, const REAL *a, long a_row, long a_step, const REAL *b, long b_row, long m, long k,
                          long n, long n_here, int continued) {
  long column = 0;
  EVEN_BAND(BLOCK, 6, UP_TO_6)
  // Where rows of a lie side by side, twelve of them need one address.
  if (a_row == 1) {
    EVEN_BAND(HALF_BLOCK, 12, UP_TO_12)
  }
  BAND(HALF_BLOCK, 8)
  if (HALF_BLOCK > 4) BAND(4, 8)
  BAND(2, 8)
  BAND(1, 8)
}

// out[m] = x[k] times a[k, m], whose rows are m apart: up to four vectors of columns go along k together, so that their sums
// do not wait for each other. What is read past a row is the next one; the last is copied.
#define ROW_TILE(vectors)                                                                              \
  {                                                                                                    \
    F(column16) sum[vectors];                                                                          \
    for (int v = 0; v < vectors; v++) sum[v] = 0;                                                      \
    const REAL *row = a + column;                                                                      \
    for (long p = 0; p + 1 < k; p++, row += m) {                                                       \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors; v++)                             \
          sum[v] += x[p] * *(const F(column16) *)(row + 16 * v);                                       \
    }                                                                                                  \
    REAL last[16 * vectors] = {0};                                                                     \
    for (long c = 0; c < width; c++) last[c] = row[c];                                                 \
    for (int v = 0; v < vectors; v++) sum[v] += x[k - 1] * *(const F(column16) *)(last + 16 * v);      \
    memcpy(last, sum, sizeof last);                                                                    \
    for (long c = 0; c < width; c++) out[column + c] = last[c];                                        \
  }

WB_INLINE void F(row_times)(REAL *out, const REAL *x, const REAL *a, long k, long m) {
  for (long column = 0; column < m; column += 64) {
    long width = m - column < 64 ? m - column : 64;
    // A vector must not reach past the row after the one it begins in.
    long vectors = (width + 15) / 16;
    if (column + 16 * vectors > 2 * m) {
      F(product)(out, x, k, 1, a, m, 1, k, m, m, 0);
      return;
    }
    switch (vectors) {
      case 1: ROW_TILE(1) break;
      case 2: ROW_TILE(2) break;
      case 3: ROW_TILE(3) break;
      default: ROW_TILE(4)
    }
  }
}

// out[m] = a[m, k] times x[k]: sixteen rows of a at a time, turned so that vectors run along them.
WB_INLINE void F(times_column)(REAL *out, const REAL *a, const REAL *x, long m, long k) {
  long row = 0;
  for (; row + 16 <= m; row += 16) {
    F(column16) sum = 0;
    for (long start = 0; start < k; start += 16) {
      long width = k - start < 16 ? k - start : 16;
      REAL turned[16 * 16];
      F(transpose_band)(turned, 16, a + row * k + start, k, 16, width);
      for (long p = 0; p < width; p++) sum += x[start + p] * *(const F(column16) *)(turned + 16 * p);
    }
    *(F(column16) *)(out + row) = sum;
  }
  if (row < m) F(product)(out + row, a + row * k, k, 1, x, 1, m - row, k, 1, 1, 0);
}

WB_CLONES void F(wb_matmul_nn)(REAL *out, const REAL *a, const REAL *b, long m, long k, long n) {
  if (n == 1 && k > 0) {
    F(times_column)(out, a, b, m, k);
  } else {
    F(product)(out, a, k, 1, b, n, m, k, n, n, 0);
  }
}

WB_CLONES void F(wb_matmul_tn)(REAL *out, const REAL *a, const REAL *b, long m, long k, long n) {
  if (n == 1 && k > 0) {
    // The transposed product has its vectors along m; factors commute, so the bits are the same.
    F(row_times)(out, b, a, k, m);
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

#undef COLUMN
#undef F_COLUMN
#undef TILE
#undef ROW_TILE
#undef BAND
#undef EVEN_BAND
#undef HEIGHT
#undef UP_TO_6
#undef UP_TO_12
