import Tracking

/// What the configuration of a learned model says of it.
extension RunSummary {
  /// The number of rows that θ was learned from: the terms of the yardstick are sums over them.
  var dataCount: Int? {
    guard case .integer(let count) = value(of: "data_count"), count > 0 else { return nil }
    return count
  }

  var isExpectationMaximization: Bool { record.optimizer == "em" }

  func integer(_ key: String) -> Int? {
    if case .integer(let value) = value(of: key) { value } else { nil }
  }

  func number(_ key: String) -> Double? {
    switch value(of: key) {
    case .integer(let value): Double(value)
    case .number(let value): value
    case nil, .null, .text: nil
    }
  }
}
