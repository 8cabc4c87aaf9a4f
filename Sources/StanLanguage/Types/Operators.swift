extension BinaryOperator {
  /// The functions of the library that it stands for, the first that takes its operands.
  fileprivate var functions: [String] {
    switch self {
    case .or: ["logical_or"]
    case .and: ["logical_and"]
    case .equal: ["logical_eq"]
    case .notEqual: ["logical_neq"]
    case .less: ["logical_lt"]
    case .lessOrEqual: ["logical_lte"]
    case .greater: ["logical_gt"]
    case .greaterOrEqual: ["logical_gte"]
    case .add: ["add"]
    case .subtract: ["subtract"]
    case .multiply: ["multiply"]
    case .divide: ["mdivide_right", "divide"]
    case .integerDivide, .modulo: ["modulus"]
    case .leftDivide: ["mdivide_left"]
    case .elementwiseMultiply: ["elt_multiply"]
    case .elementwiseDivide: ["elt_divide"]
    case .power, .elementwisePower: ["pow"]
    }
  }

  /// What it makes of operands of two types; nil where it takes others.
  func result(_ left: StanType, _ right: StanType, _ library: UsedLibrary) -> StanType? {
    for function in functions {
      if let type = library.result(of: function, [left, right]) { return type }
    }
    return nil
  }

  /// Whether `variable op= value` can be: its result is what the variable holds.
  func assigns(_ value: StanType, to variable: StanType, _ library: UsedLibrary) -> Bool {
    if variable.isScalar, self == .elementwiseMultiply || self == .elementwiseDivide { return false }
    if self == .divide { return library.result(of: "divide", [variable, value]) == variable }
    return result(variable, value, library) == variable
  }
}

extension PrefixOperator {
  func result(_ operand: StanType, _ library: UsedLibrary) -> StanType? {
    switch self {
    case .plus, .minus: library.result(of: self == .plus ? "plus" : "minus", [operand])
    case .not: library.result(of: "logical_negation", [operand])
    }
  }
}
