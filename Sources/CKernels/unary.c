// Elementwise functions of one array.
#include "CKernels.h"
#include "clones.h"

#include "real_f64.h"
#include "elementary_template.h"
#include "unary_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "elementary_template.h"
#include "unary_template.h"
#include "real_end.h"
