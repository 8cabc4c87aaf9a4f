// Products with a matrix that is mostly zeros, by walking the others.
#include "CKernels.h"
#include "clones.h"

typedef _Bool sixteen_flags __attribute__((ext_vector_type(16)));
// Sixteen comparisons as the bits of a number.
#define MASK_OF(comparison) \
  ((unsigned)__builtin_bit_cast(unsigned short, __builtin_convertvector(comparison, sixteen_flags)))

#include "real_f64.h"
#include "transpose_template.h"
#include "sparse_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "transpose_template.h"
#include "sparse_template.h"
#include "real_end.h"
