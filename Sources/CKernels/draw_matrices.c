// Products, factors and solutions of matrices that each draw has for itself.
#include "CKernels.h"
#include "clones.h"

#include "real_f64.h"
#include "elementary_template.h"
#include "draw_matrices_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "elementary_template.h"
#include "draw_matrices_template.h"
#include "real_end.h"
