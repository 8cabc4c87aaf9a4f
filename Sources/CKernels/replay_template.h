// The walk over a program's calls. Template over REAL.

// Eight lanes of a product of matrices that each lane has for itself.
typedef REAL F(vector) __attribute__((ext_vector_type(8), aligned(sizeof(REAL)), may_alias));

WB_INLINE REAL F(plus)(REAL a, REAL b) { return a + b; }
WB_INLINE REAL F(minus)(REAL a, REAL b) { return a - b; }
WB_INLINE REAL F(times)(REAL a, REAL b) { return a * b; }
WB_INLINE REAL F(over)(REAL a, REAL b) { return a / b; }
WB_INLINE REAL F(from)(REAL a, REAL b) { return b - a; }
WB_INLINE REAL F(same)(REAL x) { return x; }

// n results: whole vectors, then what is left one by one.
#define IN_BLOCKS(expression)                                                     \
  {                                                                               \
    long whole = n & ~(long)(BLOCK - 1);                                          \
    WB_ELEMENTWISE_BLOCK for (long i = 0; i < whole; i++) out[i] = expression;    \
    for (long i = whole; i < n; i++) out[i] = expression;                         \
  }

// The same for one of many rows, which may be short: eight and four of them before what is left.
#define IN_PARTS(expression)                                                      \
  {                                                                               \
    long whole = n & ~(long)(BLOCK - 1);                                          \
    WB_ELEMENTWISE_BLOCK for (long i = 0; i < whole; i++) out[i] = expression;    \
    PART(8, expression)                                                           \
    PART(4, expression)                                                           \
    for (long i = whole; i < n; i++) out[i] = expression;                         \
  }

#define PART(count, expression)                                                                 \
  if (BLOCK > count && whole + count <= n) {                                                    \
    WB_ELEMENTWISE_BLOCK for (long i = whole; i < whole + count; i++) out[i] = expression;      \
    whole += count;                                                                             \
  }

// The rows of an elementwise call. An inner extent that is padded is a whole number of vectors.
#define ROWS_OF(body)                                                                          \
  for (long i = 0; i < call->extent[0]; i++) {                                                 \
    REAL *out = arena + call->out + i * call->extent[1] * call->extent[2];                     \
    const REAL *a = arena + call->a + i * call->a_stride[0];                                   \
    const REAL *b = arena + call->b + i * call->b_stride[0];                                   \
    for (long j = 0; j < call->extent[1];                                                      \
         j++, out += call->extent[2], a += call->a_stride[1], b += call->b_stride[1]) {        \
      body                                                                                     \
    }                                                                                          \
  }

#define LOOPS(name)                                             \
  if (call->a_stride[2] && call->b_stride[2]) {                 \
    ROWS_OF(IN_PARTS(F(name)(a[i], b[i])))                      \
  } else if (call->a_stride[2]) {                               \
    ROWS_OF(REAL fixed = *b; IN_PARTS(F(name)(a[i], fixed)))    \
  } else if (call->b_stride[2]) {                               \
    ROWS_OF(REAL fixed = *a; IN_PARTS(F(name)(fixed, b[i])))    \
  } else {                                                      \
    ROWS_OF(REAL fixed = F(name)(*a, *b); IN_PARTS(fixed))      \
  }

#define BINARY_CASE(kernel, name)                                                                \
  case 4 * kernel + WB_BOTH_MOVE: { OPERANDS IN_BLOCKS(F(name)(a[i], b[i])) break; }             \
  case 4 * kernel + WB_LEFT_MOVES: { OPERANDS REAL y = *b; IN_BLOCKS(F(name)(a[i], y)) break; }  \
  case 4 * kernel + WB_RIGHT_MOVES: { OPERANDS REAL x = *a; IN_BLOCKS(F(name)(x, b[i])) break; } \
  case 4 * kernel + WB_LOOPS: LOOPS(name) break;

// A product and a sum in one run: c moves or is a single number.
#define PRODUCT_SUM(x, y, sum)                                                     \
  if (call->c_stride) {                                                            \
    IN_BLOCKS(F(sum)((x) * (y), c[i]))                                             \
  } else {                                                                         \
    REAL z = *c;                                                                   \
    IN_BLOCKS(F(sum)((x) * (y), z))                                                \
  }

