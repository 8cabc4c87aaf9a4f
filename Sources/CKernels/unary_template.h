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
    WB_ELEMENTWISE_BLOCK                                                   \
    for (long i = 0; i < whole; i++) out[i] = F(name)(in[i]);              \
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

#undef SIMPLE
#undef COSTLY
