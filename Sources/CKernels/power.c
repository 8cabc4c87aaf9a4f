// Powers of one number by another, in double precision.
#include "CKernels.h"
#include "clones.h"
#include "real_f64.h"
#include "elementary_template.h"
#include "scalar_functions.h"

// A number as a sum of two, the second below the rounding of the first.
typedef struct {
  double high, low;
} pair;

static double upper_half(double x) { return from_bits_f64(bits_f64(x) & 0xfffffffff8000000u); }

// a b exactly (Dekker 1971), for factors whose product neither over- nor underflows.
static pair product(double a, double b) {
  double p = a * b, a1 = upper_half(a), a2 = a - a1, b1 = upper_half(b), b2 = b - b1;
  return (pair){p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2};
}

// a + b where |a| >= |b| or a = 0.
static pair sum(double a, double b) {
  double s = a + b;
  return (pair){s, b - (s - a)};
}

// log(x) of a positive finite x to some 65 bits: k log 2 + 2 atanh(s) with s = (m - 1) / (m + 1), whose leading term is a pair.
static pair log_pair(double x) {
  int is_small = x < SMALLEST_NORMAL;
  uint64_t shifted = bits_f64(is_small ? x * 0x1p54 : x) + (ONE_BITS - SQRT_HALF_BITS);
  double k = (double)((long)(shifted >> MANTISSA_BITS) - EXPONENT_BIAS - (is_small ? 54 : 0));
  double m = from_bits_f64((shifted & MANTISSA_MASK) + SQRT_HALF_BITS);
  double f = m - 1, s = f / (2 + f);
  // f - s (2 + f), of which 2 + f is a pair.
  pair below = sum(2, f), back = product(s, below.high);
  double s_low = (((f - back.high) - back.low) - s * below.low) / below.high;
  double z = s * s;
  // atanh(s) / s - 1 by its series to s^22 / 23; the next term is below 3e-20.
  double tail = 1.0 / 23;
  for (int odd = 21; odd >= 3; odd -= 2) tail = tail * z + 1.0 / odd;
  pair large = sum(k * LN2_HIGH, 2 * s);
  double small = k * LN2_LOW + (2 * s_low + 2 * s * (tail * z));
  pair first = sum(large.high, small);
  return (pair){first.high, first.low + large.low};
}

static int is_integer(double y) { return REAL_ABS(y) >= 0x1p52 || y == (double)(long)y; }
static int is_odd(double y) { return REAL_ABS(y) < 0x1p53 && is_integer(y) && ((long)y & 1); }

// As in C's annex F: one where y = 0 or x = 1, NaN for negative x unless y is an integer.
double wb_power(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return x + y;
  double a = REAL_ABS(x), sign = x < 0 || (x == 0 && REAL_COPYSIGN(1, x) < 0) ? (is_odd(y) ? -1 : 1) : 1;
  if (y - y != 0) return a == 1 ? 1 : ((a > 1) == (y > 0) ? __builtin_inf() : 0);
  if (x < 0 && !is_integer(y)) return a - a != 0 ? (y > 0 ? a : 0) : __builtin_nan("");
  if (a == 0 || a - a != 0) return sign * ((a == 0) == (y > 0) ? 0 : __builtin_inf());
  pair log = log_pair(a);
  // Beyond these the power is out of range, or one to rounding.
  double rough = y * log.high;
  if (rough > 800 || rough < -800) return sign * (rough > 0 ? __builtin_inf() : 0);
  if (REAL_ABS(rough) < 0x1p-60) return sign;
  pair exponent = product(y, log.high);
  double low = exponent.low + y * log.low;
  double value = exp_f64(exponent.high);
  return sign * (value + (value - value == 0 ? value * low : 0));
}

// The slope of x^y in y, x^y log(x), which is 0 where x is.
double wb_power_exponent_slope(double x, double y) { return x == 0 ? 0 : wb_power(x, y) * log_f64(x); }
