// Rows picked by index, and their transpose: rows added by index.
#include <sys/mman.h>

#include "CKernels.h"
#include "clones.h"

#define ROWS(real, suffix)                                                                                    \
  WB_CLONES void wb_gather_rows_##suffix(real *out, const real *in, const int32_t *index, long rows_out,      \
                                         long draws) {                                                        \
    if (draws == 1) {                                                                                         \
      for (long i = 0; i < rows_out; i++) out[i] = in[index[i]];                                              \
      return;                                                                                                 \
    }                                                                                                         \
    for (long i = 0; i < rows_out; i++, out += draws) {                                                       \
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

// To the second level alone: what the first one waits for is few, and would keep the step that is under way waiting.
void wb_ask_for_rows(const void *table, long pitch, long width, const int32_t *index, long n) {
  for (long i = 0; i < n; i++) {
    const char *row = (const char *)table + index[i] * pitch;
    for (long byte = 0; byte < width; byte += 64) __builtin_prefetch(row + byte, 0, 2);
  }
}

// Rows lie anywhere in a table: with pages of two megabytes, where the system has them, their addresses are soon found.
void wb_prefer_large_pages(void *memory, long bytes) {
#ifdef MADV_HUGEPAGE
  madvise(memory, (size_t)bytes, MADV_HUGEPAGE);
#else
  (void)memory, (void)bytes;
#endif
}