#define TERNARY_CASE(kernel, sum)                                                                   \
  case 4 * kernel + WB_BOTH_MOVE: { THREE_OPERANDS PRODUCT_SUM(a[i], b[i], sum) break; }            \
  case 4 * kernel + WB_LEFT_MOVES: { THREE_OPERANDS REAL y = *b; PRODUCT_SUM(a[i], y, sum) break; } \
  case 4 * kernel + WB_RIGHT_MOVES: { THREE_OPERANDS REAL x = *a; PRODUCT_SUM(x, b[i], sum) break; }

#define THREE_OPERANDS OPERANDS const REAL *c = arena + call->c;

#define OPERANDS                     \
  REAL *out = arena + call->out;     \
  const REAL *a = arena + call->a;   \
  const REAL *b = arena + call->b;   \
  (void)a, (void)b;

// Unary calls are contiguous: one row.
#define CHEAP_CASE(kernel, name)     \
  case 4 * kernel: {                 \
    REAL *out = arena + call->out;   \
    const REAL *a = arena + call->a; \
    IN_BLOCKS(F(name)(a[i]))         \
    break;                           \
  }

// Where one element costs many instructions, what is left of a row goes through a padded vector.
#define COSTLY_CASE(kernel, name)                                                           \
  case 4 * kernel: {                                                                        \
    REAL *out = arena + call->out;                                                          \
    const REAL *a = arena + call->a;                                                        \
    long whole = n & ~(long)(BLOCK - 1);                                                    \
    WB_IN_FOURS(whole, BLOCK, out[i] = F(name)(a[i]);)                                      \
    if (whole < n) {                                                                        \
      REAL block[BLOCK] = {0};                                                              \
      for (long i = whole; i < n; i++) block[i - whole] = a[i];                             \
      WB_ELEMENTWISE_BLOCK for (long i = 0; i < BLOCK; i++) block[i] = F(name)(block[i]);   \
      for (long i = whole; i < n; i++) out[i] = block[i - whole];                           \
    }                                                                                       \
    break;                                                                                  \
  }

