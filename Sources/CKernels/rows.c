// Rows picked by index, and their transpose: rows added by index.
#include <stddef.h>

#include "CKernels.h"
#include "clones.h"

// Rows lie anywhere in memory: those that come next are asked for in time.
#define AHEAD 8

#define ROWS(real, suffix)                                                                                    \
  WB_CLONES void wb_gather_rows_##suffix(real *out, const real *in, const int32_t *index, long rows_out,      \
                                         long draws) {                                                        \
    if (draws == 1) {                                                                                         \
      for (long i = 0; i < rows_out; i++) out[i] = in[index[i]];                                              \
      return;                                                                                                 \
    }                                                                                                         \
    for (long i = 0; i < rows_out; i++, out += draws) {                                                       \
      if (i + AHEAD < rows_out) {                                                                             \
        const char *next = (const char *)(in + (long)index[i + AHEAD] * draws);                               \
        for (size_t byte = 0; byte < (size_t)draws * sizeof(real); byte += 64) __builtin_prefetch(next + byte); \
      }                                                                                                       \
      const real *row = in + (long)index[i] * draws;                                                          \
      WB_ELEMENTWISE for (long d = 0; d < draws; d++) out[d] = row[d];                                        \
    }                                                                                                         \
  }                                                                                                           \
  WB_CLONES void wb_scatter_add_rows_##suffix(real *out, const real *in, const int32_t *index, long rows_in,  \
                                              long draws) {                                                   \
    if (draws == 1) {                                                                                         \
      for (long i = 0; i < rows_in; i++) out[index[i]] += in[i];                                              \
      return;                                                                                                 \
    }                                                                                                         \
    for (long i = 0; i < rows_in; i++, in += draws) {                                                         \
      real *row = out + (long)index[i] * draws;                                                               \
      WB_ELEMENTWISE for (long d = 0; d < draws; d++) row[d] += in[d];                                        \
    }                                                                                                         \
  }

ROWS(double, f64)
ROWS(float, f32)
