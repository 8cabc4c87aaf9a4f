// Matrix products for sizes where a call of BLAS costs more than the arithmetic. Every element is the sum over k from
// zero, in order, in its own accumulator: its bits depend on its row of a and its column of b alone.
#include "CKernels.h"
#include "clones.h"

#include "real_f64.h"
#include "transpose_template.h"
#include "products_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "transpose_template.h"
#include "products_template.h"
#include "real_end.h"
