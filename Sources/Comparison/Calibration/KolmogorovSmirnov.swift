import Foundation

/// The test that numbers in [0, 1] are independent and uniform, by the largest distance D of their distribution function from x
/// (Kolmogorov 1933).
public enum KolmogorovSmirnov {
  /// D; nil of nothing, or where a number is outside [0, 1].
  public static func distance(_ values: [Double]) -> Double? {
    guard !values.isEmpty, values.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
    let count = Double(values.count)
    return values.sorted().enumerated().reduce(0) { largest, entry in
      max(
        largest, Double(entry.offset + 1) / count - entry.element,
        entry.element - Double(entry.offset) / count)
    }
  }

  /// P(D ≥ `distance`) of `count` uniform numbers, from the (k, k) element of a power of Durbin's matrix; far to the right from the tail's
  /// expansion, to seven digits (Marsaglia, Tsang & Wang 2003, "Evaluating Kolmogorov's distribution", J. Stat. Softw. 8(18)).
  ///
  /// Complexity: O((count · distance)³ log count), which the tail's expansion keeps small.
  public static func probability(above distance: Double, count: Int) -> Double {
    let n = Double(count)
    let scaled = distance * distance * n
    if distance <= 0.5 / n { return 1 }
    if distance >= 1 { return 0 }
    if scaled > 7.24 || (scaled > 3.76 && count > 1000) {
      return 2 * exp(-(2.000071 + 0.331 / n.squareRoot() + 1.409 / n) * scaled)
    }
    return min(max(1 - probability(below: distance, count: count), 0), 1)
  }

  /// The D that `count` uniform numbers exceed with probability `level`, between 0 and 1: all of their distribution function is within
  /// that of x with probability 1 − level.
  public static func critical(level: Double, count: Int) -> Double {
    var (low, high) = (0.5 / Double(count), 1.0)
    // To fifteen digits.
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if probability(above: middle, count: count) > level { low = middle } else { high = middle }
    }
    return high
  }

  private static func probability(below distance: Double, count: Int) -> Double {
    let n = Double(count)
    let k = Int(n * distance) + 1
    let rest = Double(k) - n * distance
    let center = k - 1
    var power = Power(durbinMatrix(size: 2 * k - 1, rest: rest), center: center)
    power.raise(to: count)
    // Times n! / nⁿ.
    var (value, exponent) = (power.matrix.value(center, center), power.exponent)
    for factor in 1...count {
      value *= Double(factor) / n
      if value < 1e-140 {
        value *= 1e140
        exponent -= 140
      }
    }
    return value * pow(10, Double(exponent))
  }

  private static func durbinMatrix(size: Int, rest: Double) -> Square {
    var matrix = Square(size: size)
    for row in 0..<size {
      for column in 0..<size where row - column + 1 >= 0 { matrix.set(row, column, 1) }
    }
    for place in 0..<size {
      matrix.set(place, 0, matrix.value(place, 0) - pow(rest, Double(place + 1)))
      matrix.set(size - 1, place, matrix.value(size - 1, place) - pow(rest, Double(size - place)))
    }
    matrix.set(size - 1, 0, matrix.value(size - 1, 0) + (rest > 0.5 ? pow(2 * rest - 1, Double(size)) : 0))
    for row in 0..<size {
      for column in 0..<size where row - column + 1 > 0 {
        matrix.set(row, column, matrix.value(row, column) / tgamma(Double(row - column + 2)))
      }
    }
    return matrix
  }

  /// A power of a matrix, times 10^exponent.
  private struct Power {
    var matrix: Square
    var exponent = 0
    private let base: Square
    private let center: Int

    init(_ matrix: Square, center: Int) {
      self.matrix = matrix
      base = matrix
      self.center = center
    }

    mutating func raise(to count: Int) {
      if count == 1 { return }
      raise(to: count / 2)
      matrix = matrix.times(matrix)
      exponent *= 2
      if count % 2 == 1 { matrix = matrix.times(base) }
      // Elements grow with n^n / n!.
      if matrix.value(center, center) > 1e140 {
        matrix.scale(by: 1e-140)
        exponent += 140
      }
    }
  }

  private struct Square {
    let size: Int
    private var elements: [Double]

    init(size: Int) {
      self.size = size
      elements = [Double](repeating: 0, count: size * size)
    }

    func value(_ row: Int, _ column: Int) -> Double { elements[row * size + column] }

    mutating func set(_ row: Int, _ column: Int, _ value: Double) { elements[row * size + column] = value }

    mutating func scale(by factor: Double) {
      for index in elements.indices { elements[index] *= factor }
    }

    func times(_ other: Square) -> Square {
      var product = Square(size: size)
      for row in 0..<size {
        for inner in 0..<size {
          let factor = elements[row * size + inner]
          for column in 0..<size {
            product.elements[row * size + column] += factor * other.elements[inner * size + column]
          }
        }
      }
      return product
    }
  }
}
