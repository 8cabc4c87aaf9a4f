package import NumericArrays

/// k(x, y) of particles `[D, n]`, a column each.
public struct SteinKernel: Sendable {
  public enum Shape: String, CaseIterable, Sendable {
    /// exp(−‖x − y‖² / h).
    case gaussian = "rbf"
    /// (1 + ‖x − y‖² / h)^(−1/2) (Gorham & Mackey 2017).
    case multiquadric = "imq"
    /// 1 + (x − c)ᵀ (y − c) / h with c the mean of the particles: it sees means and covariances (Liu & Wang 2018).
    case linear
  }

  let shape: Shape
  /// h > 0.
  package let bandwidth: Double

  package init(_ shape: Shape, bandwidth: Double) {
    self.shape = shape
    self.bandwidth = bandwidth
  }

  /// With the median of the squared distances over log n for its bandwidth (Liu & Wang 2016, section 5), 1 where particles coincide
  /// or there is one.
  package init(_ shape: Shape, medianOf particles: Matrix) {
    let count = particles.columns
    var squares: [Double] = []
    squares.reserveCapacity(count * (count - 1) / 2)
    for first in 0..<count {
      for second in 0..<first { squares.append(Self.squaredDistance(particles, first, second)) }
    }
    squares.sort()
    let median = squares.isEmpty ? 0 : squares[squares.count / 2]
    self.init(shape, bandwidth: median > 0 ? median / SpecialFunctions.log(Double(count)) : 1)
  }

  /// φ at each particle, `[D, n]`: (1/n) Σ_j k(x_j, x) ∇ log p(x_j) + ∇_{x_j} k(x_j, x) (Liu & Wang 2016, eq. 8).
  package func direction(_ particles: Matrix, scores: Matrix) -> Matrix {
    switch shape {
    case .gaussian, .multiquadric: radialDirection(particles, scores)
    case .linear: linearDirection(particles, scores)
    }
  }

  /// f(d²) of a radial kernel, with its first and second derivative.
  private func radial(_ square: Double) -> (value: Double, first: Double, second: Double) {
    switch shape {
    case .gaussian:
      let value = SpecialFunctions.exp(-square / bandwidth)
      return (value, -value / bandwidth, value / (bandwidth * bandwidth))
    case .multiquadric:
      let base = 1 / (1 + square / bandwidth)
      let value = base.squareRoot()
      return (
        value, -0.5 * value * base / bandwidth, 0.75 * value * base * base / (bandwidth * bandwidth)
      )
    case .linear: preconditionFailure("the linear kernel is not radial")
    }
  }

  private func radialDirection(_ particles: Matrix, _ scores: Matrix) -> Matrix {
    let (dimension, count) = (particles.rows, particles.columns)
    var sums = [Double](repeating: 0, count: dimension * count)
    let (x, s) = (particles.elements, scores.elements)
    for first in 0..<count {
      for row in 0..<dimension { sums[row * count + first] += s[row * count + first] }
      for second in 0..<first {
        let (value, slope, _) = radial(Self.squaredDistance(particles, first, second))
        for place in stride(from: 0, to: x.count, by: count) {
          // ∇ k of the one at the other, and with the other sign the reverse.
          let repulsion = 2 * slope * (x[place + second] - x[place + first])
          sums[place + first] += value * s[place + second] + repulsion
          sums[place + second] += value * s[place + first] - repulsion
        }
      }
    }
    let share = 1 / Double(count)
    return Matrix(rows: dimension, columns: count, elements: sums.map { share * $0 })
  }

  /// s̄ + (S + I) (x − c) / h with S the mean of ∇ log p(x_j) (x_j − c)ᵀ.
  private func linearDirection(_ particles: Matrix, _ scores: Matrix) -> Matrix {
    let share = 1 / Double(particles.columns)
    let (center, score) = (Self.means(particles), Self.means(scores))
    var offsets = particles
    for row in 0..<offsets.rows {
      for column in 0..<offsets.columns { offsets[row, column] -= center[row] }
    }
    let slope = share * (scores * offsets.transposed) + Matrix.identity(particles.rows)
    var direction = (1 / bandwidth) * (slope * offsets)
    for row in 0..<direction.rows {
      for column in 0..<direction.columns { direction[row, column] += score[row] }
    }
    return direction
  }

  /// The kernelised Stein discrepancy of the particles, the root of the V-statistic (Liu, Lee & Jordan 2016, eqs. 6 and 14): 0 where
  /// they are the posterior.
  ///
  /// - Precondition: the kernel is radial.
  package func discrepancy(_ particles: Matrix, scores: Matrix) -> Double {
    let (dimension, count) = (particles.rows, particles.columns)
    let (x, s) = (particles.elements, scores.elements)
    var sum = 0.0
    for first in 0..<count {
      for second in 0...first {
        let square = Self.squaredDistance(particles, first, second)
        let (value, slope, curvature) = radial(square)
        var (products, along) = (0.0, 0.0)
        for place in stride(from: 0, to: x.count, by: count) {
          products += s[place + first] * s[place + second]
          along += (s[place + second] - s[place + first]) * (x[place + first] - x[place + second])
        }
        // The trace of ∇_x ∇_y k is −2 D f′ − 4 d² f″.
        let own =
          value * products + 2 * slope * along - 2 * Double(dimension) * slope - 4 * square * curvature
        sum += first == second ? own : 2 * own
      }
    }
    return max(0, sum).squareRoot() / Double(count)
  }

  private static func squaredDistance(_ particles: Matrix, _ first: Int, _ second: Int) -> Double {
    let (x, count) = (particles.elements, particles.columns)
    var sum = 0.0
    for place in stride(from: 0, to: x.count, by: count) {
      let distance = x[place + first] - x[place + second]
      sum += distance * distance
    }
    return sum
  }

  /// Of each row.
  static func means(_ values: Matrix) -> [Double] {
    (0..<values.rows).map { row in
      values.elements[row * values.columns..<(row + 1) * values.columns].reduce(0, +)
        / Double(values.columns)
    }
  }
}
