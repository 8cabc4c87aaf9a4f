/// Latents whose E-step goes over the data once, by kernels of its own: faster than a program, to rounding the same.
public protocol DirectLatents: Sendable {
  /// The E-step at θ, q being the posterior at an inverse temperature 1/β.
  func expectation(_ theta: [Double], inverseTemperature: Double) -> any DirectExpectation
}

/// What an E-step computes of rows.
public protocol DirectExpectation: Sendable {
  /// The sums over the rows of log Z_β(x; θ) and, after it, of the expected statistics of q.
  func sums(_ rows: RowBlock) -> [Double]
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
