// Products with picked rows. Template over REAL.

typedef REAL F(row16) __attribute__((ext_vector_type(16), aligned(sizeof(REAL)), may_alias));

// Element r is the sum of the lanes of rows[r] as a balanced tree, lanes l and l + 8, then l and l + 4, and so on: the order
// of wb_dot. Each level folds two vectors into one, and the last one leaves the rows in their order.
WB_INLINE void F(tree_sums)(F(row16) *sums, const F(row16) rows[16]) {
  F(row16) eights[8], fours[4], twos[2];
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) {
    F(row16) a = rows[i], b = rows[i + 8];
    eights[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
                __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  }
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 4; i++) {
    F(row16) a = eights[i], b = eights[i + 4];
    fours[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27) +
               __builtin_shufflevector(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
  }
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 2; i++) {
    F(row16) a = fours[i], b = fours[i + 2];
    twos[i] = __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
              __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  }
  F(row16) a = twos[0], b = twos[1];
  *sums = __builtin_shufflevector(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30) +
          __builtin_shufflevector(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
}

// Sixteen rows at a time. `vectors`: those of a row.
WB_INLINE void F(picked_times)(REAL *out, const wb_picked_rows *picked, const REAL *x, long count, long width,
                               long vectors) {
  const REAL *table = picked->values;
  const int32_t *index = picked->index;
  REAL factor[WB_PICKED_WIDTH];
  for (long c = 0; c < 16 * vectors; c++) factor[c] = c < width ? x[c] : 0;
  for (long first = 0; first < count; first += 16) {
    F(row16) rows[16];
    for (long r = 0; r < 16; r++) {
      // The last row stands in for those beyond it.
      const REAL *row = table + index[first + r < count ? first + r : count - 1] * picked->pitch;
      F(row16) sum = 0;
      for (long v = 0; v < vectors; v++) sum += *(const F(row16) *)(row + 16 * v) * *(const F(row16) *)(factor + 16 * v);
      rows[r] = sum;
    }
    F(row16) sums;
    F(tree_sums)(&sums, rows);
    if (first + 16 <= count) *(F(row16) *)(out + first) = sums;
    else memcpy(out + first, &sums, (size_t)(count - first) * sizeof(REAL));
  }
}

WB_CLONES void F(wb_picked_times)(REAL *out, const wb_picked_rows *picked, const REAL *x, long count, long width) {
  switch ((width + 15) / 16) {
    case 1: F(picked_times)(out, picked, x, count, width, 1); break;
    case 2: F(picked_times)(out, picked, x, count, width, 2); break;
    case 3: F(picked_times)(out, picked, x, count, width, 3); break;
    case 4: F(picked_times)(out, picked, x, count, width, 4); break;
    default: F(picked_times)(out, picked, x, count, width, (width + 15) / 16);
  }
}

// Columns [column, column + 16 vectors) of the sum.
WB_INLINE void F(picked_sum)(REAL *out, const wb_picked_rows *picked, const REAL *x, long count, long width,
                             long column, long vectors) {
  const REAL *table = picked->values;
  const int32_t *index = picked->index;
  F(row16) sum[4] = {0};
  for (long i = 0; i < count; i++) {
    const REAL *row = table + index[i] * picked->pitch + column;
    for (long v = 0; v < vectors; v++) sum[v] += x[i] * *(const F(row16) *)(row + 16 * v);
  }
  long rest = width - column < 16 * vectors ? width - column : 16 * vectors;
  memcpy(out + column, sum, (size_t)rest * sizeof(REAL));
}

WB_CLONES void F(wb_picked_transposed_times)(REAL *out, const wb_picked_rows *picked, const REAL *x, long count,
                                             long width) {
  for (long column = 0; column < width; column += 64) {
    switch ((width - column + 15) / 16) {
      case 1: F(picked_sum)(out, picked, x, count, width, column, 1); break;
      case 2: F(picked_sum)(out, picked, x, count, width, column, 2); break;
      case 3: F(picked_sum)(out, picked, x, count, width, column, 3); break;
      default: F(picked_sum)(out, picked, x, count, width, column, 4);
    }
  }
}
