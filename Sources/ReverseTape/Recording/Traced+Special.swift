/// Special functions, elementwise: their values are right to a few units of the last place in double precision, on every CPU the
/// same.
extension Traced {
  // MARK: Inverse trigonometric and hyperbolic functions

  public func atan() -> Traced { mapped(.atan) }
  /// NaN outside [-1, 1].
  public func asin() -> Traced { mapped(.asin) }
  /// NaN outside [-1, 1].
  public func acos() -> Traced { mapped(.acos) }
  public func tan() -> Traced { sin() / cos() }
  public func sinh() -> Traced { mapped(.sinh) }
  public func cosh() -> Traced { mapped(.cosh) }
  public func asinh() -> Traced { mapped(.asinh) }
  /// NaN below 1.
  public func acosh() -> Traced { mapped(.acosh) }
  /// NaN outside [-1, 1].
  public func atanh() -> Traced { mapped(.atanh) }
  /// The angle of the point (x, self), in (-π, π].
  public func atan2(_ x: Traced) -> Traced { combined(.atan2, x) }

  // MARK: The normal distribution

  /// erf(x) = 2/√π ∫₀ˣ exp(−t²) dt.
  public func errorFunction() -> Traced { mapped(.errorFunction) }
  /// erfc(x) = 1 − erf(x), exact far to the right.
  public func complementaryErrorFunction() -> Traced { mapped(.complementaryErrorFunction) }
  /// Φ(x), the standard normal probability below x, exact far to the left.
  public func standardNormalCDF() -> Traced { mapped(.standardNormalCDF) }
  /// log Φ(x), without underflow far to the left.
  public func logStandardNormalCDF() -> Traced { mapped(.logStandardNormalCDF) }
  /// Φ⁻¹(p); infinite at 0 and 1, NaN outside.
  public func standardNormalQuantile() -> Traced { mapped(.standardNormalQuantile) }

  // MARK: Powers, roots and whole numbers

  /// log(1 − exp(x)) for x ≤ 0, exact at both ends; NaN above 0.
  public func log1mExp() -> Traced { mapped(.log1mExp) }
  /// The real cube root.
  public func cubeRoot() -> Traced { mapped(.cubeRoot) }
  /// The largest whole number not above x; flat.
  public func floor() -> Traced { mapped(.floor) }
  /// The smallest whole number not below x; flat.
  public func ceil() -> Traced { mapped(.ceil) }
  /// The nearest whole number, halves away from zero; flat.
  public func round() -> Traced { mapped(.round) }
  /// The whole part; flat.
  public func truncate() -> Traced { mapped(.truncate) }

  /// x^y, broadcasting; of negative x where y is a whole number, else NaN. Its slope in y is 0 where x is 0.
  public func power(_ exponent: Traced) -> Traced {
    switch tape.constantScalar(exponent.id) {
    case 1: self
    case 2: square()
    case -1: mapped(.reciprocal)
    case 0.5: squareRoot()
    default: combined(.power, exponent)
    }
  }

  /// The larger, elementwise and broadcasting; NaN where either is. The slope goes to the one that is chosen, the first where
  /// they are equal.
  public func maximum(_ other: Traced) -> Traced { combined(.maximum, other) }
  /// The smaller, as `maximum`.
  public func minimum(_ other: Traced) -> Traced { combined(.minimum, other) }

  // MARK: Incomplete gamma and beta functions

  /// P(a, x) = ∫₀ˣ tᵃ⁻¹ exp(−t) dt / Γ(a) for a > 0 and x ≥ 0, NaN elsewhere; broadcasting. Differentiable once in the shape.
  public static func regularizedGammaP(_ shape: Traced, _ x: Traced) -> Traced {
    shape.combined(.gammaP, x)
  }

  /// Q(a, x) = 1 − P(a, x), exact where it is small. Differentiable once in the shape.
  public static func regularizedGammaQ(_ shape: Traced, _ x: Traced) -> Traced {
    shape.combined(.gammaQ, x)
  }

  /// The log of a Gamma(shape, 1) variate from a standard normal one: log x with P(shape, x) = Φ(normal); broadcasting. NaN unless
  /// the shape is positive, and at shapes of more than some 1e8. Differentiable once.
  public static func logGammaVariate(_ shape: Traced, _ normal: Traced) -> Traced {
    shape.combined(.logGammaVariate, normal)
  }

  /// I_x(a, b) = ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt / B(a, b) for a, b > 0 and x in [0, 1], NaN elsewhere; broadcasting. Differentiable once.
  public static func regularizedBeta(_ a: Traced, _ b: Traced, _ x: Traced) -> Traced {
    let layout = a.layout.broadcast(with: b.layout).broadcast(with: x.layout)
    let operands = [a, b, x].map { $0.expanded(to: layout) }
    return a.tape.record(.ternary(.beta), [concatenated(operands)], layout)
  }
}
