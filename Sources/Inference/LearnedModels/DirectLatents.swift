/// Latents whose half steps go over the data once, by kernels of their own: faster than a program, to rounding the same.
public protocol DirectLatents: Sendable {
  /// The numbers that the q of some rows takes, laid out as its passes please.
  func posteriorCount(rows: Int) -> Int
  /// A pass over data at θ, with q the posterior at an inverse temperature 1/β; at 0, the prior.
  func pass(_ theta: [Double], inverseTemperature: Double) -> any DirectPass
}

/// What a half step computes of rows at a θ.
public protocol DirectPass: Sendable {
  /// The sums over the rows, as `DirectSums` reads them.
  ///
  /// - Parameter posteriors: where the q of each row is kept, and may be from before; nil: only the log normalizer and the
  ///   statistics are asked for.
  func sums(_ rows: RowBlock, posteriors: PosteriorBlock?) -> [Double]
}

/// Some rows of data `[width, rows]`.
public struct RowBlock {
  let start: UnsafePointer<Double>
  /// The rows of all data: how far apart a row's columns are.
  let stride: Int
  let count: Int

  package init(start: UnsafePointer<Double>, stride: Int, count: Int) {
    self.start = start
    self.stride = stride
    self.count = count
  }
}

/// The q of the same rows; 0 before the first.
public struct PosteriorBlock {
  let start: UnsafeMutablePointer<Double>
  /// Whether they hold another q, whose terms are asked for too before the pass's own takes its place.
  let isHeld: Bool

  package init(start: UnsafeMutablePointer<Double>, isHeld: Bool) {
    self.start = start
    self.isHeld = isHeld
  }
}

/// What a pass finds, summed over rows or averaged.
public struct DirectSums: Sendable {
  /// What is expected of a datum under some q.
  public struct Expected: Sendable {
    static let count = 4
    /// log p(x given z; θ).
    public var logLikelihood: Double
    /// log p(z; θ).
    public var logPrior: Double
    /// log p_β(z given x; θ) at the pass's temperature.
    public var logTempered: Double
    /// log p(z given x; θ).
    public var logPosterior: Double
  }

  /// The values before the statistics.
  static let headCount = 2 + 2 * Expected.count

  private let values: [Double]

  /// - Parameter values: log Z_β and log p(x), then what is expected under the pass's own q and under the one that was held, then
  ///   the statistics of the pass's own; what was not asked for is of no meaning.
  package init(_ values: [Double]) { self.values = values }

  /// log Z_β(x; θ) at the pass's temperature.
  public var logNormalizer: Double { values[0] }
  /// log p(x; θ).
  public var logEvidence: Double { values[1] }
  /// Under the pass's own q.
  public var own: Expected { expected(2) }
  /// Under the q that was held.
  public var held: Expected { expected(2 + Expected.count) }
  /// The expected sufficient statistics of the pass's own q.
  public var statistics: ArraySlice<Double> { values.dropFirst(Self.headCount) }

  private func expected(_ first: Int) -> Expected {
    Expected(
      logLikelihood: values[first], logPrior: values[first + 1], logTempered: values[first + 2],
      logPosterior: values[first + 3])
  }
}
