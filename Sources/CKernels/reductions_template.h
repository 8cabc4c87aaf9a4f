// Reductions in sixteen lanes. Template over REAL.

// A value, or a vector of neighbouring columns: every width does the same to each column.
typedef REAL F(wide1);
typedef REAL F(wide2) __attribute__((ext_vector_type(2), aligned(sizeof(REAL)), may_alias));
typedef REAL F(wide4) __attribute__((ext_vector_type(4), aligned(sizeof(REAL)), may_alias));
typedef REAL F(wide8) __attribute__((ext_vector_type(8), aligned(sizeof(REAL)), may_alias));
typedef REAL F(lanes) __attribute__((ext_vector_type(LANES), aligned(sizeof(REAL)), may_alias));

#define PLUS(a, b) ((a) + (b))

// Lanes l and l + 8, then l and l + 4, ... : a balanced tree.
#define TREE(combine, lane)                                                             \
  for (int span = LANES / 2; span > 0; span /= 2) {                                     \
    for (int l = 0; l < span; l++) (lane)[l] = combine((lane)[l], (lane)[l + span]);    \
  }

WB_INLINE REAL F(tree_sum)(const REAL *lanes) {
  REAL lane[LANES];
  memcpy(lane, lanes, sizeof lane);
  TREE(PLUS, lane)
  return lane[0];
}

WB_INLINE REAL F(sum)(const REAL *in, long n) {
  F(lanes) sums = 0;
  long i = 0;
  for (; i + LANES <= n; i += LANES) sums += *(const F(lanes) *)(in + i);
  REAL lane[LANES];
  memcpy(lane, &sums, sizeof lane);
  for (int l = 0; i < n; i++, l++) lane[l] += in[i];
  return F(tree_sum)(lane);
}

WB_CLONES REAL F(wb_sum)(const REAL *in, long n) { return F(sum)(in, n); }

WB_CLONES REAL F(wb_dot)(const REAL *a, const REAL *b, long n) {
  F(lanes) sums = 0;
  long i = 0;
  for (; i + LANES <= n; i += LANES) sums += *(const F(lanes) *)(a + i) * *(const F(lanes) *)(b + i);
  REAL lane[LANES];
  memcpy(lane, &sums, sizeof lane);
  for (int l = 0; i < n; i++, l++) lane[l] += a[i] * b[i];
  return F(tree_sum)(lane);
}

typedef UINT F(sixteen_bits) __attribute__((ext_vector_type(LANES)));

WB_CLONES void F(wb_sum_draws)(REAL *out, const REAL *in, long rows, long draws) {
  if (draws == 8) {
    // The usual number of samples: a count known to the compiler leaves no loop.
    for (long r = 0; r < rows; r++) out[r] = F(sum)(in + 8 * r, 8);
    return;
  }
  long r = 0, whole = draws & ~(long)(LANES - 1);
  if (draws > LANES / 2) {
    // A row's rest is read as a whole vector: there is a row after it, of as many numbers at least as are missing. What lies
    // beyond becomes zero, which adds nothing.
    F(sixteen_bits) rest;
    for (int l = 0; l < LANES; l++) rest[l] = whole + l < draws ? (UINT)-1 : 0;
    for (; r + LANES < rows; r += LANES) {
      F(sixteen) lanes[LANES], sums;
      for (int i = 0; i < LANES; i++) {
        const REAL *row = in + draws * (r + i);
        F(sixteen) lane = 0;
        for (long d = 0; d < whole; d += LANES) lane += *(const F(sixteen) *)(row + d);
        lanes[i] = lane + (F(sixteen))((F(sixteen_bits))*(const F(sixteen) *)(row + whole) & rest);
      }
      F(tree_sums)(&sums, lanes);
      *(F(sixteen) *)(out + r) = sums;
    }
  }
  for (; r < rows; r++) out[r] = F(sum)(in + draws * r, draws);
}

#define COLUMNS(width, combine, start)                                                        \
  for (; d + width <= draws; d += width) {                                                    \
    F(wide##width) lane[LANES];                                                               \
    for (int l = 0; l < LANES; l++) lane[l] = start;                                          \
    const REAL *row = in + d;                                                                 \
    long r = 0;                                                                               \
    for (; r + LANES <= rows; r += LANES) {                                                   \
      _Pragma("clang loop unroll(full)") for (int l = 0; l < LANES; l++, row += draws)        \
          lane[l] = combine(lane[l], *(const F(wide##width) *)row);                           \
    }                                                                                         \
    _Pragma("clang loop unroll(full)") for (int l = 0; l < LANES; l++, row += draws) {        \
      if (r + l < rows) lane[l] = combine(lane[l], *(const F(wide##width) *)row);             \
    }                                                                                         \
    _Pragma("clang loop unroll(full)") TREE(combine, lane)                                    \
    *(F(wide##width) *)(out + d) = lane[0];                                                   \
  }

WB_CLONES void F(wb_sum_rows)(REAL *out, const REAL *in, long rows, long draws) {
  if (draws == 1) {
    *out = F(sum)(in, rows);
    return;
  }
  long d = 0;
  COLUMNS(8, PLUS, 0)
  COLUMNS(4, PLUS, 0)
  COLUMNS(2, PLUS, 0)
  COLUMNS(1, PLUS, 0)
}

WB_INLINE REAL F(larger)(REAL a, REAL b) { return ((a > b) | (a != a)) ? a : b; }

WB_CLONES void F(wb_max_rows)(REAL *out, const REAL *in, long rows, long draws) {
  if (draws == 1) {
    REAL lane[LANES];
    for (int l = 0; l < LANES; l++) lane[l] = -(REAL)__builtin_inf();
    long r = 0;
    for (; r + LANES <= rows; r += LANES) {
      for (int l = 0; l < LANES; l++) lane[l] = F(larger)(lane[l], in[r + l]);
    }
    for (int l = 0; r < rows; r++, l++) lane[l] = F(larger)(lane[l], in[r]);
    TREE(F(larger), lane)
    *out = lane[0];
    return;
  }
  for (long d = 0; d < draws; d++) out[d] = -(REAL)__builtin_inf();
  for (long r = 0; r < rows; r++, in += draws) {
    WB_ELEMENTWISE for (long d = 0; d < draws; d++) out[d] = F(larger)(out[d], in[d]);
  }
}

// x - x is zero for finite x alone, and NaN plus anything stays NaN.
WB_CLONES int F(wb_all_finite)(const REAL *in, long n) {
  F(lanes) sums = 0;
  long i = 0;
  for (; i + LANES <= n; i += LANES) {
    F(lanes) x = *(const F(lanes) *)(in + i);
    sums += x - x;
  }
  REAL rest = 0;
  for (; i < n; i++) rest += in[i] - in[i];
  for (int l = 0; l < LANES; l++) rest += sums[l];
  return rest == 0;
}

#undef PLUS
#undef TREE
#undef COLUMNS
