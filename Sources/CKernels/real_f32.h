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
#define HALF_BLOCK 8

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

// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2: the polynomial whose exp has the least relative error, 3.8e-9 (Remez).
WB_INLINE float exp_tail_f32(float r) {
  float r2 = r * r;
  return (0.49999994f + r * 0.166665211f) + r2 * ((0.041668389f + r * 0.00836871658f) + r2 * 0.00138146186f);
}

// log(1 + x) for x in [0, 1] as x + x^2 times a polynomial in x - 1/2, its relative error 1.6e-8 at most (Remez).
WB_INLINE float log1p_of_share_f32(float x) {
  float u = x - 0.5f, u2 = u * u, u4 = u2 * u2;
  float low = (-0.378139555f + u * 0.179224893f) + u2 * (-0.0932318568f + u * 0.0510890596f);
  float high = (-0.0289049987f + u * 0.0166569874f) + u2 * (-0.0101777064f + u * 0.00693069212f);
  return x + x * x * (low + u4 * (high + u4 * -0.00331846741f));
}

// The R of log_tail_f64, shorter: fdlibm's e_logf.c as refined in FreeBSD (Sun Microsystems, 1993).
WB_INLINE float log_tail_f32(float z) {
  float w = z * z;
  float even = w * (0xccce13.0p-25f + w * 0xf89e26.0p-26f);
  float odd = z * (0xaaaaaa.0p-24f + w * 0x91e9ee.0p-25f);
  return even + odd;
}
