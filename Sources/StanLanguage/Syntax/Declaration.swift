/// A variable with its sizes, its constraint and, where given, its first value.
package struct Declaration: Hashable, Sendable {
  package var name: Identifier
  package var type: SizedType
  package var constraint: Constraint
  package var initial: Expression?

  package init(
    name: Identifier, type: SizedType, constraint: Constraint = .none, initial: Expression? = nil
  ) {
    self.name = name
    self.type = type
    self.constraint = constraint
    self.initial = initial
  }
}

/// A type with the expressions of its sizes.
///
/// Constrained kinds are written by what they hold: `simplex[K]` is a vector of K with a constraint, `cov_matrix[K]` a
/// matrix of K × K, `cholesky_factor_cov[M]` one of M × M, `cholesky_factor_cov[M, N]` one of M × N.
package indirect enum SizedType: Hashable, Sendable {
  case int, real
  case vector(Expression)
  case rowVector(Expression)
  case matrix(Expression, Expression)
  /// Every dimension of an array; the element is no array itself.
  case array([Expression], SizedType)
  case tuple([SizedType])

  /// The type without its sizes.
  package var type: StanType {
    switch self {
    case .int: .int
    case .real: .real
    case .vector: .vector
    case .rowVector: .rowVector
    case .matrix: .matrix
    case .array(let sizes, let element): .array(of: element.type, dimensions: sizes.count)
    case .tuple(let parts): .tuple(parts.map(\.type))
    }
  }
}

/// Where the values of a variable live (Stan Reference Manual, "Constraint transforms").
package enum Constraint: Hashable, Sendable {
  case none
  case lower(Expression)
  case upper(Expression)
  case bounds(lower: Expression, upper: Expression)
  /// An affine transform: x = offset + multiplier u.
  case affine(offset: Expression?, multiplier: Expression?)
  case ordered, positiveOrdered, simplex, unitVector, sumToZero
  case choleskyFactorCorrelation, choleskyFactorCovariance, correlationMatrix, covarianceMatrix
  /// Of the parts of a tuple, where any has one.
  indirect case tuple([Constraint])
}
