/// Stan Reference Manual, "Expressions", table of operators. A greater number binds more tightly.
extension BinaryOperator {
  /// Of the prefix operators: between products and powers.
  static let prefixPrecedence = 8

  /// The loosest that may stand in a bound: comparisons would take its `>` for their own.
  static let boundPrecedence = BinaryOperator.add.precedence

  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual: 3
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
    case .add, .subtract: 5
    case .multiply, .divide, .modulo, .elementwiseMultiply, .elementwiseDivide: 6
    case .integerDivide, .leftDivide: 7
    case .power, .elementwisePower: 9
    }
  }

  /// Powers group from the right, all others from the left.
  var groupsFromRight: Bool { self == .power || self == .elementwisePower }

  /// The operator of `+=` and its like.
  init?(assignment mark: Mark) {
    switch mark {
    case .addAssign: self = .add
    case .subtractAssign: self = .subtract
    case .multiplyAssign: self = .multiply
    case .divideAssign: self = .divide
    case .elementwiseMultiplyAssign: self = .elementwiseMultiply
    case .elementwiseDivideAssign: self = .elementwiseDivide
    default: return nil
    }
  }
}
