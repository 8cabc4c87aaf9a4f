public import ReverseTape

/// Neural spline coupling (Durkan et al. 2019): a network chooses from half of the elements a monotone spline for each of the
/// others, of rational quadratics between knots, and then a scale and a shift as real-nvp has.
///
/// A spline alone maps an interval onto itself: to move a narrow bulk to one end of it takes steep slopes beside, and gradients of
/// a variance to match. On the banana, 5,000 steps of Adam ended 0.03 to 0.23 nats below the evidence without scale and shift, and
/// 0.01 to 0.03 with them.
public struct NeuralSpline: CouplingFlow {
  public static let name = "neural-spline"
  public static let summary = "a flow of coupling layers by monotone rational-quadratic splines"
  public var layers = 4
  public var hidden = 16
  public var bins = 8
  public var bound = 5.0
  public var base = GaussianBase.meanField
  public static var options: [Option<Self>] {
    [
      .layers(\.layers), .hidden(\.hidden),
      .integer("bins", \.bins, 2...100, "bins of each spline"),
      .number("bound", \.bound, .positive, "a spline bends from −bound to bound, in sds of the base"),
      .base(\.base),
    ]
  }

  public init() {}

  private var numbersPerSpline: Int { 3 * bins - 1 }

  public var numbersPerElement: Int { numbersPerSpline + 2 }

  public func moved(_ x: Traced, by numbers: Traced) -> Bent {
    let map = map(numbers, elements: x.count)
    let curved = map.spline.moved(x)
    return Bent(
      value: curved.value * map.logScale.exp() + map.shift,
      logDeterminant: curved.logDeterminant + map.logScale.sum())
  }

  public func movedBack(_ y: Traced, by numbers: Traced) -> Bent {
    let map = map(numbers, elements: y.count)
    let straight = map.spline.movedBack((y - map.shift) * (-map.logScale).exp())
    return Bent(value: straight.value, logDeterminant: straight.logDeterminant + map.logScale.sum())
  }

  /// What a network's numbers choose for some elements.
  private func map(_ numbers: Traced, elements: Int) -> (
    spline: RationalQuadraticSpline, logScale: Traced, shift: Traced
  ) {
    let size = numbersPerSpline * elements
    return (
      RationalQuadraticSpline(numbers[0..<size], elements: elements, bins: bins, bound: bound),
      numbers[size..<size + elements], numbers[size + elements..<numbers.count]
    )
  }
}
