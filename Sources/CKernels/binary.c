// Elementwise arithmetic of two arrays, each of shape [rows, draws] or broadcast to it.
#include "CKernels.h"
#include "clones.h"

// Whether an operand can be walked as one run of rows * draws elements: contiguous, or a single number. With one draw
// the draw stride means nothing.
#define IS_FLAT(row, draw, draws) \
  ((draws) == 1 ? (row) <= 1 : ((row) == 0 && (draw) == 0) || ((row) == (draws) && (draw) == 1))
#define FLAT_STEP(row, draw) ((row) != 0)

#include "real_f64.h"
#include "binary_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "binary_template.h"
#include "real_end.h"