#define KERNEL_CASE(kernel, name) \
  case 4 * kernel: F(wb_##name)(arena + call->out, arena + call->a, n); break;

// Where one element is a loop of its own.
#define LONG_CASE(kernel, name)                                                                                     \
  case 4 * kernel + WB_BOTH_MOVE:                                                                                   \
  case 4 * kernel + WB_LEFT_MOVES:                                                                                  \
  case 4 * kernel + WB_RIGHT_MOVES:                                                                                 \
  case 4 * kernel + WB_LOOPS:                                                                                       \
    ROWS_OF(F(wb_##name)(out, 1, call->extent[2], a, 0, call->a_stride[2], b, 0, call->b_stride[2]);)               \
    break;

#define TRIANGLE_CASE(kernel, name)                                                                            \
  case 4 * kernel:                                                                                             \
    F(wb_##name)(arena + call->out, arena + call->a, arena + call->b, call->extent[0], call->extent[1], lanes, \
                 call->a_stride[2], call->b_stride[2]);                                                        \
    break;

// out[m, n, lane] = the sum over k of a b, each lane for itself: a column of vectors at a time, four wide where there are.
#define CONTRACT_COLUMNS(width)                                                                                 \
  for (; column + width <= columns; column += width) {                                                          \
    F(vector) sum[width];                                                                                       \
    for (int c = 0; c < width; c++) sum[c] = 0;                                                                 \
    const REAL *x = a + row * call->a_stride[0], *y = b + column * call->b_stride[1];                           \
    for (long k = 0; k < depth; k++, x += call->a_stride[1], y += call->b_stride[0]) {                          \
      F(vector) left = call->a_stride[2] ? *(const F(vector) *)(x + lane) : (F(vector))*x;                      \
      _Pragma("clang loop unroll(full)") for (int c = 0; c < width; c++) {                                      \
        const REAL *z = y + c * call->b_stride[1];                                                              \
        sum[c] += left * (call->b_stride[2] ? *(const F(vector) *)(z + lane) : (F(vector))*z);                  \
      }                                                                                                         \
    }                                                                                                           \
    for (int c = 0; c < width; c++) *(F(vector) *)(out + (row * columns + column + c) * lanes + lane) = sum[c]; \
  }

WB_INLINE void F(contract)(const wb_call *call, REAL *arena, long lanes) {
  REAL *out = arena + call->out;
  const REAL *a = arena + call->a, *b = arena + call->b;
  long rows = call->extent[0], depth = call->extent[1], columns = call->extent[2];
  for (long lane = 0; lane < lanes; lane += 8) {
    for (long row = 0; row < rows; row++) {
      long column = 0;
      CONTRACT_COLUMNS(4)
      CONTRACT_COLUMNS(1)
    }
  }
}

// Functions of one number at a time, and matrices of each draw.
static void F(other)(const wb_call *call, REAL *arena) {
  if (call->kernel >= WB_DRAW_PRODUCT) {
    F(wb_draw_matrices)(call, arena);
  } else if (call->kernel >= WB_BETA_I) {
    F(wb_special_of_three)(call->kernel, arena + call->out, arena + call->a, call->extent[2]);
  } else if (call->kernel >= WB_POWER) {
    ROWS_OF(F(wb_special_of_two)(call->kernel, out, 1, call->extent[2], a, 0, call->a_stride[2], b, 0, call->b_stride[2]);)
  } else {
    F(wb_special)(call->kernel, arena + call->out, arena + call->a, call->extent[2]);
  }
}

WB_CLONES void F(wb_replay)(const wb_call *calls, long count, REAL *arena, const int32_t *indices, long lanes,
                            const wb_picked_rows *picked) {
  for (const wb_call *call = calls; call < calls + count; call++) {
    long n = call->extent[2];
    if (call->padded) n = (n + BLOCK - 1) & ~(long)(BLOCK - 1);
    switch (4 * call->kernel + call->walk) {
      CHEAP_CASE(WB_NEGATE, negate)
      COSTLY_CASE(WB_EXP, exp)
      COSTLY_CASE(WB_LOG, log)
      COSTLY_CASE(WB_LOG1P, log1p)
      COSTLY_CASE(WB_EXPM1, expm1)
      CHEAP_CASE(WB_SQRT, sqrt)
      CHEAP_CASE(WB_SQUARE, square)
      CHEAP_CASE(WB_RECIPROCAL, reciprocal)
      COSTLY_CASE(WB_TANH, tanh)
      COSTLY_CASE(WB_SIGMOID, sigmoid)
      COSTLY_CASE(WB_SOFTPLUS, softplus)
      KERNEL_CASE(WB_SIN, sin)
      KERNEL_CASE(WB_COS, cos)
      CHEAP_CASE(WB_ABS, abs)
      CHEAP_CASE(WB_SIGN, sign)
      CHEAP_CASE(WB_RELU, relu)
      CHEAP_CASE(WB_STEP, step)
      KERNEL_CASE(WB_LOG_GAMMA, log_gamma)
      KERNEL_CASE(WB_DIGAMMA, digamma)
      KERNEL_CASE(WB_TRIGAMMA, trigamma)
      case 4 * WB_SOFTPLUS_SIGMOID: F(wb_softplus_sigmoid)(arena + call->out, arena + call->b, arena + call->a, n); break;
      BINARY_CASE(WB_ADD, plus)
      BINARY_CASE(WB_SUBTRACT, minus)
      BINARY_CASE(WB_MULTIPLY, times)
      BINARY_CASE(WB_DIVIDE, over)
      TERNARY_CASE(WB_MULTIPLY_ADD, plus)
      TERNARY_CASE(WB_MULTIPLY_SUBTRACT, minus)
      TERNARY_CASE(WB_SUBTRACT_PRODUCT, from)
      LONG_CASE(WB_MAXIMUM, maximum)
      LONG_CASE(WB_MINIMUM, minimum)
      LONG_CASE(WB_MEAN_SOFTPLUS, mean_softplus)
      LONG_CASE(WB_MEAN_SIGMOID, mean_sigmoid)
      LONG_CASE(WB_MEAN_SIGMOID_SLOPE, mean_sigmoid_slope)
      case 4 * WB_COPY + WB_BOTH_MOVE: { OPERANDS IN_BLOCKS(a[i]) break; }
      case 4 * WB_COPY + WB_RIGHT_MOVES: { OPERANDS REAL x = *a; IN_BLOCKS(x) break; }
      case 4 * WB_COPY + WB_LOOPS:
        if (call->a_stride[2]) {
          ROWS_OF((void)b; IN_PARTS(a[i]))
        } else {
          ROWS_OF((void)b; REAL fixed = *a; IN_PARTS(fixed))
        }
        break;
      case 4 * WB_SUM:
        if (call->extent[2] == 1) {
          F(wb_sum_draws)(arena + call->out, arena + call->a, call->extent[0], call->extent[1]);
          break;
        }
        for (long i = 0; i < call->extent[0]; i++) {
          F(wb_sum_rows)(arena + call->out + i * call->extent[2],
                         arena + call->a + i * call->extent[1] * call->extent[2], call->extent[1], call->extent[2]);
        }
        break;
      case 4 * WB_LOG_SUM_EXP:
        F(wb_log_sum_exp_columns)(arena + call->out, arena + call->a, call->extent[0], call->extent[1], call->extent[2]);
        break;
      case 4 * WB_GATHER:
        F(wb_gather_rows)(arena + call->out, arena + call->a, indices + call->index, call->extent[0], call->extent[1]);
        break;
      case 4 * WB_SCATTER:
        memset(arena + call->out, 0, (size_t)(call->extent[1] * (long)call->extent[2]) * sizeof(REAL));
        F(wb_scatter_add_rows)(arena + call->out, arena + call->a, indices + call->index, call->extent[0],
                               call->extent[1]);
        break;
      case 4 * WB_PRODUCT_NN:
        F(wb_matmul_nn)(arena + call->out, arena + call->a, arena + call->b, call->extent[0], call->extent[1],
                        call->extent[2]);
        break;
      case 4 * WB_PRODUCT_TN:
        F(wb_matmul_tn)(arena + call->out, arena + call->a, arena + call->b, call->extent[0], call->extent[1],
                        call->extent[2]);
        break;
      case 4 * WB_PRODUCT_NT:
        F(wb_matmul_nt)(arena + call->out, arena + call->a, arena + call->b, call->extent[0], call->extent[1],
                        call->extent[2]);
        break;
      case 4 * WB_INVERSE:
        F(wb_inverse)(arena + call->out, arena + call->a, arena + call->b, call->extent[0], lanes);
        break;
      case 4 * WB_LOG_DETERMINANT:
        F(wb_log_determinant)(arena + call->out, arena + call->a, arena + call->b, call->extent[0], lanes);
        break;
      case 4 * WB_CONTRACT: F(contract)(call, arena, lanes); break;
      TRIANGLE_CASE(WB_UNIT_LOWER_TIMES, unit_lower_times)
      TRIANGLE_CASE(WB_UNIT_UPPER_TIMES, unit_upper_times)
      TRIANGLE_CASE(WB_STRICT_OUTER, strict_outer)
      case 4 * WB_COMPOSE_UNIT_LOWER:
        F(wb_compose_unit_lower)(arena + call->out, arena + call->a, arena + call->b, call->extent[0], lanes,
                                 call->a_stride[2], call->b_stride[2]);
        break;
      case 4 * WB_PICKED_TIMES:
        F(wb_picked_times)(arena + call->out, picked + call->index, arena + call->b, call->extent[0], call->extent[1]);
        break;
      case 4 * WB_PICKED_TRANSPOSED_TIMES:
        F(wb_picked_transposed_times)(arena + call->out, picked + call->index, arena + call->b, call->extent[0],
                                      call->extent[1]);
        break;
      default: F(other)(call, arena);
    }
  }
}

#undef IN_BLOCKS
#undef IN_PARTS
#undef PART
#undef ROWS_OF
#undef LOOPS
#undef OPERANDS
#undef BINARY_CASE
#undef TERNARY_CASE
#undef PRODUCT_SUM
#undef THREE_OPERANDS
#undef CHEAP_CASE
#undef COSTLY_CASE
#undef KERNEL_CASE
#undef LONG_CASE
#undef TRIANGLE_CASE
#undef CONTRACT_COLUMNS
