// log Σ exp, a block of columns at a time. Template over REAL.

// out[c] for `width` columns of `in`, `pitch` apart, whose rows are `stride` apart; the block's other columns repeat the first.
WB_INLINE void F(log_sum_exp_block)(REAL *out, const REAL *in, long rows, long stride, long pitch, long width) {
  long column[BLOCK];
  for (long c = 0; c < BLOCK; c++) column[c] = (c < width ? c : 0) * pitch;
  REAL shift[BLOCK], sum[LANES][BLOCK] = {{0}}, x[BLOCK];
  for (long c = 0; c < BLOCK; c++) shift[c] = -(REAL)__builtin_inf();
  for (long r = 0; r < rows; r++) {
    const REAL *row = in + r * stride;
    for (long c = 0; c < BLOCK; c++) {
      REAL value = row[column[c]];
      shift[c] = ((shift[c] > value) | (shift[c] != shift[c])) ? shift[c] : value;
    }
  }
  for (long c = 0; c < BLOCK; c++) shift[c] = F(shift)(shift[c]);
  for (long r = 0; r < rows; r++) {
    const REAL *row = in + r * stride;
    REAL *lane = sum[r % LANES];
    for (long c = 0; c < BLOCK; c++) x[c] = row[column[c]];
    WB_ELEMENTWISE_BLOCK for (long c = 0; c < BLOCK; c++) lane[c] += F(exp)(x[c] - shift[c]);
  }
  for (int span = LANES / 2; span > 0; span /= 2) {
    for (int l = 0; l < span; l++) {
      for (long c = 0; c < BLOCK; c++) sum[l][c] += sum[l + span][c];
    }
  }
  WB_ELEMENTWISE_BLOCK for (long c = 0; c < BLOCK; c++) x[c] = shift[c] + F(log)(sum[0][c]);
  for (long c = 0; c < width; c++) out[c] = x[c];
}

WB_CLONES void F(wb_log_sum_exp_rows)(REAL *out, const REAL *in, long rows, long draws) {
  for (long d = 0; d < draws; d += BLOCK) {
    long width = draws - d < BLOCK ? draws - d : BLOCK;
    // A width known to the compiler leaves plain loads.
    if (width == BLOCK) {
      F(log_sum_exp_block)(out + d, in + d, rows, draws, 1, BLOCK);
    } else {
      F(log_sum_exp_block)(out + d, in + d, rows, draws, 1, width);
    }
  }
}

WB_CLONES void F(wb_log_sum_exp_columns)(REAL *out, const REAL *in, long rows, long columns, long draws) {
  if (draws > 1) {
    for (long r = 0; r < rows; r++) F(wb_log_sum_exp_rows)(out + r * draws, in + r * columns * draws, columns, draws);
    return;
  }
  // A row is a column whose elements are neighbours.
  for (long r = 0; r < rows; r += BLOCK) {
    long width = rows - r < BLOCK ? rows - r : BLOCK;
    F(log_sum_exp_block)(out + r, in + r * columns, columns, 1, columns, width);
  }
}
