/// An expression, with its place and, once checked, its type.
package struct Expression: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    case integer(Int)
    case real(Double)
    /// In `print` and `reject` alone.
    case string(String)
    case variable(Identifier)
    /// `target()`.
    case target
    case call(Call)
    case prefix(PrefixOperator, Expression)
    /// `x'`.
    case transpose(Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `condition ? first : second`.
    case conditional(Expression, Expression, Expression)
    case index(Expression, [Index])
    /// `{a, b, c}`.
    case arrayLiteral([Expression])
    /// `[a, b, c]`: a row vector of scalars or a matrix of row vectors.
    case rowVectorLiteral([Expression])
    case tuple([Expression])
    /// `x.1`: the element counts from 1.
    case tupleElement(Expression, Int)
  }

  package var kind: Kind
  package var range: SourceRange
  /// Set by the checker; `void` before.
  package var type: StanType

  package init(_ kind: Kind, at range: SourceRange, type: StanType = .void) {
    self.kind = kind
    self.range = range
    self.type = type
  }
}

/// A call of a function: `f(a, b)`, or `f(y | a, b)` of a density.
package struct Call: Hashable, Sendable {
  /// What a name stands for.
  package enum Resolution: Hashable, Sendable {
    /// Before the check.
    case open
    /// A function of the language.
    case library
    /// `StanProgram.functions` at that index.
    case user(Int)
  }

  /// Once checked by its name of today, where the program has one that Stan dropped.
  package var function: Identifier
  package var arguments: [Expression]
  /// Whether a bar follows the first argument.
  package var hasBar: Bool
  package var resolution: Resolution

  package init(
    function: Identifier, arguments: [Expression], hasBar: Bool = false, resolution: Resolution = .open
  ) {
    self.function = function
    self.arguments = arguments
    self.hasBar = hasBar
    self.resolution = resolution
  }
}

/// One position between the brackets of an index.
package enum Index: Hashable, Sendable {
  /// `i`, or several by an array of integers.
  case at(Expression)
  /// `:`, or nothing.
  case all
  /// `a:`, `:b` and `a:b`.
  case range(from: Expression?, to: Expression?)
}

package enum PrefixOperator: String, Hashable, Sendable {
  case plus = "+"
  case minus = "-"
  case not = "!"
}

package enum BinaryOperator: String, Hashable, Sendable {
  case or = "||"
  case and = "&&"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case integerDivide = "%/%"
  case modulo = "%"
  case leftDivide = "\\"
  case elementwiseMultiply = ".*"
  case elementwiseDivide = "./"
  case power = "^"
  case elementwisePower = ".^"
}
