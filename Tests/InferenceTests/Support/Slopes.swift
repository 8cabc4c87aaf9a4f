import Testing

/// Holds the gradient of a probe, its second output, against central differences of its first.
///
/// - Parameter tolerance: relative to the largest element.
func expectSlopes(
  _ probe: BoundProbe, at point: [Double], beta: Double, _ label: String, tolerance: Double = 1e-8
) {
  let values = probe(at: point, beta: beta)
  let gradient = values[1]
  #expect(gradient.count == point.count && !point.isEmpty, "\(label)")
  // Differences with h = ε^(1/3) lose two thirds of the digits: 4e-11 of the objective, and truncation
  // h² f‴/6 ≈ 6e-12 f‴ with f‴ of the size of the gradient times up to 1e3.
  let size = gradient.reduce(1 + abs(values[0][0])) { max($0, abs($1)) }
  for index in point.indices {
    let step = 6e-6 * max(1, abs(point[index]))
    var (up, down) = (point, point)
    up[index] += step
    down[index] -= step
    let slope =
      (probe(at: up, beta: beta)[0][0] - probe(at: down, beta: beta)[0][0]) / (up[index] - down[index])
    #expect(
      abs(slope - gradient[index]) < tolerance * size,
      "\(label): element \(index) is \(gradient[index]), differences give \(slope)")
  }
}
