// Sums, products and maxima along one axis, in a pattern that depends on the summed length alone.
#include "CKernels.h"
#include "clones.h"

#define LANES 16

#include "real_f64.h"
#include "tree_template.h"
#include "reductions_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "tree_template.h"
#include "reductions_template.h"
#include "real_end.h"
