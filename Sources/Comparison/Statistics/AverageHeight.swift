/// The average height of a curve over its range, from its points by trapezoids: ∫ y dx / (x_last − x_first).
///
/// Over steps, seconds or evaluations it says how good a run was on average while it ran, in the unit of `y`.
///
/// - Returns: nil of fewer than two points, of a range that is empty, or where a value is not finite.
/// - Precondition: as many `y` as `x`, and `x` ascends.
public func averageHeight(x: [Double], y: [Double]) -> Double? {
  precondition(x.count == y.count, "a height for every place")
  guard let first = x.first, let last = x.last, last > first else { return nil }
  var area = 0.0
  for index in 1..<x.count {
    let width = x[index] - x[index - 1]
    precondition(width >= 0, "places ascend")
    area += width * (y[index] / 2 + y[index - 1] / 2)
  }
  let height = area / (last - first)
  return height.isFinite ? height : nil
}
