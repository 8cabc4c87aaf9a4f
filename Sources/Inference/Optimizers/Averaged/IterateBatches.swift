import Foundation

/// The iterates at one learning rate, as the means of consecutive batches and the squares about them: at most 512 batches, of a length that
/// doubles when there are more, so that neither memory nor a checkpoint grows with the steps.
package struct IterateBatches {
  package static let mostBatches = 512

  /// The number of parameters.
  let count: Int
  /// The iterates of a whole batch.
  package private(set) var length = 1
  /// `[batches, count]`.
  private var means: [Double] = []
  /// The squared deviations from the batch's mean, summed, `[batches, count]`.
  private var squares: [Double] = []
  /// The iterates of the batch that is not whole yet.
  private var openCount = 0
  private var openMean: [Double]
  private var openSquare: [Double]

  package init(count: Int) {
    self.count = count
    openMean = [Double](repeating: 0, count: count)
    openSquare = openMean
  }

  /// The whole batches.
  package var batches: Int { count == 0 ? 0 : means.count / count }
  /// All iterates so far.
  package var iterates: Int { batches * length + openCount }

  package mutating func append(_ iterate: UnsafeMutableBufferPointer<Double>) {
    openCount += 1
    let share = 1 / Double(openCount)
    for index in 0..<count {
      let difference = iterate[index] - openMean[index]
      openMean[index] += difference * share
      openSquare[index] += difference * (iterate[index] - openMean[index])
    }
    guard openCount == length else { return }
    means += openMean
    squares += openSquare
    openCount = 0
    for index in 0..<count {
      openMean[index] = 0
      openSquare[index] = 0
    }
    if batches == Self.mostBatches { merge() }
  }

  /// Makes one batch of every two (Chan, Golub & LeVeque 1983).
  private mutating func merge() {
    let half = batches / 2
    for batch in 0..<half {
      for index in 0..<count {
        let (first, second) = (2 * batch * count + index, (2 * batch + 1) * count + index)
        let difference = means[second] - means[first]
        let mean = means[first] + 0.5 * difference
        squares[batch * count + index] =
          squares[first] + squares[second] + 0.5 * Double(length) * difference * difference
        means[batch * count + index] = mean
      }
    }
    means.removeLast(half * count)
    squares.removeLast(half * count)
    length *= 2
  }

  // MARK: Windows

  /// The mean of every parameter over the last batches.
  package func average(last window: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for batch in batches - window..<batches {
      for index in 0..<count { sums[index] += means[batch * count + index] }
    }
    return sums.map { $0 / Double(window) }
  }

  /// The largest split R-hat of all parameters over the last batches, an even number: √((n − 1)/n + B/(n W)) of halves of n iterates
  /// (Gelman & Rubin 1992; Welandawe et al. 2022, §4.1).
  ///
  /// - Parameter floors: variances that are none, added to W; each that of a parameter.
  package func largestRHat(last window: Int, floors: [Double]) -> Double {
    let half = window / 2
    let iterates = Double(half * length)
    var largest = 0.0
    for index in 0..<count {
      let first = moments(index, batches - window..<batches - half)
      let second = moments(index, batches - half..<batches)
      let within = 0.5 * (first.square + second.square) / (iterates - 1) + floors[index]
      let difference = first.mean - second.mean
      let ratio = (iterates - 1) / iterates + 0.5 * difference * difference / within
      // What is not a number stays one.
      if !(ratio.squareRoot() <= largest) { largest = ratio.squareRoot() }
    }
    return largest
  }

  /// The Monte Carlo standard error of a parameter's mean over the last batches, and how many independent iterates they are worth: by Geyer's
  /// initial sequence over the means of the batches, which are a chain like any other.
  package func meanError(_ index: Int, last window: Int) -> (error: Double, effectiveSize: Double) {
    let range = batches - window..<batches
    let chain = range.map { means[$0 * count + index] }
    let iterates = Double(window * length)
    let mean = chain.reduce(0, +) / Double(window)
    let between = chain.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(window - 1)
    let squared = between / ChainStatistics.effectiveSize([chain])
    let variance = moments(index, range).square / (iterates - 1)
    return (squared.squareRoot(), squared > 0 ? variance / squared : iterates)
  }

  /// The mean over some batches, and the squared deviations from it, summed.
  private func moments(_ index: Int, _ range: Range<Int>) -> (mean: Double, square: Double) {
    var (mean, square) = (0.0, 0.0)
    for batch in range {
      mean += means[batch * count + index]
      square += squares[batch * count + index]
    }
    mean /= Double(range.count)
    for batch in range {
      let difference = means[batch * count + index] - mean
      square += Double(length) * difference * difference
    }
    return (mean, square)
  }
}

extension IterateBatches {
  /// Adds the batches to a state.
  func save(into state: inout FitState, prefix: String) {
    state.numbers[prefix + "length"] = [Double(length)]
    state.numbers[prefix + "means"] = means
    state.numbers[prefix + "squares"] = squares
    state.numbers[prefix + "open_count"] = [Double(openCount)]
    state.numbers[prefix + "open_mean"] = openMean
    state.numbers[prefix + "open_square"] = openSquare
  }

  /// nil where the state lacks some of it.
  init?(_ state: FitState, prefix: String, count: Int) {
    guard let length = state.count(prefix + "length"), length > 0, length & (length - 1) == 0,
      let means = state.numbers[prefix + "means"], let squares = state.numbers[prefix + "squares"],
      means.count == squares.count, means.count % count == 0, means.count < Self.mostBatches * count,
      let openCount = state.count(prefix + "open_count"), openCount < length,
      let openMean = state.numbers[prefix + "open_mean"], openMean.count == count,
      let openSquare = state.numbers[prefix + "open_square"], openSquare.count == count
    else { return nil }
    self.count = count
    self.length = length
    self.means = means
    self.squares = squares
    self.openCount = openCount
    self.openMean = openMean
    self.openSquare = openSquare
  }
}
