/// A function of several variables that can be climbed.
protocol AscendedFunction: AnyObject {
  /// The value at a point, whose gradient goes into `gradient`.
  func value(at point: [Double], gradient: inout [Double]) -> Double
}
