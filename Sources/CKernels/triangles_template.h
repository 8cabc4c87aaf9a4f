// Unit lower triangles of one run. Template over REAL.

typedef REAL F(run1);
typedef REAL F(run2) __attribute__((ext_vector_type(2), aligned(sizeof(REAL)), may_alias));
typedef REAL F(run4) __attribute__((ext_vector_type(4), aligned(sizeof(REAL)), may_alias));
typedef REAL F(run8) __attribute__((ext_vector_type(8), aligned(sizeof(REAL)), may_alias));
typedef REAL F(run16) __attribute__((ext_vector_type(16), aligned(sizeof(REAL)), may_alias));

// A run of columns may reach past the end of a row into the next one: what is read there is not used, what is written there
// is written again. The last row has none after it, so its run lies elsewhere.
#define ROW_OF(x, i) ((i) + 1 < size ? (x) + (i) * n : x##_last)

#define EACH_ROW(height) _Pragma("clang loop unroll(full)") for (int r = 0; r < height; r++)

// Rows [row, row + height) of (I + T) x: sums in registers over the columns before the rows, then over those between them.
#define LOWER_TILE(width, height)                                                                        \
  for (; row + height <= size; row += height) {                                                          \
    const REAL *t_row = t + PACKED(row), *x_row = x;                                                     \
    F(run##width) sum[height];                                                                           \
    EACH_ROW(height) sum[r] = 0;                                                                         \
    for (long k = 0; k < row; k++, x_row += n) {                                                         \
      F(run##width) x_values = *(const F(run##width) *)x_row;                                            \
      EACH_ROW(height) sum[r] += t_row[r * row + PACKED(r) + k] * x_values;                              \
    }                                                                                                    \
    EACH_ROW(height) {                                                                                   \
      F(run##width) x_values = *(const F(run##width) *)ROW_OF(x, row + r);                               \
      for (int below = r + 1; below < height; below++) {                                                 \
        sum[below] += t_row[below * row + PACKED(below) + row + r] * x_values;                           \
      }                                                                                                  \
      *(F(run##width) *)ROW_OF(out, row + r) = sum[r] + x_values;                                        \
    }                                                                                                    \
  }

// Rows [row, row + height) of the transpose of I + T times x.
#define UPPER_TILE(width, height)                                                                        \
  for (; row + height <= size; row += height) {                                                          \
    F(run##width) sum[height];                                                                           \
    EACH_ROW(height) {                                                                                   \
      sum[r] = *(const F(run##width) *)ROW_OF(x, row + r);                                               \
      for (int above = 0; above < r; above++) sum[above] += t[PACKED(row + r) + row + above] * sum[r];   \
    }                                                                                                    \
    const REAL *t_row = t + PACKED(row + height) + row, *x_row = x + (row + height) * n;                 \
    long i = row + height;                                                                               \
    for (; i + 1 < size; t_row += i, i++, x_row += n) {                                                  \
      F(run##width) x_values = *(const F(run##width) *)x_row;                                            \
      EACH_ROW(height) sum[r] += t_row[r] * x_values;                                                    \
    }                                                                                                    \
    if (i < size) {                                                                                      \
      F(run##width) x_values = *(const F(run##width) *)x_last;                                           \
      EACH_ROW(height) sum[r] += t_row[r] * x_values;                                                    \
    }                                                                                                    \
    EACH_ROW(height) *(F(run##width) *)ROW_OF(out, row + r) = sum[r];                                    \
  }

#define COLUMN_RUN(width, height)                                                                             \
  WB_INLINE void F(lower_run##width)(REAL *out, REAL *out_last, const REAL *t, const REAL *x, const REAL *x_last, \
                                     long size, long n) {                                                     \
    long row = 0;                                                                                             \
    LOWER_TILE(width, height)                                                                                 \
    LOWER_TILE(width, 2)                                                                                     \
    LOWER_TILE(width, 1)                                                                                     \
  }                                                                                                           \
  WB_INLINE void F(upper_run##width)(REAL *out, REAL *out_last, const REAL *t, const REAL *x, const REAL *x_last, \
                                     long size, long n) {                                                     \
    long row = 0;                                                                                             \
    UPPER_TILE(width, height)                                                                                 \
    UPPER_TILE(width, 2)                                                                                     \
    UPPER_TILE(width, 1)                                                                                     \
  }

COLUMN_RUN(1, 8)
COLUMN_RUN(2, 8)
COLUMN_RUN(4, 8)
COLUMN_RUN(8, 8)
COLUMN_RUN(16, 6)

// All columns: first those that do not fill a run of sixteen, since that run is written past its end.
#define ALL_COLUMNS(run)                                                                                    \
  long whole = n & ~15L, rest = n - whole;                                                                  \
  if (rest) {                                                                                               \
    REAL x_last[16] = {0}, out_last[16], *start = out + whole;                                              \
    for (long c = 0; c < rest; c++) x_last[c] = x[(size - 1) * n + whole + c];                              \
    if (rest > 8) F(run##16)(start, out_last, t, x + whole, x_last, size, n);                                  \
    else if (rest > 4) F(run##8)(start, out_last, t, x + whole, x_last, size, n);                              \
    else if (rest > 2) F(run##4)(start, out_last, t, x + whole, x_last, size, n);                              \
    else if (rest > 1) F(run##2)(start, out_last, t, x + whole, x_last, size, n);                              \
    else F(run##1)(start, out_last, t, x + whole, x_last, size, n);                                            \
    for (long c = 0; c < rest; c++) start[(size - 1) * n + c] = out_last[c];                                \
  }                                                                                                         \
  for (long c = 0; c < whole; c += 16) {                                                                    \
    F(run##16)(out + c, out + (size - 1) * n + c, t, x + c, x + (size - 1) * n + c, size, n);                  \
  }

// sum = the first `count` numbers of what goes on to `end`, and zeros after them.
WB_INLINE void F(begin)(F(run16) *sum, const REAL *from, long count, const REAL *end) {
  const F(run16) place = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  if (from + 16 <= end) {
    *sum = place < (REAL)count ? *(const F(run16) *)from : 0;
  } else {
    *sum = 0;
    for (long c = 0; c < count; c++) (*sum)[c] = from[c];
  }
}

// Writes at least the first `count` numbers, and never past `end`.
WB_INLINE void F(put)(REAL *to, const F(run16) *values, long count, const REAL *end) {
  if (to + 16 <= end) {
    *(F(run16) *)to = *values;
  } else {
    for (long c = 0; c < count; c++) to[c] = (*values)[c];
  }
}

// One column: sixteen rows at a time, turned tile by tile so that vectors run along them. Rows that are not there are zeros, and
// what is above the diagonal is left out of the sums.
WB_INLINE void F(lower_times_column)(REAL *out, const REAL *t, const REAL *x, long size) {
  const F(run16) place = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  for (long row = 0; row < size; row += 16) {
    long height = size - row < 16 ? size - row : 16;
    F(run16) sum = 0;
    for (long k = 0; k < row; k += 16) {
      F(run16) tile[16];
      EACH_ROW(16) tile[r] = r < height ? *(const F(run16) *)(t + PACKED(row + r) + k) : 0;
      F(transpose_tile)(tile);
      EACH_ROW(16) sum += x[k + r] * tile[r];
    }
    F(run16) tile[16], own;
    EACH_ROW(16) F(begin)(tile + r, t + PACKED(row + r) + row, r < height ? r : 0, t + PACKED(size));
    F(transpose_tile)(tile);
    for (long r = 0; r + 1 < height; r++) sum = place > (REAL)r ? sum + x[row + r] * tile[r] : sum;
    F(begin)(&own, x + row, height, x + size);
    own += sum;
    F(put)(out + row, &own, height, out + size);
  }
}

// One column: row after row is added to the results before it.
WB_INLINE void F(upper_times_column)(REAL *out, const REAL *t, const REAL *x, long size) {
  for (long i = 0; i < size; i++) {
    const REAL *t_row = t + PACKED(i);
    REAL factor = x[i];
    for (long j = 0; j < i; j++) out[j] += t_row[j] * factor;
    out[i] = factor;
  }
}

// out = the strict lower triangle of g[size, n] times the transpose of x[size, n]: sixteen columns at a time, for which x is
// turned panel by panel. A sum that spans panels goes on in out. Of the rows that begin within the columns too much is
// written, into the first columns of later rows, which come last; but not where panels follow.
WB_INLINE void F(strict_outer)(REAL *out, const REAL *g, const REAL *x, long size, long n) {
  enum { depth = 128 };
  for (long column = (size - 2) & ~15L; column >= 0; column -= 16) {
    long width = size - column < 16 ? size - column : 16;
    for (long start = 0; start < n; start += depth) {
      long height = n - start < depth ? n - start : depth;
      REAL panel[16 * depth];
      F(transpose_band)(panel, 16, x + column * n + start, n, width, height);
      for (long p = 0; p < height && width < 16; p++) {
        for (long c = width; c < 16; c++) panel[16 * p + c] = 0;
      }
      long row = column + 1;
      for (; row < column + width; row++) {
        REAL *target = out + PACKED(row) + column;
        F(run16) sum = 0;
        if (start > 0) F(begin)(&sum, target, row - column, target);
        for (long p = 0; p < height; p++) sum += g[row * n + start + p] * *(F(run16) *)(panel + 16 * p);
        F(put)(target, &sum, row - column, n > depth ? target : out + PACKED(size));
      }
#define OUTER_TILE(tile)                                                               \
  for (; row + tile <= size; row += tile) {                                            \
    REAL *target = out + PACKED(row) + column;                                         \
    const REAL *g_row = g + row * n + start;                                           \
    F(run16) sum[tile];                                                                \
    EACH_ROW(tile) {                                                                   \
      if (start > 0) sum[r] = *(F(run16) *)(target + r * row + PACKED(r));             \
      else sum[r] = 0;                                                                 \
    }                                                                                  \
    for (long p = 0; p < height; p++) {                                                \
      F(run16) values = *(F(run16) *)(panel + 16 * p);                                 \
      EACH_ROW(tile) sum[r] += g_row[r * n + p] * values;                              \
    }                                                                                  \
    EACH_ROW(tile) *(F(run16) *)(target + r * row + PACKED(r)) = sum[r];               \
  }
      OUTER_TILE(8)
      OUTER_TILE(2)
      OUTER_TILE(1)
#undef OUTER_TILE
    }
  }
}

// out = the strict part of (I + S) (I + T), sixteen columns at a time: element (i, j) sums over k from j to i. Rows that begin
// within the columns are padded with zeros, which are left out of the sums; too much is written of them, as above.
WB_INLINE void F(compose)(REAL *out, const REAL *s, const REAL *t, long size) {
  const F(run16) place = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  for (long column = (size - 2) & ~15L; column >= 0; column -= 16) {
    F(run16) corner[16];
    long height = size - column < 16 ? size - column : 16;
    for (long r = 1; r < height; r++) {
      F(begin)(corner + r, t + PACKED(column + r) + column, r, t + PACKED(size));
    }
    long row = column + 1;
    for (; row < column + height; row++) {
      const REAL *s_row = s + PACKED(row) + column;
      long r = row - column;
      F(run16) sum;
      F(begin)(&sum, s_row, r, s + PACKED(size));
      for (long k = 1; k < r; k++) sum = place < (REAL)k ? sum + s_row[k] * corner[k] : sum;
      sum += corner[r];
      F(put)(out + PACKED(row) + column, &sum, r, out + PACKED(size));
    }
#define COMPOSED_TILE(tile)                                                                            \
  for (; row + tile <= size; row += tile) {                                                            \
    const REAL *s_row = s + PACKED(row);                                                               \
    F(run16) sum[tile];                                                                                \
    EACH_ROW(tile) sum[r] = *(const F(run16) *)(s_row + r * row + PACKED(r) + column);                 \
    for (int k = 1; k < 16; k++) {                                                                     \
      EACH_ROW(tile) {                                                                                 \
        F(run16) next = sum[r] + s_row[r * row + PACKED(r) + column + k] * corner[k];                  \
        sum[r] = place < (REAL)k ? next : sum[r];                                                      \
      }                                                                                                \
    }                                                                                                  \
    const REAL *t_row = t + PACKED(column + 16) + column;                                              \
    for (long k = column + 16; k < row; t_row += k, k++) {                                             \
      F(run16) values = *(const F(run16) *)t_row;                                                      \
      EACH_ROW(tile) sum[r] += s_row[r * row + PACKED(r) + k] * values;                                \
    }                                                                                                  \
    EACH_ROW(tile) {                                                                                   \
      F(run16) values = *(const F(run16) *)(t + PACKED(row + r) + column);                             \
      for (int below = r + 1; below < tile; below++) {                                                 \
        sum[below] += s_row[below * row + PACKED(below) + row + r] * values;                           \
      }                                                                                                \
      *(F(run16) *)(out + PACKED(row + r) + column) = sum[r] + values;                                 \
    }                                                                                                  \
  }
    COMPOSED_TILE(6)
    COMPOSED_TILE(2)
    COMPOSED_TILE(1)
#undef COMPOSED_TILE
  }
}
