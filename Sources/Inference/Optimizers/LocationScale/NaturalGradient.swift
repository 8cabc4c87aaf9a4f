import NumericArrays

/// Ascent of a Gaussian's natural parameters by the natural gradient, which is the plain one in its expectation parameters (Khan & Rue 2023).
///
/// With the precision S = (C Cᵀ)⁻¹ an update by the rate ρ is S′ = C⁻ᵀ (I − ρ N) C⁻¹ and m′ = m + ρ S′⁻¹ ∂/∂m, where the symmetric N =
/// 2 Cᵀ (∂/∂Σ) C has the lower triangle of Cᵀ ∂/∂C: of a Gaussian target with exact expectations, ρ = 1 is the optimum at once. The
/// correction ½ (ρ N)² of Lin, Schmidt & Khan (2020) keeps every S′ positive definite.
public struct NaturalGradient: LocationScaleOptimizer {
  public static let name = "natural-gradient"
  public static let summary = "natural gradients of a Gaussian's natural parameters (Khan & Rue 2023)"
  public var control = StepControl(learningRate: 0.05)
  public var isCorrected = true
  public static var options: [Option<Self>] {
    Option.stepControl + [
      .boolean(
        "correction", \.isCorrected, "the second-order term that keeps precisions positive (Lin et al. 2020)")
    ]
  }

  public init() {}

  public static func obstacle(family: any Family, objective: any Objective) -> SettingsProblem? {
    if family is MeanField || family is FullRank { return nil }
    return SettingsProblem(
      path: ["optimizer"],
      what: "'\(name)' knows the Fisher information of a Gaussian by its mean and factor, and not that of "
        + "'\(type(of: family).name)'",
      fix: "use family: mean-field or full-rank, or another optimizer")
  }

  public func ascend(_ q: inout LocationScale, rate: Double, beta: Double) {
    if q.isDiagonal {
      for i in 0..<q.dimension {
        let step = rate * q.factor[i] * q.factorSlope[i]
        let variance = q.factor[i] * q.factor[i] / (1 - step + (isCorrected ? 0.5 * step * step : 0))
        q.factor[i] = variance.squareRoot()
        q.location[i] += rate * variance * q.locationSlope[i]
      }
      return
    }
    moveFactor(&q, rate)
    // C (Cᵀ ∂/∂m).
    var pulled = [Double](repeating: 0, count: q.dimension)
    for row in 0..<q.dimension {
      for column in 0...row { pulled[column] += q.factor[q.place(row, column)] * q.locationSlope[row] }
    }
    for row in 0..<q.dimension {
      var sum = 0.0
      for column in 0...row { sum += q.factor[q.place(row, column)] * pulled[column] }
      q.location[row] += rate * sum
    }
  }

  /// C′ = C R⁻ᵀ with the upper triangle R of R Rᵀ = I − ρ N + ½ (ρ N)²; not a number where that is not positive definite.
  private func moveFactor(_ q: inout LocationScale, _ rate: Double) {
    let size = q.dimension
    var step = Matrix(rows: size, columns: size)
    for row in 0..<size {
      for column in 0...row {
        var sum = 0.0
        for k in row..<size { sum += q.factor[q.place(k, row)] * q.factorSlope[q.place(k, column)] }
        step[row, column] = rate * sum
        step[column, row] = rate * sum
      }
    }
    var ratio = Matrix.identity(size) - step
    if isCorrected { ratio = ratio + 0.5 * (step * step) }
    // The factor from the last row up is the mirror image of the one from the first row down.
    var mirrored = Matrix(rows: size, columns: size)
    for row in 0..<size {
      for column in 0..<size { mirrored[row, column] = ratio[size - 1 - row, size - 1 - column] }
    }
    guard let lower = try? mirrored.cholesky() else {
      for index in q.factor.indices { q.factor[index] = .nan }
      return
    }
    func upper(_ row: Int, _ column: Int) -> Double { lower[size - 1 - row, size - 1 - column] }
    // Each row x of C′ has x Rᵀ = its row of C.
    for row in 0..<size {
      for column in stride(from: row, through: 0, by: -1) {
        var rest = q.factor[q.place(row, column)]
        for k in column + 1..<max(column + 1, row + 1) {
          rest -= upper(column, k) * q.factor[q.place(row, k)]
        }
        q.factor[q.place(row, column)] = rest / upper(column, column)
      }
    }
  }
}
