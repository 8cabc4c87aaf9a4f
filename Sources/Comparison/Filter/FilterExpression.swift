/// A condition on runs: `family in [mean-field, full-rank] and beta <= 1`.
///
/// A comparison with a value that a run does not have is neither true nor false, as in SQL, and such a run is
/// not selected, also not by `not`; `x is null` asks for it.
public indirect enum FilterExpression: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  case comparison(column: String, Operator, FilterValue)
  case membership(column: String, [FilterValue])
  case isNull(column: String)
  case not(FilterExpression)
  case and(FilterExpression, FilterExpression)
  case or(FilterExpression, FilterExpression)

  /// Whether a run is selected. `value` gives its columns and parameters by name, nil where it has none.
  public func matches(_ value: (String) -> FilterValue?) -> Bool {
    truth(value) ?? false
  }

  /// The columns that the filter asks for, in order.
  public var columns: [String] {
    switch self {
    case .comparison(let column, _, _), .membership(let column, _), .isNull(let column): [column]
    case .not(let inner): inner.columns
    case .and(let left, let right), .or(let left, let right): left.columns + right.columns
    }
  }

  /// True, false or, with nil, unknown (Kleene 1938).
  private func truth(_ value: (String) -> FilterValue?) -> Bool? {
    switch self {
    case .comparison(let column, let relation, let literal):
      relation.holds(value(column) ?? .null, literal)
    case .membership(let column, let literals):
      (value(column) ?? .null) == .null
        ? nil : literals.contains { (value(column) ?? .null).equals($0) == true }
    case .isNull(let column): [.null, .list([])].contains(value(column) ?? .null)
    case .not(let inner): inner.truth(value).map { !$0 }
    case .and(let left, let right):
      switch (left.truth(value), right.truth(value)) {
      case (false, _), (_, false): false
      case (true, true): true
      default: nil
      }
    case .or(let left, let right):
      switch (left.truth(value), right.truth(value)) {
      case (true, _), (_, true): true
      case (false, false): false
      default: nil
      }
    }
  }
}

extension FilterExpression.Operator {
  func holds(_ left: FilterValue, _ right: FilterValue) -> Bool? {
    switch self {
    case .equal: left.equals(right)
    case .notEqual: left.equals(right).map { !$0 }
    case .less: left.precedes(right)
    case .greater: right.precedes(left)
    case .lessOrEqual: left.precedes(right).map { $0 || left.equals(right) == true }
    case .greaterOrEqual: right.precedes(left).map { $0 || left.equals(right) == true }
    }
  }
}
