import Foundation
import NumericArrays

/// Half steps without a program, where every component has a covariance of its own.
extension GaussianMixture: DirectLatents {
  /// Beyond it the sums of a block leave the processor's caches, and matrix products of BLAS are as fast.
  static var directWidth: Int { 64 }

  public var direct: (any DirectLatents)? {
    options.covariance == .full && width <= Self.directWidth ? self : nil
  }

  /// The responsibilities of whole blocks.
  public func posteriorCount(rows: Int) -> Int {
    let columns = MixturePass.columns(rows: rows)
    return count * ((rows + columns - 1) / columns * columns)
  }

  public func pass(_ theta: [Double], inverseTemperature: Double) -> any DirectPass {
    func block(_ name: String) -> ArraySlice<Double> { theta[parameters.range(of: name)] }
    let logits = block("logits")
    let largest = logits.max() ?? 0
    let logTotal = largest + Foundation.log(logits.reduce(0) { $0 + Foundation.exp($1 - largest) })
    let logDiagonals = Array(block("log_precision_diagonal"))
    var triangle = width > 1 ? block("precision_triangle") : []
    var factors = [Double](repeating: 0, count: count * width * width)
    for row in 0..<count * width {
      for column in 0..<row % width { factors[row * width + column] = triangle.removeFirst() }
      factors[row * width + row % width] = Foundation.exp(logDiagonals[row])
    }
    let logScales = (0..<count).map { component in
      logDiagonals[component * width..<(component + 1) * width].reduce(0, +)
        - 0.5 * Double(width) * LogDensity.logTwoPi
    }
    return MixturePass(
      center: shape.center, offsets: zip(block("means"), 0...).map { $0 - shape.center[$1 % width] },
      factors: factors, logWeights: logits.map { $0 - logTotal }, logScales: logScales,
      inverseTemperature: inverseTemperature)
  }
}
