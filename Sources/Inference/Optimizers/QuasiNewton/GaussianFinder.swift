import NumericArrays

/// An optimizer that finds a Gaussian without ascending a bound: q becomes the member of its family that is nearest to it.
public protocol GaussianFinder: Optimizer {
  /// Where the ascent of the log density starts.
  func location(near start: GaussianStart, seed: UInt64) -> [Double]
  /// The number of steps whose slopes the ascent remembers.
  var history: Int { get }
  /// Whether the ascent has to end at a mode.
  var needsMode: Bool { get }
  /// Looks at the ascent's start and at each of its points.
  func makeSearch(seed: UInt64) -> any GaussianSearch
}

/// What a finder keeps of an ascent.
public protocol GaussianSearch {
  /// Takes a point of the ascent into account, counted from 0.
  mutating func visit(_ ascent: AscentPoint)
  /// The Gaussian in the end.
  ///
  /// - Throws: why there is none.
  func result(_ last: AscentPoint) throws(GaussianSearchFailure) -> GaussianStart
}

/// Why no Gaussian was found, as a sentence.
public struct GaussianSearchFailure: Error, CustomStringConvertible {
  public var description: String
}

/// A point of an ascent, with what can be asked there.
public struct AscentPoint {
  let step: Int
  let ascent: QuasiNewtonAscent
  let density: PosteriorDensity.Evaluation
}
