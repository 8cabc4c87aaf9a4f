// Inverses and log-determinants of symmetric positive-definite matrices by Cholesky's factor.
#include "CKernels.h"
#include "clones.h"

#include "real_f64.h"
#include "elementary_template.h"
#include "positive_definite_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "elementary_template.h"
#include "positive_definite_template.h"
#include "real_end.h"
