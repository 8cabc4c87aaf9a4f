// The constants and polynomials of single precision. Opens a template; close it with real_end.h.
#include <stdint.h>
#include <string.h>

#define REAL float
#define UINT uint32_t
#define F(name) name##_f32
#define REAL_SQRT __builtin_sqrtf
#define REAL_ABS __builtin_fabsf
#define REAL_COPYSIGN __builtin_copysignf

// The meaning of each constant is told in real_f64.h.
#define MANTISSA_BITS 23
#define EXPONENT_BIAS 127
#define ROUND_TO_INTEGER 0x1.8p23f
#define LOG2_E 0x1.715476p+0f
#define LN2_HIGH 0x1.62e4p-1f
#define LN2_LOW 0x1.7f7d1cp-20f
#define SMALLEST_NORMAL 0x1p-126f
#define EXP_OVERFLOW 89.0f
#define EXP_UNDERFLOW -104.0f
#define EXPM1_SATURATION -20.0f
#define TANH_SATURATION 10.0f
#define NEGLIGIBLE 0x1p-26f
#define SQRT_HALF_BITS 0x3f3504f3u
#define ONE_BITS 0x3f800000u
#define MANTISSA_MASK 0x007fffffu
#define BLOCK 16

WB_INLINE uint32_t bits_f32(float x) {
  uint32_t u;
  memcpy(&u, &x, sizeof u);
  return u;
}

WB_INLINE float from_bits_f32(uint32_t u) {
  float x;
  memcpy(&x, &u, sizeof x);
  return x;
}

WB_INLINE float from_small_integer_f32(uint32_t u) { return (float)(int32_t)u; }

// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2: the Taylor series up to r^8/8!; the next term is below 3e-10.
WB_INLINE float exp_tail_f32(float r) {
  float r2 = r * r;
  float a = (1.0f / 2) + r * (1.0f / 6);
  float b = (1.0f / 24) + r * (1.0f / 120);
  float c = (1.0f / 720) + r * (1.0f / 5040) + r2 * (1.0f / 40320);
  return a + r2 * (b + r2 * c);
}

// The R of log_tail_f64, shorter: fdlibm's e_logf.c as refined in FreeBSD (Sun Microsystems, 1993).
WB_INLINE float log_tail_f32(float z) {
  float w = z * z;
  float even = w * (0xccce13.0p-25f + w * 0xf89e26.0p-26f);
  float odd = z * (0xaaaaaa.0p-24f + w * 0x91e9ee.0p-25f);
  return even + odd;
}
