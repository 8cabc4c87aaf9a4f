import ReverseTape

/// Monotone splines of rational quadratics (Gregory & Delbourgo 1982; Durkan et al. 2019, §3.1), one for each element, from
/// [−bound, bound] onto itself; the identity outside, which they meet with slope 1.
///
/// Values of the bins are `[bins, elements]`: a row for each bin. Which bin an x is in, a column of zeros and a one says; what the
/// bin has is a sum over the column.
struct RationalQuadraticSpline {
  /// The least share of a bin in the interval, and the least slope at a knot: the authors' own.
  private static let smallestShare = 1e-3
  private static let smallestSlope = 1e-3

  private let bins: Int
  private let bound: Double
  private let tape: Tape
  /// Widths and heights of the bins and where they begin.
  private let widths, heights, lefts, bottoms: Traced
  /// The slopes at the bins' beginnings and ends.
  private let slopes: (left: Traced, right: Traced)

  /// - Parameter numbers: `[3 · bins − 1, elements]`: of each element the logs of unnormalised widths, those of heights, and what
  ///   gives the slopes at the knots between; all 0 is the identity.
  init(_ numbers: Traced, elements: Int, bins: Int, bound: Double) {
    self.bins = bins
    self.bound = bound
    tape = numbers.tape
    let size = bins * elements
    let shape = Shape(bins, elements)
    (widths, lefts) = Self.partition(numbers[0..<size].reshaped(shape), bound)
    (heights, bottoms) = Self.partition(numbers[size..<2 * size].reshaped(shape), bound)
    // (1 − smallest) · 1 + smallest is 1 at 0.
    let inner =
      (1 - Self.smallestSlope) * numbers[2 * size..<numbers.count].unitSoftplus() + Self.smallestSlope
    let ones = tape.constant([Double](repeating: 1, count: elements))
    let all = Traced.concatenated([ones, inner, ones])
    slopes = (all[0..<size].reshaped(shape), all[elements..<elements + size].reshaped(shape))
  }

  /// The parts of [−bound, bound] in proportion to exp(logs), each with at least the smallest share, and where they begin.
  private static func partition(_ logs: Traced, _ bound: Double) -> (sizes: Traced, starts: Traced) {
    let (bins, elements) = (logs.shape.rows, logs.shape.columns)
    let tape = logs.tape
    let unnormalised = logs.exp()
    let ones = tape.constant([Double](repeating: 1, count: bins), Shape(1, bins))
    let total = ones.times(unnormalised)
    let factor = 2 * bound * (1 - Double(bins) * smallestShare)
    let perBin = tape.constant([Double](repeating: 1, count: bins)).times(factor / total)
    let sizes = unnormalised * perBin + 2 * bound * smallestShare
    let before = (0..<bins * bins).map { $0 % bins < $0 / bins ? 1.0 : 0.0 }
    precondition(perBin.count == bins * elements, "a share for every bin")
    return (sizes, tape.constant(before, Shape(bins, bins)).times(sizes) - bound)
  }

  /// The splines at x `[elements]`.
  func moved(_ x: Traced) -> Bent {
    let isInside = isInside(x)
    // Outside the splines are not needed; at 0 they are finite.
    let row = (isInside * x).reshaped(Shape(1, x.count))
    let own = choice(of: row, beginnings: lefts)
    let bin = bin(own)
    let place = Place(bin, position: (row - own(lefts)) / bin.width)
    let value =
      own(bottoms)
      + bin.height * (bin.mean * place.position.square() + bin.left * place.product) / place.denominator
    let slope = place.slope
    let bent = value.reshaped(x.shape)
    return Bent(
      value: x + isInside * (bent - x),
      logDeterminant: (isInside * slope.log().reshaped(x.shape)).sum())
  }

  /// Where the splines are y `[elements]`: the root of a quadratic, in the form without cancellation (Durkan et al. 2019, eq. 6–8 and
  /// appendix A.3).
  func movedBack(_ y: Traced) -> Bent {
    let isInside = isInside(y)
    let row = (isInside * y).reshaped(Shape(1, y.count))
    let own = choice(of: row, beginnings: bottoms)
    let bin = bin(own)
    let above = row - own(bottoms)
    let curved = above * (bin.left + bin.right - 2 * bin.mean)
    let a = bin.height * (bin.mean - bin.left) + curved
    let b = bin.height * bin.left - curved
    let c = bin.mean * above
    let place = Place(bin, position: 2 * c / (b + (b.square() + 4 * (a * c)).squareRoot()))
    let straight = (place.position * bin.width + own(lefts)).reshaped(y.shape)
    return Bent(
      value: y + isInside * (straight - y),
      logDeterminant: (isInside * place.slope.log().reshaped(y.shape)).sum())
  }

  private func isInside(_ x: Traced) -> Traced { (bound - x.absolute()).mapped(.step) }

  /// The bins of some elements: their sizes, the slopes at their ends and between them, each `[1, elements]`.
  private struct Bin {
    var width, height, left, right, mean: Traced
  }

  private func bin(_ own: (Traced) -> Traced) -> Bin {
    let (width, height) = (own(widths), own(heights))
    let (left, right) = (own(slopes.left), own(slopes.right))
    return Bin(width: width, height: height, left: left, right: right, mean: height / width)
  }

  /// A place in a bin, from 0 at its beginning to 1.
  private struct Place {
    let bin: Bin
    let position, rest, product, denominator: Traced

    init(_ bin: Bin, position: Traced) {
      self.bin = bin
      self.position = position
      rest = 1 - position
      product = position * rest
      denominator = bin.mean + (bin.left + bin.right - 2 * bin.mean) * product
    }

    var slope: Traced {
      bin.mean.square()
        * (bin.right * position.square() + 2 * (bin.mean * product) + bin.left * rest.square())
        / denominator.square()
    }
  }

  /// Chooses from values `[bins, elements]` those of the bins that x `[1, elements]` is in, by where they begin on its axis.
  private func choice(of row: Traced, beginnings: Traced) -> (_ values: Traced) -> Traced {
    let mask = mask(of: row, beginnings)
    let ones = tape.constant([Double](repeating: 1, count: bins), Shape(1, bins))
    return { ones.times(mask * $0) }
  }

  /// A one where x `[1, elements]` is and zeros elsewhere, `[bins, elements]`: 1 − c₁, c₁ − c₂, …, c for whether x is past the
  /// beginning of a bin.
  private func mask(of row: Traced, _ beginnings: Traced) -> Traced {
    let elements = row.count
    let inner = bins - 1
    let repeated = tape.constant([Double](repeating: 1, count: inner)).times(row)
    let isPast = (repeated - beginnings[elements..<bins * elements].reshaped(Shape(inner, elements))).mapped(
      .step)
    let differences = (0..<bins * inner).map { place -> Double in
      let (bin, knot) = (place / inner, place % inner)
      return bin == knot + 1 ? 1 : bin == knot ? -1 : 0
    }
    let first = (0..<bins * elements).map { $0 < elements ? 1.0 : 0.0 }
    return tape.constant(differences, Shape(bins, inner)).times(isPast)
      + tape.constant(first, Shape(bins, elements))
  }
}
