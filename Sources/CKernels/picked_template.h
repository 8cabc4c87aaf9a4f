// Products with picked rows. Template over REAL.

// Sixteen rows at a time. `vectors`: those of a row.
WB_INLINE void F(picked_times)(REAL *out, const wb_picked_rows *picked, const REAL *x, long count, long width,
                               long vectors) {
  const REAL *table = picked->values;
  const int32_t *index = picked->index;
  REAL factor[WB_PICKED_WIDTH];
  for (long c = 0; c < 16 * vectors; c++) factor[c] = c < width ? x[c] : 0;
  for (long first = 0; first < count; first += 16) {
    F(sixteen) rows[16];
    for (long r = 0; r < 16; r++) {
      // The last row stands in for those beyond it.
      const REAL *row = table + index[first + r < count ? first + r : count - 1] * picked->pitch;
      F(sixteen) sum = 0;
      for (long v = 0; v < vectors; v++) sum += *(const F(sixteen) *)(row + 16 * v) * *(const F(sixteen) *)(factor + 16 * v);
      rows[r] = sum;
    }
    F(sixteen) sums;
    F(tree_sums)(&sums, rows);
    if (first + 16 <= count) *(F(sixteen) *)(out + first) = sums;
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
  F(sixteen) sum[4] = {0};
  for (long i = 0; i < count; i++) {
    const REAL *row = table + index[i] * picked->pitch + column;
    for (long v = 0; v < vectors; v++) sum[v] += x[i] * *(const F(sixteen) *)(row + 16 * v);
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
