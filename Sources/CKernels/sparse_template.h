// Lists of nonzeros, and products with them. Template over REAL.
//
// Sixteen rows of the result are a block: a vector of sixteen, one element for each of them, is added for every nonzero.

// The nonzeros of a matrix [rows, columns], row by row: count[r] of them, ascending by column, from r * columns on. A NaN
// counts as one. Returns whether all of them are 1.
WB_CLONES int F(wb_nonzeros_by_row)(int32_t *count, int32_t *place, REAL *value, const REAL *in, long rows,
                                    long columns) {
  int others = 0;
  for (long r = 0; r < rows; r++, in += columns, place += columns, value += columns) {
    long found = 0, c = 0;
    for (; c + 16 <= columns; c += 16) {
      F(tile_row) x = *(const F(tile_row) *)(in + c);
      unsigned mask = MASK_OF(x != 0);
      others |= MASK_OF((x != 0) & (x != 1)) != 0;
      for (; mask; mask &= mask - 1, found++) {
        place[found] = (int32_t)(c + __builtin_ctz(mask));
        value[found] = in[place[found]];
      }
    }
    for (; c < columns; c++) {
      if (in[c] == 0) continue;
      others |= in[c] != 1;
      place[found] = (int32_t)c;
      value[found++] = in[c];
    }
    count[r] = (int32_t)found;
  }
  return !others;
}

// The same, column by column, from the list by row: those of column c from c * rows on, ascending by row. Without values
// the places alone.
void F(wb_nonzeros_by_column)(int32_t *count, int32_t *place, REAL *value, const int32_t *row_count,
                              const int32_t *row_place, const REAL *row_value, long rows, long columns) {
  for (long c = 0; c < columns; c++) count[c] = 0;
  for (long r = 0; r < rows; r++, row_place += columns, row_value += columns) {
    for (long i = 0; i < row_count[r]; i++) {
      long c = row_place[i], to = c * rows + count[c]++;
      place[to] = (int32_t)r;
      if (value) value[to] = row_value[i];
    }
  }
}

// The sum of rows of a table [., 16] at some places, each times its value: nonzero j in chain j mod 4, the chains then
// added as a tree. Without values each is 1, which gives the same bits.
#define SUM_AT(TERM)                                             \
  F(tile_row) a = 0, b = 0, c = 0, d = 0;                        \
  long j = 0;                                                    \
  for (; j + 4 <= count; j += 4) {                               \
    a += TERM(j), b += TERM(j + 1), c += TERM(j + 2), d += TERM(j + 3); \
  }                                                              \
  if (j < count) a += TERM(j);                                   \
  if (j + 1 < count) b += TERM(j + 1);                           \
  if (j + 2 < count) c += TERM(j + 2);                           \
  *sum = (a + b) + (c + d);
#define ROW_AT(j) (*(const F(tile_row) *)(table + (long)place[j] * 16))
#define SHARE_AT(j) (value[j] * ROW_AT(j))

WB_INLINE void F(sum_at)(F(tile_row) *sum, const REAL *table, const int32_t *place, const REAL *value, long count) {
  if (value) {
    SUM_AT(SHARE_AT)
  } else {
    SUM_AT(ROW_AT)
  }
}

#undef SUM_AT
#undef ROW_AT
#undef SHARE_AT

// out[m, n] = a[m, k] times a matrix [k, n] whose nonzeros are given column by column, k apart. Sixteen rows of a are turned at a
// time; where the last are fewer, the scratch's other lanes hold whatever they held and nobody reads their sums.
WB_CLONES void F(wb_sparse_product)(REAL *out, const REAL *a, const int32_t *count, const int32_t *place,
                                    const REAL *value, long m, long k, long n, REAL *scratch) {
  for (long row = 0; row < m; row += 16) {
    long height = m - row < 16 ? m - row : 16;
    F(transpose_band)(scratch, 16, a + row * k, k, height, k);
    for (long column = 0; column < n; column += 16) {
      long width = n - column < 16 ? n - column : 16;
      F(tile_row) tile[16];
      for (long j = 0; j < width; j++) {
        long first = (column + j) * k;
        F(sum_at)(&tile[j], scratch, place + first, value ? value + first : 0, count[column + j]);
      }
      F(transpose_band)(out + row * n + column, n, (const REAL *)tile, 16, width, height);
    }
  }
}
