// Transposition of matrices that lie in larger ones.
#include "CKernels.h"
#include "clones.h"

#include "real_f64.h"
#include "transpose_template.h"
#define TRANSPOSE                                                                                           \
  WB_CLONES void F(wb_transpose)(REAL *out, long out_stride, const REAL *in, long in_stride, long rows,     \
                                 long columns) {                                                            \
    for (long r = 0; r < rows; r += 16) {                                                                   \
      F(transpose_band)(out + r, out_stride, in + r * in_stride, in_stride, rows - r < 16 ? rows - r : 16, \
                        columns);                                                                           \
    }                                                                                                       \
  }
TRANSPOSE
#include "real_end.h"

#include "real_f32.h"
#include "transpose_template.h"
TRANSPOSE
#include "real_end.h"
