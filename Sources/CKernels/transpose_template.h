// Transposition in tiles of 16 x 16, held in registers. Template over REAL.

typedef REAL F(tile_row) __attribute__((ext_vector_type(16), aligned(sizeof(REAL)), may_alias));

#define LOW(a, b) \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define HIGH(a, b) \
  __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)

// Four times row i interleaved with row i + 8: each turns the bits of (row, column) by one place.
WB_INLINE void F(transpose_tile)(F(tile_row) tile[16]) {
  _Pragma("clang loop unroll(full)") for (int turn = 0; turn < 4; turn++) {
    F(tile_row) next[16];
    _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) {
      next[2 * i] = LOW(tile[i], tile[i + 8]);
      next[2 * i + 1] = HIGH(tile[i], tile[i + 8]);
    }
    _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i++) tile[i] = next[i];
  }
}

// out[c * out_stride + r] = in[r * in_stride + c] for up to 16 rows and any number of columns.
WB_INLINE void F(transpose_band)(REAL *out, long out_stride, const REAL *in, long in_stride, long rows,
                                 long columns) {
  long c = 0;
  if (rows == 16) {
    for (; c + 16 <= columns; c += 16) {
      F(tile_row) tile[16];
      for (int r = 0; r < 16; r++) tile[r] = *(const F(tile_row) *)(in + r * in_stride + c);
      F(transpose_tile)(tile);
      for (int j = 0; j < 16; j++) *(F(tile_row) *)(out + (c + j) * out_stride) = tile[j];
    }
  }
  for (; c < columns; c++) {
    for (long r = 0; r < rows; r++) out[c * out_stride + r] = in[r * in_stride + c];
  }
}

#undef LOW
#undef HIGH
