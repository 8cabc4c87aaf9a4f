// One update of Adam (Kingma and Ba 2015, algorithm 1), uphill. The gradient's moments are read and written in place.
#include "CKernels.h"
#include "clones.h"

#define ADAM(real, suffix, root)                                                                               \
  WB_CLONES void wb_adam_##suffix(real *x, real *first, real *second, const real *gradient, long n, real rate, \
                                  real beta1, real beta2, real first_correction, real second_correction,       \
                                  real epsilon) {                                                              \
    WB_ELEMENTWISE for (long i = 0; i < n; i++) {                                                              \
      real g = gradient[i];                                                                                    \
      real m = beta1 * first[i] + (1 - beta1) * g;                                                             \
      real v = beta2 * second[i] + (1 - beta2) * g * g;                                                        \
      first[i] = m;                                                                                            \
      second[i] = v;                                                                                           \
      x[i] += rate * m * first_correction / (root(v * second_correction) + epsilon);                           \
    }                                                                                                          \
  }

ADAM(double, f64, __builtin_sqrt)
ADAM(float, f32, __builtin_sqrtf)
