import NumericArrays
import Synchronization

/// The draws of final evaluations, common to all runs of a model, and how expectations are estimated from them.
///
/// 500 antithetic pairs ±ε; each pair's mean is regressed on the centred squares and products of its ε, whose
/// expectations are known (control variates; Glasserman 2004, §4.1–4.2): the intercept is the estimate, and its
/// standard error is what the regression leaves.
struct AntitheticDraws: Sendable {
  static let pairs = 500
  static let count = 2 * pairs
  /// `[dimension, count]`: the pairs' first members, then their mirror images.
  let noise: [Double]
  /// What each pair's mean counts for in `estimate`, which is linear in them; nil where the regression has no answer.
  let weights: [Double]?
  private let design: Matrix

  /// The draws of as many dimensions, made once in a process unless they are large.
  static func common(dimension: Int) -> AntitheticDraws {
    guard dimension <= mostKept else { return AntitheticDraws(dimension: dimension) }
    if let draws = kept.withLock({ $0[dimension] }) { return draws }
    let draws = AntitheticDraws(dimension: dimension)
    kept.withLock { $0[dimension] = draws }
    return draws
  }

  /// 800 kB of noise.
  private static let mostKept = 100
  private static let kept = Mutex<[Int: AntitheticDraws]>([:])

  private init(dimension: Int) {
    // The seed of no run: the noise is the same for all of them.
    let stream = NoiseStream(seed: 0, purpose: .yardstick)
    let half = stream.normals(dimension: dimension, draws: Self.pairs, step: 0)
    noise = (0..<dimension).flatMap { row in
      let variates = half[row * Self.pairs..<(row + 1) * Self.pairs]
      return variates + variates.map { -$0 }
    }
    design = Self.design(half, dimension: dimension)
    weights = try? Self.weights(design)
  }

  /// The expectation of a value per draw (or of a shared one), with its standard error.
  ///
  /// - Parameter regression: what `regression()` gives.
  static func estimate(
    _ values: [Double], _ regression: FactoredDesign
  ) -> (value: Double, standardError: Double) {
    guard values.count > 1 else { return (values[0], 0) }
    let means = (0..<pairs).map { 0.5 * (values[$0] + values[$0 + pairs]) }
    guard means.allSatisfy(\.isFinite) else { return (means.reduce(0, +) / Double(pairs), .nan) }
    let fit = regression.fit(means)
    return (fit.coefficients[0], fit.standardErrors[0])
  }

  /// The regression on the control variates, which costs more than its use: it is kept from run to run.
  ///
  /// - Throws: where it has no answer.
  func regression() throws(LinearAlgebraError) -> FactoredDesign { try FactoredDesign(design) }

  /// The first row of a design's pseudoinverse.
  private static func weights(_ design: Matrix) throws -> [Double] {
    let factor = try (design.transposed * design).cholesky()
    var first = [Double](repeating: 0, count: design.columns)
    first[0] = 1
    return design * Matrix.solve(lower: factor, first)
  }

  /// A column of ones, then centred squares and, where there is room, products of the noise: even functions, as odd
  /// ones cancel within a pair.
  private static func design(_ half: [Double], dimension: Int) -> Matrix {
    // At most a fifth of the pairs, so that the regression keeps its degrees of freedom.
    let room = pairs / 5
    var columns: [(Int, Int)] = dimension <= room ? (0..<dimension).map { ($0, $0) } : []
    if dimension * (dimension + 1) / 2 <= room {
      columns += (0..<dimension).flatMap { i in (0..<i).map { (i, $0) } }
    }
    var elements: [Double] = []
    for pair in 0..<pairs {
      elements.append(1)
      for (i, j) in columns {
        let expected: Double = i == j ? 1 : 0
        elements.append(half[i * pairs + pair] * half[j * pairs + pair] - expected)
      }
    }
    return Matrix(rows: pairs, columns: 1 + columns.count, elements: elements)
  }
}
