// One update of Adam (Kingma and Ba 2015, algorithm 1), uphill. The gradient's moments are read and written in place.
#include "CKernels.h"
#include "clones.h"

#define MOST_LANES 64

#define MOVE(root, rate, first_correction, second_correction)                            \
  {                                                                                      \
    m = beta1 * m + (1 - beta1) * g;                                                     \
    v = beta2 * v + (1 - beta2) * g * g;                                                 \
    step = rate * m * first_correction / (root(v * second_correction) + epsilon);        \
  }

#define ADAM(real, suffix, root)                                                                                \
  WB_CLONES void wb_adam_##suffix(real *x, real *first, real *second, const real *gradient, long rows,          \
                                  long lanes, const real *rates, const double *powers1, const double *powers2,  \
                                  real beta1, real beta2, real epsilon) {                                       \
    real first_correction[MOST_LANES], second_correction[MOST_LANES];                                           \
    for (long l = 0; l < lanes; l++) {                                                                          \
      first_correction[l] = (real)(1 / (1 - powers1[l]));                                                       \
      second_correction[l] = (real)(1 / (1 - powers2[l]));                                                      \
    }                                                                                                           \
    if (lanes == 1) {                                                                                           \
      real rate = rates[0], c1 = first_correction[0], c2 = second_correction[0];                                \
      WB_ELEMENTWISE for (long i = 0; i < rows; i++) {                                                          \
        real g = gradient[i], m = first[i], v = second[i], step;                                                \
        MOVE(root, rate, c1, c2)                                                                                \
        first[i] = m;                                                                                           \
        second[i] = v;                                                                                          \
        x[i] += step;                                                                                           \
      }                                                                                                         \
      return;                                                                                                   \
    }                                                                                                           \
    for (long i = 0; i < rows; i++, x += lanes, first += lanes, second += lanes, gradient += lanes) {           \
      WB_ELEMENTWISE for (long l = 0; l < lanes; l++) {                                                   \
        real g = gradient[l], m = first[l], v = second[l], step;                                                \
        MOVE(root, rates[l], first_correction[l], second_correction[l])                                         \
        first[l] = m;                                                                                           \
        second[l] = v;                                                                                          \
        x[l] += step;                                                                                           \
      }                                                                                                         \
    }                                                                                                           \
  }

ADAM(double, f64, __builtin_sqrt)
ADAM(float, f32, __builtin_sqrtf)
