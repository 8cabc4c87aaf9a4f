// erfcx(t) = exp(t^2) erfc(t) as a polynomial in (t - c) / (t + c) over 1 + 2 t (Shepherd and Laframboise 1981). Template over REAL.

// exp(t^2) erfc(t) for t >= 0.
WB_INLINE REAL F(erfcx)(REAL t) {
  REAL below = t + ERFCX_CENTER, slope = 1 + 2 * t;
  REAL inverse = 1 / (below * slope);
  REAL u = (t - ERFCX_CENTER) * slope * inverse;
  const REAL *c = F(erfcx_polynomial);
  enum { degree = sizeof(F(erfcx_polynomial)) / sizeof(REAL) - 1 };
  // Even and odd powers apart: two chains.
  REAL square = u * u, odd = c[degree], even = c[degree - 1];
  _Pragma("clang loop unroll(full)") for (int i = degree - 2; i > 0; i -= 2) {
    odd = odd * square + c[i];
    even = even * square + c[i - 1];
  }
  return (even + odd * u) * (below * inverse);
}
