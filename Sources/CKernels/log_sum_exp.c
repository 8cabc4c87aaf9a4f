// log Σ exp over the rows of each column, in a pattern that depends on the number of rows alone.
#include "CKernels.h"
#include "clones.h"

#define LANES 16

#include "real_f64.h"
#include "elementary_template.h"
#include "log_sum_exp_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "elementary_template.h"
#include "log_sum_exp_template.h"
#include "real_end.h"
