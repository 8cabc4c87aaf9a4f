// Loops of the unary functions. Template over REAL.

#define SIMPLE(name)                                                       \
  WB_CLONES void F(wb_##name)(REAL *out, const REAL *in, long n) {         \
    WB_ELEMENTWISE                                                         \
    for (long i = 0; i < n; i++) out[i] = F(name)(in[i]);                  \
  }

// Where one element costs many instructions the remainder goes through a padded block: a whole vector takes as long as
// one scalar, and rows of a few elements are the rule.
#define COSTLY(name)                                                       \
  WB_CLONES void F(wb_##name)(REAL *out, const REAL *in, long n) {         \
    long whole = n & ~(long)(BLOCK - 1);                                   \
    WB_IN_FOURS(whole, BLOCK, out[i] = F(name)(in[i]);)                    \
    if (whole == n) return;                                                \
    REAL block[BLOCK] = {0};                                               \
    for (long i = whole; i < n; i++) block[i - whole] = in[i];             \
    WB_ELEMENTWISE_BLOCK                                                   \
    for (long i = 0; i < BLOCK; i++) block[i] = F(name)(block[i]);         \
    for (long i = whole; i < n; i++) out[i] = block[i - whole];            \
  }

SIMPLE(negate)
SIMPLE(square)
SIMPLE(abs)
SIMPLE(sign)
SIMPLE(relu)
SIMPLE(step)
SIMPLE(sqrt)
SIMPLE(reciprocal)
COSTLY(exp)
COSTLY(log)
COSTLY(log1p)
COSTLY(expm1)
COSTLY(tanh)
COSTLY(sigmoid)
COSTLY(softplus)

// Both from one exponential; written out, because two calls would not share it.
WB_INLINE void F(softplus_sigmoid)(REAL x, REAL *softplus, REAL *sigmoid) {
  REAL e = F(exp_of_negative)(-REAL_ABS(x));
  *softplus = (x < 0 ? 0 : x) + F(log1p_of_share)(e);
  *sigmoid = (x < 0 ? e : 1) / (1 + e);
}

WB_CLONES void F(wb_softplus_sigmoid)(REAL *softplus, REAL *sigmoid, const REAL *in, long n) {
  long whole = n & ~(long)(BLOCK - 1);
  WB_IN_FOURS(whole, BLOCK, F(softplus_sigmoid)(in[i], &softplus[i], &sigmoid[i]);)
  for (long i = whole; i < n; i++) F(softplus_sigmoid)(in[i], &softplus[i], &sigmoid[i]);
}

#undef SIMPLE
#undef COSTLY
