// E[softplus(x)], E[sigmoid(x)] and E[sigmoid'(x)] for x ~ N(mean, variance), for every mean and variance.
//
// log(1 + exp(x)) = max(x, 0) + log(1 + y) with y = exp(-|x|), and E[max(x, 0)] is closed. The alternating series of
// log(1 + y) in powers of y, y in [0, 1], is cut after n terms with the weights of Cohen, Rodriguez Villegas and Zagier (2000,
// algorithm 1): what is left is below 2 / (3 + sqrt(8))^n, 1e-11 in single and 5e-18 in double precision, and n or n^2 times that
// for its derivatives. The moments that the powers come to are closed, for either sign of x:
//
//   E[exp(-k x); x > 0] = exp(k^2 variance / 2 - k mean) Phi(mean / sd - k sd) = exp(-a^2) erfcx(k b - a) / 2
//
// with a = mean / (sd sqrt(2)) and b = sd / sqrt(2).
#include "CKernels.h"
#include "clones.h"

#include "real_f64.h"
#include "elementary_template.h"
// Terms with the first, k = 0, which is Phi(mean / sd).
#define TERMS 24
#include "erfcx_f64.h"
#define SERIES \
  TERM(1.0, 1) TERM(-0.99999999999999478, 2) TERM(0.99999999999907574, 3)                         \
  TERM(-0.99999999993474109, 4) TERM(0.99999999754516888, 5) TERM(-0.99999994306292317, 6)      \
  TERM(0.99999911097044303, 7) TERM(-0.9999900951112628, 8) TERM(0.99991796823782086, 9)        \
  TERM(-0.99947954998748767, 10) TERM(0.99741206181749542, 11) TERM(-0.98973282004323815, 12)   \
  TERM(0.9670289747976083, 13) TERM(-0.9132383260618081, 14) TERM(0.81077994751742677, 15)      \
  TERM(-0.65391263691844304, 16) TERM(0.46162367553904354, 17) TERM(-0.27447613023930717, 18)   \
  TERM(0.13188752429665085, 19) TERM(-0.048727739891972231, 20) TERM(0.012905063533033742, 21)  \
  TERM(-0.0021707423941183753, 22) TERM(0.00017365939152947003, 23)
#include "logistic_normal_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "elementary_template.h"
#define TERMS 16
#define ERFCX_CENTER 3.0f
static const float erfcx_polynomial_f32[] = {
  1.25300806f, -0.135621069f, -0.0475621569f, 0.129644114f, -0.119275275f, 0.0683165678f,
  -0.0237635764f, 0.00249911687f, 0.00187507912f, -0.000726453679f, -9.25451669e-05f, 7.73102422e-05f,
};
#define SERIES \
  TERM(1.0f, 1) TERM(-0.999999997f, 2) TERM(0.999999776f, 3) TERM(-0.999993268f, 4)              \
  TERM(0.999892863f, 5) TERM(-0.998960212f, 6) TERM(0.993307781f, 7) TERM(-0.969828453f, 8)    \
  TERM(0.900955756f, 9) TERM(-0.75600799f, 10) TERM(0.536297691f, 11) TERM(-0.298515982f, 12)  \
  TERM(0.119318172f, 13) TERM(-0.0299949564f, 14) TERM(0.0035288184f, 15)
#include "logistic_normal_template.h"
#include "real_end.h"
