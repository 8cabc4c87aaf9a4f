// Products with unit lower triangles I + T, whose strict part T[size, size] is packed row by row: row i holds i elements, from
// i (i - 1) / 2 on. Zeros are neither stored nor multiplied. Every element is a sum in the order of the dense product, in its
// own accumulator, so its bits are the same in every tile, and alone as in lanes.
#include "CKernels.h"
#include "clones.h"

// Where row i of a packed strict triangle starts.
#define PACKED(i) ((i) * ((i) - 1) / 2)

#include "real_f64.h"
#include "transpose_template.h"
#include "triangles_template.h"
#include "triangle_lanes_template.h"
#include "triangle_kernels_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "transpose_template.h"
#include "triangles_template.h"
#include "triangle_lanes_template.h"
#include "triangle_kernels_template.h"
#include "real_end.h"
