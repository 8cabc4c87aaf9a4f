import Foundation
import NumericArrays
import ReverseTape

/// A function of two numbers, applied to each pair of elements.
enum PairFunction: UInt8, Hashable, CaseIterable, Sendable {
  case add, subtract, multiply, divide, power, maximum, minimum, arctangent2, remainder
  case regularizedGammaP, regularizedGammaQ

  /// Its value at two numbers.
  func callAsFunction(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .power: Foundation.pow(x, y)
    case .maximum: x.isNaN || x >= y ? x : y
    case .minimum: x.isNaN || x <= y ? x : y
    case .arctangent2: Foundation.atan2(x, y)
    case .remainder: Foundation.fmod(x, y)
    case .regularizedGammaP: SpecialFunctions.regularizedGammaP(x, y)
    case .regularizedGammaQ: SpecialFunctions.regularizedGammaQ(x, y)
    }
  }

  /// Its value at every pair of elements of traced arrays; a scalar goes with every element of the other.
  func callAsFunction(_ x: Traced, _ y: Traced) -> Traced {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .power: x.power(y)
    case .maximum: x.maximum(y)
    case .minimum: x.minimum(y)
    case .arctangent2: x.atan2(y)
    case .remainder: x - (x / y).truncate() * y
    case .regularizedGammaP: Traced.regularizedGammaP(x, y)
    case .regularizedGammaQ: Traced.regularizedGammaQ(x, y)
    }
  }
}
