// Elementary functions of one element, without branches, so that a loop over them vectorises.
// Template over REAL: the formats differ in the constants of real_f64.h and real_f32.h alone.
// NaN in gives NaN out; infinities and zeros go where the limits go.

// 2^k for an integer k within the exponents of normal numbers.
WB_INLINE REAL F(power_of_two)(REAL k) {
  return F(from_bits)(F(bits)(k + (ROUND_TO_INTEGER + EXPONENT_BIAS)) << MANTISSA_BITS);
}

// exp(x) = 2^n exp(r) with |r| <= ln(2)/2 (Cody and Waite 1980).
WB_INLINE REAL F(exp)(REAL x) {
  x = x > EXP_OVERFLOW ? EXP_OVERFLOW : x;
  x = x < EXP_UNDERFLOW ? EXP_UNDERFLOW : x;
  REAL n = (x * LOG2_E + ROUND_TO_INTEGER) - ROUND_TO_INTEGER;
  REAL r = (x - n * LN2_HIGH) - n * LN2_LOW;
  REAL p = 1 + (r + r * r * F(exp_tail)(r));
  // Two factors: 2^n itself is out of range where the result is subnormal or about to overflow.
  REAL back = x < 0 ? 64 : -64;
  return p * F(power_of_two)(n + back) * (x < 0 ? (REAL)0x1p-64 : (REAL)0x1p64);
}

// exp(x) of x <= 0, to the bit.
WB_INLINE REAL F(exp_of_negative)(REAL x) {
  x = x < EXP_UNDERFLOW ? EXP_UNDERFLOW : x;
  REAL n = (x * LOG2_E + ROUND_TO_INTEGER) - ROUND_TO_INTEGER;
  REAL r = (x - n * LN2_HIGH) - n * LN2_LOW;
  REAL p = 1 + (r + r * r * F(exp_tail)(r));
  return p * F(power_of_two)(n + 64) * (REAL)0x1p-64;
}

// What is subtracted before exp: the largest, lest exp overflow, or 0 where the largest is infinite or NaN, so that
// no infinity meets another: then the sum is 0, infinite or NaN by itself.
WB_INLINE REAL F(shift)(REAL largest) { return largest - largest == 0 ? largest : 0; }

// exp(x) - 1 = (2^n - 1 + 2^n r) + 2^n (exp(r) - 1 - r), at half size lest 2^n overflow.
WB_INLINE REAL F(expm1)(REAL x) {
  REAL y = x > EXP_OVERFLOW ? EXP_OVERFLOW : x;
  y = y < EXPM1_SATURATION ? EXPM1_SATURATION : y;
  REAL n = (y * LOG2_E + ROUND_TO_INTEGER) - ROUND_TO_INTEGER;
  REAL high = y - n * LN2_HIGH, low = n * LN2_LOW;
  REAL r = high - low;
  REAL lost = (high - r) - low;
  REAL tail = r * r * F(exp_tail)(r) + (lost + lost * r);
  REAL scale = F(power_of_two)(n - 1);
  REAL value = 2 * (((scale - (REAL)0.5) + scale * r) + scale * tail);
  return REAL_ABS(x) < NEGLIGIBLE ? x : value;
}

// log(2^k (1 + f) (1 + c)) for 1 + f within [sqrt(1/2), sqrt(2)) and a tiny c.
WB_INLINE REAL F(log_assembled)(REAL k, REAL f, REAL c) {
  REAL s = f / (2 + f);
  REAL half_square = (REAL)0.5 * f * f;
  return s * (half_square + F(log_tail)(s * s)) + (k * LN2_LOW + c) - half_square + f + k * LN2_HIGH;
}

// log(x) of a positive, normal, finite x.
WB_INLINE REAL F(log_normal)(REAL x) {
  UINT shifted = F(bits)(x) + (ONE_BITS - SQRT_HALF_BITS);
  REAL k = F(from_small_integer)(shifted >> MANTISSA_BITS) - EXPONENT_BIAS;
  REAL m = F(from_bits)((shifted & MANTISSA_MASK) + SQRT_HALF_BITS);
  return F(log_assembled)(k, m - 1, 0);
}

