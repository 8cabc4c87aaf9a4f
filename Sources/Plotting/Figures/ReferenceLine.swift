/// A value to measure the others by, such as the log evidence.
public struct ReferenceLine: Sendable, Hashable {
  public var label: String
  public var value: Double

  public init(label: String, value: Double) {
    self.label = label
    self.value = value
  }
}
