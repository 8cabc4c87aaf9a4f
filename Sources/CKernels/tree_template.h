// Sums of sixteen lanes, for sixteen rows at once. Template over REAL.

typedef REAL F(sixteen) __attribute__((ext_vector_type(16), aligned(sizeof(REAL)), may_alias));

// Element r is the sum of the lanes of rows[r] as a balanced tree, lanes l and l + 8, then l and l + 4, and so on: the order
// of wb_dot. Each level folds two vectors into one, and the last one leaves the rows in their order.
WB_INLINE void F(tree_sums)(F(sixteen) *sums, const F(sixteen) rows[16]) {
  F(sixteen) eights[8], fours[4], twos[2];
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) {
    F(sixteen) a = rows[i], b = rows[i + 8];
    eights[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
                __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  }
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 4; i++) {
    F(sixteen) a = eights[i], b = eights[i + 4];
    fours[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27) +
               __builtin_shufflevector(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
  }
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 2; i++) {
    F(sixteen) a = fours[i], b = fours[i + 2];
    twos[i] = __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
              __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  }
  F(sixteen) a = twos[0], b = twos[1];
  *sums = __builtin_shufflevector(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30) +
          __builtin_shufflevector(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
}
