// sin and cos. Single precision goes through double: no run spends its time here.
#include "CKernels.h"
#include "clones.h"
#include "real_f64.h"
#include "trigonometry.h"

// Up to here n = x / (pi/2) has 20 bits and its products with 33-bit parts of pi/2 are exact.
#define VECTOR_LIMIT 0x1.9p20

typedef struct {
  double high, low;
  uint64_t quadrant;
} reduced;

WB_INLINE double sum_error(double a, double b, double sum) {
  double b_seen = sum - a;
  return (a - (sum - b_seen)) + (b - b_seen);
}

// x - n pi/2 in three exact steps (Cody and Waite 1980); pi/2 in parts of 33 bits from fdlibm's e_rem_pio2.c.
WB_INLINE reduced reduce(double x) {
  double shifted = x * 6.36619772367581382433e-01 + ROUND_TO_INTEGER;
  double n = shifted - ROUND_TO_INTEGER;
  double a = x - n * 1.57079632673412561417e+00;
  double second = n * -6.07710050630396597660e-11, third = n * -2.02226624871116645580e-21;
  double b = a + second, c = b + third;
  double rest = (sum_error(a, second, b) + sum_error(b, third, c)) - n * 8.47842766036889956997e-32;
  double r = c + rest;
  return (reduced){r, (c - r) + rest, bits_f64(shifted)};
}

// 2/pi in binary after a word of zeros: 1,280 bits (computed with mpmath).
static const uint64_t two_over_pi[] = {
    0,
    0xa2f9836e4e441529u, 0xfc2757d1f534ddc0u, 0xdb6295993c439041u, 0xfe5163abdebbc561u, 0xb7246e3a424dd2e0u,
    0x06492eea09d1921cu, 0xfe1deb1cb129a73eu, 0xe88235f52ebb4484u, 0xe99c7026b45f7e41u, 0x3991d639835339f4u,
    0x9c845f8bbdf9283bu, 0x1ff897ffde05980fu, 0xef2f118b5a0a6d1fu, 0x6d367ecf27cb09b7u, 0x4f463f669e5fea2du,
    0x7527bac7ebe5f17bu, 0x3d0739f78a5292eau, 0x6bfb5fb11f8d5d08u, 0x56033046fc7b6babu, 0xf0cfbc209af4361du};

static uint64_t window(long bit) {
  long word = bit / 64, shift = bit % 64;
  return shift ? two_over_pi[word] << shift | two_over_pi[word + 1] >> (64 - shift) : two_over_pi[word];
}

// The same remainder for any finite x above the limit: multiplies by just those 192 bits of 2/pi that matter modulo 4
// (Payne and Hanek 1983, "Radian reduction for trigonometric functions").
static reduced reduce_large(double x) {
  uint64_t bits = bits_f64(x);
  uint64_t mantissa = (bits & MANTISSA_MASK) | 0x0010000000000000u;
  long bit = (long)(bits >> 52 & 0x7ff) - 1075 - 2 + 64;
  typedef unsigned __int128 wide;
  wide low = (wide)mantissa * window(bit + 128);
  wide middle = (wide)mantissa * window(bit + 64) + (uint64_t)(low >> 64);
  uint64_t top = mantissa * window(bit) + (uint64_t)(middle >> 64);
  // The product counts quarter turns: two integer bits, then the fraction.
  wide product = (wide)top << 64 | (uint64_t)middle;
  uint64_t quadrant = (top >> 62) + (top >> 61 & 1);
  __int128 fraction = (__int128)(product << 2 | (uint64_t)low >> 62);
  double high = (double)fraction;
  double low_part = (double)(fraction - (__int128)high);
  double pi_half = 0x1.921fb54442d18p+0 * 0x1p-128, pi_half_low = 0x1.1a62633145c07p-54 * 0x1p-128;
  reduced r = {high * pi_half, low_part * pi_half + high * pi_half_low, quadrant};
  if (bits >> 63) r = (reduced){-r.high, -r.low, (uint64_t)-quadrant};
  return r;
}

WB_INLINE double turned(double s, double c, uint64_t quadrant) {
  double value = quadrant & 1 ? c : s;
  return from_bits_f64(bits_f64(value) ^ (quadrant & 2) << 62);
}

WB_INLINE double sin_reduced(reduced r) {
  return turned(sin_quarter(r.high, r.low), cos_quarter(r.high, r.low), r.quadrant);
}

WB_INLINE double cos_reduced(reduced r) {
  return turned(sin_quarter(r.high, r.low), cos_quarter(r.high, r.low), r.quadrant + 1);
}

WB_INLINE double sin_f64(double x) { return REAL_ABS(x) < 0x1p-27 ? x : sin_reduced(reduce(x)); }
WB_INLINE double cos_f64(double x) { return cos_reduced(reduce(x)); }

static double large(double x, int quarter_turns) {
  if (!(REAL_ABS(x) <= 0x1.fffffffffffffp1023)) return x - x;
  reduced r = reduce_large(x);
  r.quadrant += (uint64_t)quarter_turns;
  return sin_reduced(r);
}

// Blocks through a buffer that keeps the input, since the rare large arguments are done again.
#define DEFINE(name, quarter_turns, real, suffix)                                        \
  WB_CLONES void wb_##name##_##suffix(real *out, const real *in, long n) {               \
    for (long start = 0; start < n; start += BLOCK) {                                    \
      long count = n - start < BLOCK ? n - start : BLOCK;                                \
      double x[BLOCK] = {0}, y[BLOCK];                                                   \
      for (long i = 0; i < count; i++) x[i] = (double)in[start + i];                     \
      WB_ELEMENTWISE_BLOCK                                                               \
      for (long i = 0; i < BLOCK; i++) y[i] = name##_f64(x[i]);                          \
      for (long i = 0; i < count; i++) {                                                 \
        int near = REAL_ABS(x[i]) < VECTOR_LIMIT;                                        \
        out[start + i] = (real)(near ? y[i] : large(x[i], quarter_turns));               \
      }                                                                                  \
    }                                                                                    \
  }

DEFINE(sin, 0, double, f64)
DEFINE(cos, 1, double, f64)
DEFINE(sin, 0, float, f32)
DEFINE(cos, 1, float, f32)
