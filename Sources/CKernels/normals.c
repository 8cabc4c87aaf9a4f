// Standard normals by Box and Muller (1958), two from each block of Philox: the radius from words 0 and 1, the angle from 2 and 3.
//
// Both formats read the same blocks, so that a run in single precision sees the draws of one in double precision, but for what
// the high words alone and the roundings leave out.
#include "CKernels.h"
#include "clones.h"
#include "philox.h"

// Blocks of Philox per pass through the buffers.
#define CHUNK 64
// Lanes whose blocks are made together.
#define WIDEST 32

#include "real_f64.h"
#include "elementary_template.h"
#include "trigonometry.h"
#include "uniform.h"

#define WORD uint64_t
#define WORDS 4
static const int words_f64[] = {0, 1, 2, 3};

WB_INLINE void normal_pair_f64(double *first, double *second, const uint64_t *w, long stride) {
  // In (0, 1]: the logarithm must not see zero.
  double radius = REAL_SQRT(-2 * log_normal_f64(uniform(w[stride], w[0]) + 0x1p-53));
  double quarters = uniform(w[3 * stride], w[2 * stride]) * 4;
  double shifted = quarters + ROUND_TO_INTEGER;
  uint64_t quadrant = bits_f64(shifted);
  double angle = (quarters - (shifted - ROUND_TO_INTEGER)) * 0x1.921fb54442d18p+0;
  double sine = sin_quarter(angle, 0), cosine = cos_quarter(angle, 0);
  double x = quadrant & 1 ? sine : cosine, y = quadrant & 1 ? cosine : sine;
  x = from_bits_f64(bits_f64(x) ^ ((quadrant + 1) & 2) << 62);
  y = from_bits_f64(bits_f64(y) ^ (quadrant & 2) << 62);
  *first = radius * x;
  *second = radius * y;
}

#include "normals_template.h"
#undef WORD
#undef WORDS
#include "real_end.h"

#include "real_f32.h"
#include "elementary_template.h"

#define WORD uint32_t
#define WORDS 2
static const int words_f32[] = {1, 3};

// sin(r) and cos(r) for |r| <= pi/4: the polynomials of Cephes's sinf.c (S. L. Moshier 1989).
WB_INLINE float sin_quarter_f32(float r) {
  float z = r * r;
  return r + r * z * (-1.6666654611e-1f + z * (8.3321608736e-3f + z * -1.9515295891e-4f));
}

WB_INLINE float cos_quarter_f32(float r) {
  float z = r * r;
  return (1 - 0.5f * z) + z * z * (4.166664568298827e-2f + z * (-1.388731625493765e-3f + z * 2.443315711809948e-5f));
}

// Beside the formula at the middles of the words' intervals, over every third of the 2^32 words: 4.06 roundings of 2^-24 at most
// of the radius and 2.68 of the pair's direction, both relative to the radius.
WB_INLINE void normal_pair_f32(float *first, float *second, const uint32_t *w, long stride) {
  // u = (i + 1/2) 2^-31 of the top 31 bits, which signed conversions take: never zero, the largest radius is 6.66.
  uint32_t i = w[0] >> 1;
  float u = ((float)(int32_t)i + 0.5f) * 0x1p-31f;
  // 1 - u, which u itself is too coarse for where the radius is small.
  float rest = ((float)(int32_t)(i ^ 0x7fffffffu) + 0.5f) * 0x1p-31f;
  uint32_t shifted = bits_f32(u) + (ONE_BITS - SQRT_HALF_BITS);
  float k = from_small_integer_f32(shifted >> MANTISSA_BITS) - EXPONENT_BIAS;
  float m = from_bits_f32((shifted & MANTISSA_MASK) + SQRT_HALF_BITS);
  float radius = REAL_SQRT(-2 * log_assembled_f32(k, k == 0 ? -rest : m - 1, 0));
  // Quarters of a turn to the nearest integer, and what is left of them in 2^-30.
  uint32_t quarters = w[stride] + 0x20000000u;
  float left = (float)((int32_t)(quarters & 0x3fffffffu) - 0x20000000) + 0.5f;
  float angle = left * (0x1.921fb6p+0f * 0x1p-30f);
  float sine = sin_quarter_f32(angle), cosine = cos_quarter_f32(angle);
  int isOdd = (quarters & 0x40000000u) != 0;
  float x = isOdd ? sine : cosine, y = isOdd ? cosine : sine;
  x = from_bits_f32(bits_f32(x) ^ ((quarters + 0x40000000u) & 0x80000000u));
  y = from_bits_f32(bits_f32(y) ^ (quarters & 0x80000000u));
  *first = radius * x;
  *second = radius * y;
}

#include "normals_template.h"
#undef WORD
#undef WORDS
#include "real_end.h"
