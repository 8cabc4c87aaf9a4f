import Foundation
import NumericArrays
import ReverseTape

/// A function of one number, applied to each element.
enum ElementFunction: UInt8, Hashable, CaseIterable, Sendable {
  case negate, exp, log, log1p, expm1, squareRoot, square, reciprocal, tanh, sigmoid, softplus, sin, cos
  case absolute, logGamma, digamma
  case tangent, arcsine, arccosine, arctangent, hyperbolicSine, hyperbolicCosine
  case inverseHyperbolicSine, inverseHyperbolicCosine, inverseHyperbolicTangent
  case errorFunction, complementaryErrorFunction
  case standardNormalCDF, logStandardNormalCDF, standardNormalQuantile, log1mExp, cubeRoot
  case floor, ceiling, round, truncate, sign
  /// 1 from 0 on, 0 below; and its log.
  case stepAtZero, logStep
  case isNaN, isInfinite

  /// Its value at a number.
  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    case .log1p: Foundation.log1p(x)
    case .expm1: Foundation.expm1(x)
    case .squareRoot: x.squareRoot()
    case .square: x * x
    case .reciprocal: 1 / x
    case .tanh: Foundation.tanh(x)
    case .sigmoid: 1 / (1 + Foundation.exp(-x))
    case .softplus: max(x, 0) + Foundation.log1p(Foundation.exp(-abs(x)))
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .absolute: abs(x)
    case .logGamma: SpecialFunctions.logGamma(x)
    case .digamma: SpecialFunctions.digamma(x)
    case .tangent: Foundation.tan(x)
    case .arcsine: Foundation.asin(x)
    case .arccosine: Foundation.acos(x)
    case .arctangent: Foundation.atan(x)
    case .hyperbolicSine: Foundation.sinh(x)
    case .hyperbolicCosine: Foundation.cosh(x)
    case .inverseHyperbolicSine: Foundation.asinh(x)
    case .inverseHyperbolicCosine: Foundation.acosh(x)
    case .inverseHyperbolicTangent: Foundation.atanh(x)
    case .errorFunction: Foundation.erf(x)
    case .complementaryErrorFunction: Foundation.erfc(x)
    case .standardNormalCDF: SpecialFunctions.normalCDF(x)
    case .logStandardNormalCDF: SpecialFunctions.logNormalCDF(x)
    case .standardNormalQuantile: SpecialFunctions.normalQuantile(x)
    case .log1mExp:
      x > -Foundation.log(2) ? Foundation.log(-Foundation.expm1(x)) : Foundation.log1p(-Foundation.exp(x))
    case .cubeRoot: Foundation.cbrt(x)
    case .floor: x.rounded(.down)
    case .ceiling: x.rounded(.up)
    case .round: x.rounded(.toNearestOrAwayFromZero)
    case .truncate: x.rounded(.towardZero)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .stepAtZero: x >= 0 ? 1 : 0
    case .logStep: x >= 0 ? 0 : -.infinity
    case .isNaN: x.isNaN ? 1 : 0
    case .isInfinite: x.isInfinite ? 1 : 0
    }
  }

  /// Its value at every element of a traced array.
  func callAsFunction(_ x: Traced) -> Traced {
    switch self {
    case .negate: -x
    case .exp: x.exp()
    case .log: x.log()
    case .log1p: x.log1p()
    case .expm1: x.expm1()
    case .squareRoot: x.squareRoot()
    case .square: x.square()
    case .reciprocal: 1 / x
    case .tanh: x.tanh()
    case .sigmoid: x.sigmoid()
    case .softplus: x.softplus()
    case .sin: x.sin()
    case .cos: x.cos()
    case .absolute: x.absolute()
    case .logGamma: x.logGamma()
    case .digamma: x.digamma()
    case .tangent: x.tan()
    case .arcsine: x.asin()
    case .arccosine: x.acos()
    case .arctangent: x.atan()
    case .hyperbolicSine: x.sinh()
    case .hyperbolicCosine: x.cosh()
    case .inverseHyperbolicSine: x.asinh()
    case .inverseHyperbolicCosine: x.acosh()
    case .inverseHyperbolicTangent: x.atanh()
    case .errorFunction: x.errorFunction()
    case .complementaryErrorFunction: x.complementaryErrorFunction()
    case .standardNormalCDF: x.standardNormalCDF()
    case .logStandardNormalCDF: x.logStandardNormalCDF()
    case .standardNormalQuantile: x.standardNormalQuantile()
    case .log1mExp: x.log1mExp()
    case .cubeRoot: x.cubeRoot()
    case .floor: x.floor()
    case .ceiling: x.ceil()
    case .round: x.round()
    case .truncate: x.truncate()
    case .sign: x.mapped(.sign)
    case .stepAtZero: x.mapped(.step)
    case .logStep: x.mapped(.step).log()
    // A value that is computed is neither until it is.
    case .isNaN, .isInfinite: 0 * x
    }
  }
}
