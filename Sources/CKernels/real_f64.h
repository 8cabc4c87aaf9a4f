// The constants and polynomials of double precision. Opens a template; close it with real_end.h.
#include <stdint.h>
#include <string.h>

#define REAL double
#define UINT uint64_t
#define F(name) name##_f64
#define REAL_SQRT __builtin_sqrt
#define REAL_ABS __builtin_fabs
#define REAL_COPYSIGN __builtin_copysign

#define MANTISSA_BITS 52
#define EXPONENT_BIAS 1023
// Adding 1.5 * 2^52 rounds to the nearest integer and leaves it in the low bits.
#define ROUND_TO_INTEGER 0x1.8p52
#define LOG2_E 0x1.71547652b82fep+0
// ln 2 in two parts: the product of the first, 33 bits long, with an exponent is exact.
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define SMALLEST_NORMAL 0x1p-1022
// exp is infinite above the one and zero below the other.
#define EXP_OVERFLOW 710.0
#define EXP_UNDERFLOW -746.0
// expm1 is -1 below this, tanh is 1 above that, both to rounding.
#define EXPM1_SATURATION -40.0
#define TANH_SATURATION 22.0
// f(x) = x to rounding for expm1, log1p, tanh below this.
#define NEGLIGIBLE 0x1p-54
// The bits of sqrt(1/2), truncated: mantissas are taken from [sqrt(1/2), sqrt(2)).
#define SQRT_HALF_BITS 0x3fe6a09e00000000u
#define ONE_BITS 0x3ff0000000000000u
#define MANTISSA_MASK 0x000fffffffffffffu
// Vector blocks of elementwise functions; a multiple of every vector width.
#define BLOCK 8
#define HALF_BLOCK 4

WB_INLINE uint64_t bits_f64(double x) {
  uint64_t u;
  memcpy(&u, &x, sizeof u);
  return u;
}

WB_INLINE double from_bits_f64(uint64_t u) {
  double x;
  memcpy(&x, &u, sizeof x);
  return x;
}

// An integer below 2^52 as a double; the conversion instruction exists only from AVX-512 on.
WB_INLINE double from_small_integer_f64(uint64_t u) { return from_bits_f64(u | 0x4330000000000000u) - 0x1p52; }

// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2: the Taylor series up to r^13/13!; the next term is below 4e-18.
WB_INLINE double exp_tail_f64(double r) {
  double r2 = r * r, r4 = r2 * r2;
  double a = (1.0 / 2) + r * (1.0 / 6) + r2 * ((1.0 / 24) + r * (1.0 / 120));
  double b = (1.0 / 720) + r * (1.0 / 5040) + r2 * ((1.0 / 40320) + r * (1.0 / 362880));
  double c = (1.0 / 3628800) + r * (1.0 / 39916800) + r2 * ((1.0 / 479001600) + r * (1.0 / 6227020800.0));
  return a + r4 * (b + r4 * c);
}

// log(1+f) = f - f^2/2 + s (f^2/2 + R(s^2)), s = f/(2+f): R of fdlibm's e_log.c (Sun Microsystems, 1993).
WB_INLINE double log_tail_f64(double z) {
  double w = z * z;
  double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  double odd = z * (6.666666666666735130e-01 +
                    w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  return even + odd;
}
