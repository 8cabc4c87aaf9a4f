/// A condition on runs: `family in [mean-field, full-rank] and beta <= 1 and elbo.last > -120`.
///
/// A comparison with a value that a run does not have is neither true nor false, as in SQL, and such a run is
/// not selected, also not by `not`; `x is null` asks for it. A NaN is no value.
public indirect enum FilterExpression: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  case comparison(FilterColumn, Operator, FilterLiteral)
  case membership(FilterColumn, [FilterLiteral])
  case like(FilterColumn, String)
  case isNull(FilterColumn)
  case not(FilterExpression)
  case and(FilterExpression, FilterExpression)
  case or(FilterExpression, FilterExpression)

  /// Whether something with these values is selected.
  public func matches(_ value: (FilterColumn) -> FilterValue?) -> Bool {
    truth(value) ?? false
  }

  /// What the filter asks for, in order.
  public var columns: [FilterColumn] {
    switch self {
    case .comparison(let column, _, _), .membership(let column, _), .like(let column, _), .isNull(let column):
      [column]
    case .not(let inner): inner.columns
    case .and(let left, let right), .or(let left, let right): left.columns + right.columns
    }
  }

  /// True, false or, with nil, unknown (Kleene 1938).
  private func truth(_ value: (FilterColumn) -> FilterValue?) -> Bool? {
    switch self {
    case .comparison(let column, let relation, let literal):
      return relation.holds(value(column) ?? .null, literal)
    case .membership(let column, let literals):
      let found = value(column) ?? .null
      if case .list = found { return literals.contains { found.equals($0) == true } }
      return found.isNull ? nil : literals.contains { found.equals($0) == true }
    case .like(let column, let pattern): return (value(column) ?? .null).isLike(pattern)
    case .isNull(let column): return (value(column) ?? .null).isNull
    case .not(let inner): return inner.truth(value).map { !$0 }
    case .and(let left, let right):
      switch (left.truth(value), right.truth(value)) {
      case (false, _), (_, false): return false
      case (true, true): return true
      default: return nil
      }
    case .or(let left, let right):
      switch (left.truth(value), right.truth(value)) {
      case (true, _), (_, true): return true
      case (false, false): return false
      default: return nil
      }
    }
  }
}

extension FilterExpression.Operator {
  /// Whether it asks for an order, which only numbers and times have.
  var isOrdering: Bool { self != .equal && self != .notEqual }

  func holds(_ left: FilterValue, _ right: FilterLiteral) -> Bool? {
    switch self {
    case .equal: left.equals(right)
    case .notEqual: left.equals(right).map { !$0 }
    case .less: right.number.flatMap { left.compares(<, $0) }
    case .lessOrEqual: right.number.flatMap { left.compares(<=, $0) }
    case .greater: right.number.flatMap { left.compares(>, $0) }
    case .greaterOrEqual: right.number.flatMap { left.compares(>=, $0) }
    }
  }
}
