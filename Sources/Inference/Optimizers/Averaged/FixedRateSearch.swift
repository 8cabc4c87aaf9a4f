import NumericArrays

/// The search for an accurate average at one learning rate (FASO; Welandawe et al. 2022, algorithm 1): until split R-hat says that the
/// iterates of some window are stationary, and then until the standard error of their mean is small.
struct FixedRateSearch {
  /// R-hat of stationary iterates is no larger (Welandawe et al. 2022, §4.1; Vehtari et al. 2021).
  static let largestRHat = 1.1
  /// Variances that are none, in squared units: nobody asks for a ten thousandth of a standard deviation.
  private static let floor = 1e-8
  /// Windows are at least so many batches long, so that those tell how iterates depend on one another.
  private static let fewestBatches = 32

  private(set) var iterates: IterateBatches
  /// The iterates before the window whose R-hat was small enough; nil: none was yet.
  private(set) var discarded: Int?
  /// How many iterates there are when the average is looked at next.
  private var nextCheck = 0

  init(count: Int) { iterates = IterateBatches(count: count) }

  /// Takes the next iterate.
  ///
  /// - Parameters:
  ///   - window: the fewest iterates that are averaged; R-hat is taken whenever so many more have come.
  ///   - standardError: the largest one of an accurate average, in units of the scales.
  ///   - logScales: where φ has log scales; the parameters as many before them are locations.
  /// - Returns: the average, once it is accurate.
  mutating func append(
    _ iterate: UnsafeMutableBufferPointer<Double>, window: Int, standardError: Double, logScales: Range<Int>
  ) -> [Double]? {
    iterates.append(iterate)
    let count = iterates.iterates
    if let discarded {
      guard count >= nextCheck else { return nil }
      if let average = accurate(count - discarded, window, standardError, logScales) { return average }
      nextCheck = count + max(1, (count - discarded) / 5)
      return nil
    }
    guard count.isMultiple(of: window), let size = stationary(window, logScales) else { return nil }
    discarded = count - size
    nextCheck = count + max(1, size / 5)
    return accurate(size, window, standardError, logScales)
  }

  /// The mean of the stationary iterates; nil where there are none yet.
  var average: [Double]? {
    guard let discarded, iterates.batches > 0 else { return nil }
    return iterates.average(last: batches(iterates.iterates - discarded))
  }

  /// The mean of the last half of the iterates, stationary or not; nil where there are none.
  var lastHalf: [Double]? {
    iterates.batches > 0 ? iterates.average(last: (iterates.batches + 1) / 2) : nil
  }

  /// The whole batches in so many last iterates.
  private func batches(_ count: Int) -> Int {
    min(iterates.batches, max(1, count / iterates.length))
  }

  /// Of five windows up to 95 % of the iterates the length of the one with the smallest R-hat; nil where that is too large.
  private func stationary(_ window: Int, _ logScales: Range<Int>) -> Int? {
    let smallest = max(window, Self.fewestBatches * iterates.length)
    let largest = iterates.iterates * 19 / 20
    guard largest > smallest else { return nil }
    let floors = units(iterates.average(last: batches(smallest)), logScales).map { Self.floor * $0 * $0 }
    var best: (rHat: Double, size: Int)?
    for index in 0..<5 {
      let size = batches(smallest + (largest - smallest) * index / 4) / 2 * 2
      let rHat = iterates.largestRHat(last: size, floors: floors)
      if rHat < best?.rHat ?? .infinity { best = (rHat, size * iterates.length) }
    }
    guard let best, best.rHat <= Self.largestRHat else { return nil }
    return best.size
  }

  /// The mean of the last iterates, where its standard errors are small enough and there are an eighth of a window's effective ones.
  private func accurate(_ size: Int, _ window: Int, _ standardError: Double, _ logScales: Range<Int>)
    -> [Double]?
  {
    let last = batches(size)
    let average = iterates.average(last: last)
    let units = units(average, logScales)
    for index in units.indices {
      let (error, effectiveSize) = iterates.meanError(index, last: last)
      guard error / units[index] < standardError, effectiveSize * 8 >= Double(window) else { return nil }
    }
    return average
  }

  /// What an error of 1 is of every parameter: a location's scale, and 1 of log scales and of unit triangles.
  private func units(_ parameters: [Double], _ logScales: Range<Int>) -> [Double] {
    var units = [Double](repeating: 1, count: parameters.count)
    for place in logScales {
      units[place - logScales.lowerBound] = SpecialFunctions.exp(parameters[place])
    }
    return units
  }
}

extension FixedRateSearch {
  /// Adds the search to a state.
  func save(into state: inout FitState, prefix: String) {
    iterates.save(into: &state, prefix: prefix)
    state.numbers[prefix + "discarded"] = discarded.map { [Double($0)] } ?? []
    state.numbers[prefix + "next_check"] = [Double(nextCheck)]
  }

  /// nil where the state lacks some of it.
  init?(_ state: FitState, prefix: String, count: Int) {
    guard let iterates = IterateBatches(state, prefix: prefix, count: count),
      let discarded = state.numbers[prefix + "discarded"], discarded.count < 2,
      let nextCheck = state.count(prefix + "next_check")
    else { return nil }
    self.iterates = iterates
    self.discarded = discarded.isEmpty ? nil : state.count(prefix + "discarded")
    self.nextCheck = nextCheck
  }
}
