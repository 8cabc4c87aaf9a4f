import NumericArrays

/// The log of a density's normaliser by bridge sampling between draws from it and a Gaussian fitted to half of them (Meng & Wong 1996;
/// Gronau et al. 2017, "A tutorial on bridge sampling").
struct BridgeSampling {
  let logNormaliser: Double
  /// By the relative mean squared error (Frühwirth-Schnatter 2004; Gronau et al. 2017, eq. 16), with the draws' autocorrelation.
  let standardError: Double

  private static let tolerance = 1e-10
  private static let mostIterations = 1000

  /// - Parameters:
  ///   - chains: the draws of each chain, in order.
  ///   - logDensities: theirs.
  ///   - logDensity: evaluates another point.
  ///
  /// nil where the Gaussian cannot be fitted, or the estimate does not settle.
  init?(
    _ chains: [[[Double]]], _ logDensities: [[Double]], seed: UInt64, logDensity: ([Double]) -> Double
  ) {
    let halves = chains.map { $0.count / 2 }
    let fitted = zip(chains, halves).flatMap { $0.prefix($1) }
    guard let dimension = fitted.first?.count, fitted.count > 2 * dimension else { return nil }
    guard let proposal = Proposal(fitted) else { return nil }
    // The half that the Gaussian has not seen.
    let own = zip(chains, halves).map { Array($0.dropFirst($1)) }
    let ownLogs = zip(logDensities, halves).map { Array($0.dropFirst($1)) }
    let count = own.reduce(0) { $0 + $1.count }
    let posterior = zip(own, ownLogs).map { chain, logs in
      zip(chain, logs).map { $1 - proposal.logDensity($0) }
    }
    let stream = NoiseStream(seed: seed, purpose: .chainStart)
    let noise = stream.normals(dimension: dimension, draws: count, step: 1 << 56)
    let proposed = (0..<count).map { draw in
      let z = proposal.draw((0..<dimension).map { noise[$0 * count + draw] })
      return logDensity(z) - proposal.logDensity(z)
    }
    let all = posterior.flatMap(\.self)
    guard all.allSatisfy(\.isFinite), !proposed.contains(where: \.isNaN) else { return nil }
    // What the weights are compared with, so that none overflows.
    let middle = all.sorted()[all.count / 2]
    let near = all.map { SpecialFunctions.exp($0 - middle) }
    let far = proposed.map { SpecialFunctions.exp($0 - middle) }
    let size = ChainStatistics.effectiveSize(posterior)
    let share = size / (size + Double(count))
    func optimal(_ ratio: Double) -> Double {
      let above = far.reduce(0) { $0 + $1 / (share * $1 + (1 - share) * ratio) } / Double(count)
      let below = near.reduce(0) { $0 + 1 / (share * $1 + (1 - share) * ratio) } / Double(count)
      return above / below
    }
    var ratio = 1.0
    var settled = false
    for _ in 0..<Self.mostIterations where !settled {
      let next = optimal(ratio)
      settled = abs(next - ratio) <= Self.tolerance * next
      ratio = next
    }
    guard settled, ratio > 0, ratio.isFinite else { return nil }
    logNormaliser = SpecialFunctions.log(ratio) + middle

    func relative(_ values: [Double], _ size: Double) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
      return variance / (mean * mean) / size
    }
    let first = far.map { weight in
      let normalised = weight / ratio
      return normalised / (share * normalised + (1 - share))
    }
    let length = own.map(\.count).min() ?? 0
    let second = near.map { 1 / (share * $0 / ratio + (1 - share)) }
    let secondChains = own.indices.map { Array(second[$0 * length..<($0 + 1) * length]) }
    let effective = ChainStatistics.effectiveSize(secondChains)
    standardError = (relative(first, Double(count)) + relative(second, effective)).squareRoot()
  }

  /// The Gaussian with the draws' mean and covariance.
  private struct Proposal {
    private let mean: [Double]
    private let factor: Matrix
    private let logConstant: Double

    init?(_ draws: [[Double]]) {
      let dimension = draws[0].count
      let count = Double(draws.count)
      var mean = [Double](repeating: 0, count: dimension)
      for draw in draws { for index in mean.indices { mean[index] += draw[index] / count } }
      var covariance = Matrix(rows: dimension, columns: dimension)
      for draw in draws {
        for row in 0..<dimension {
          let difference = (draw[row] - mean[row]) / (count - 1)
          for column in 0...row { covariance[row, column] += difference * (draw[column] - mean[column]) }
        }
      }
      for row in 0..<dimension { for column in 0..<row { covariance[column, row] = covariance[row, column] } }
      guard let factor = try? covariance.cholesky() else { return nil }
      self.mean = mean
      self.factor = factor
      logConstant =
        -0.5 * (Double(dimension) * LogDensity.logTwoPi + Matrix.logDeterminant(lower: factor))
    }

    func draw(_ noise: [Double]) -> [Double] { zip(mean, factor * noise).map(+) }

    func logDensity(_ z: [Double]) -> Double {
      let whitened = Matrix.forwardSubstitution(lower: factor, zip(z, mean).map(-))
      return logConstant - 0.5 * whitened.reduce(0) { $0 + $1 * $1 }
    }
  }
}
