// Products with rows that are picked from a table by index and read where they lie.
#include "CKernels.h"
#include "clones.h"

#include "real_f64.h"
#include "tree_template.h"
#include "picked_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "tree_template.h"
#include "picked_template.h"
#include "real_end.h"