// log(x); -inf at zero, NaN below.
WB_INLINE REAL F(log)(REAL x) {
  int subnormal = x < SMALLEST_NORMAL;
  REAL scaled = subnormal ? x * ((REAL)4 * ((UINT)1 << MANTISSA_BITS)) : x;
  UINT shifted = F(bits)(scaled) + (ONE_BITS - SQRT_HALF_BITS);
  REAL bias = subnormal ? (REAL)(EXPONENT_BIAS + MANTISSA_BITS + 2) : (REAL)EXPONENT_BIAS;
  REAL k = F(from_small_integer)(shifted >> MANTISSA_BITS) - bias;
  REAL m = F(from_bits)((shifted & MANTISSA_MASK) + SQRT_HALF_BITS);
  REAL value = F(log_assembled)(k, m - 1, 0);
  value = x < (REAL)__builtin_inf() ? value : x;
  value = x == 0 ? -(REAL)__builtin_inf() : value;
  return x < 0 ? (REAL)__builtin_nan("") : value;
}

// log(1 + x): what 1 + x lost to rounding comes back as a correction; near zero f is x itself (fdlibm's s_log1p.c).
WB_INLINE REAL F(log1p)(REAL x) {
  REAL u = 1 + x;
  REAL lost = x >= 1 ? 1 - (u - x) : x - (u - 1);
  UINT shifted = F(bits)(u) + (ONE_BITS - SQRT_HALF_BITS);
  REAL k = F(from_small_integer)(shifted >> MANTISSA_BITS) - EXPONENT_BIAS;
  REAL f = F(from_bits)((shifted & MANTISSA_MASK) + SQRT_HALF_BITS) - 1;
  REAL c = lost / u;
  // `&`, not `&&`: a second comparison is cheaper than a branch that stops the vectoriser.
  int near = (x > (REAL)-0.2928) & (x < (REAL)0.4142);
  REAL value = F(log_assembled)(near ? 0 : k, near ? x : f, near ? 0 : c);
  value = x < (REAL)__builtin_inf() ? value : x;
  value = x == -1 ? -(REAL)__builtin_inf() : value;
  value = x < -1 ? (REAL)__builtin_nan("") : value;
  return REAL_ABS(x) < NEGLIGIBLE ? x : value;
}

#if MANTISSA_BITS == 52
// log(1 + x) of what exp gives for arguments of at most 0, x in [0, 1]: as log 2 + log(1 + (x - 1) / 2) in the upper part,
// where x - 1 is exact or off by half an ulp of 1. In single precision a polynomial is shorter.
WB_INLINE REAL F(log1p_of_share)(REAL x) {
  int high = x >= (REAL)0.4142;
  REAL f = high ? (REAL)0.5 * (x - 1) : x;
  return F(log_assembled)(high ? 1 : 0, f, 0);
}
#endif

// tanh|x| = t / (t + 2) with t = exp(2|x|) - 1.
WB_INLINE REAL F(tanh)(REAL x) {
  REAL a = REAL_ABS(x);
  a = a > TANH_SATURATION ? TANH_SATURATION : a;
  REAL t = F(expm1)(2 * a);
  return REAL_COPYSIGN(t / (t + 2), x);
}

// 1 / (1 + exp(-x)), from exp(-|x|) so that both tails keep their relative accuracy.
WB_INLINE REAL F(sigmoid)(REAL x) {
  REAL e = F(exp_of_negative)(-REAL_ABS(x));
  return (x < 0 ? e : 1) / (1 + e);
}

// log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)).
WB_INLINE REAL F(softplus)(REAL x) {
  REAL positive = x < 0 ? 0 : x;
  return positive + F(log1p_of_share)(F(exp_of_negative)(-REAL_ABS(x)));
}

WB_INLINE REAL F(negate)(REAL x) { return -x; }
WB_INLINE REAL F(square)(REAL x) { return x * x; }
WB_INLINE REAL F(reciprocal)(REAL x) { return 1 / x; }
WB_INLINE REAL F(abs)(REAL x) { return REAL_ABS(x); }
WB_INLINE REAL F(sqrt)(REAL x) { return REAL_SQRT(x); }
// max(x, 0) and its slope; 0 at both zeros, NaN where x is.
WB_INLINE REAL F(relu)(REAL x) { return x <= 0 ? 0 : x; }
WB_INLINE REAL F(step)(REAL x) { return x > 0 ? 1 : (x <= 0 ? 0 : x); }
// 1, -1, or x itself where it is a zero or NaN.
WB_INLINE REAL F(sign)(REAL x) { return x > 0 ? 1 : (x < 0 ? -1 : x); }
