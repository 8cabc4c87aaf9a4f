/// The smallest piece of a program's text that means something.
struct Token: Hashable {
  enum Kind: Hashable {
    /// A name, by its symbol.
    case name(Int)
    case keyword(Keyword)
    case mark(Mark)
    case integer(Int)
    case real(Double)
    /// `.1`: a real number, or after an expression the element of a tuple.
    case dotNumber(Double, element: Int?)
    case string(String)
    case end
  }

  var kind: Kind
  var range: SourceRange
  /// From 0.
  var line: Int
}

/// Words that cannot be names.
enum Keyword: String {
  case functions, data, parameters, model
  case `return`, `if`, `else`, `while`, `for`, `in`, `break`, `continue`, profile
  case void, int, real, vector, matrix, array, tuple, ordered, simplex, complex
  case rowVector = "row_vector"
  case positiveOrdered = "positive_ordered"
  case unitVector = "unit_vector"
  case sumToZeroVector = "sum_to_zero_vector"
  case sumToZeroMatrix = "sum_to_zero_matrix"
  case choleskyFactorCorr = "cholesky_factor_corr"
  case choleskyFactorCov = "cholesky_factor_cov"
  case corrMatrix = "corr_matrix"
  case covMatrix = "cov_matrix"
  case rowStochasticMatrix = "row_stochastic_matrix"
  case columnStochasticMatrix = "column_stochastic_matrix"
  case complexVector = "complex_vector"
  case complexRowVector = "complex_row_vector"
  case complexMatrix = "complex_matrix"
  case print, reject, target, jacobian
  case fatalError = "fatal_error"
}

/// Operators and punctuation.
enum Mark: String {
  case openBrace = "{"
  case closeBrace = "}"
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case comma = ","
  case semicolon = ";"
  case colon = ":"
  case question = "?"
  case bar = "|"
  case tilde = "~"
  case assign = "="
  case addAssign = "+="
  case subtractAssign = "-="
  case multiplyAssign = "*="
  case divideAssign = "/="
  case elementwiseMultiplyAssign = ".*="
  case elementwiseDivideAssign = "./="
  case or = "||"
  case and = "&&"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case integerDivide = "%/%"
  case modulo = "%"
  case leftDivide = "\\"
  case elementwiseTimes = ".*"
  case elementwiseDivide = "./"
  case power = "^"
  case elementwisePower = ".^"
  case not = "!"
  case transpose = "'"

  /// How many characters the longest has.
  static let longest = 3
}
