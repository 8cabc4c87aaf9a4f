/// A statement with its place.
package struct Statement: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    case declaration(Declaration)
    /// `x[i] = value`, or `x[i] += value` with an operator.
    case assignment(Assignment)
    /// `(x, y) = value` of a tuple.
    case unpacking(UnpackingTarget, Expression)
    /// `outcome ~ distribution(…)`.
    case distribution(DistributionStatement)
    /// `target += value`.
    case targetIncrement(Expression)
    /// `jacobian += value`, in transformed parameters: the same to a density that has its Jacobian.
    case jacobianIncrement(Expression)
    /// A function without a value.
    case call(Call)
    case forRange(Identifier, from: Expression, to: Expression, Statement)
    /// Over the elements of an array, a vector or a matrix.
    case forEach(Identifier, in: Expression, Statement)
    case whileLoop(Expression, Statement)
    case conditional(Expression, Statement, else: Statement?)
    case block([Statement])
    case breakLoop, continueLoop
    case returnValue(Expression?)
    case print([Expression])
    case reject([Expression])
    /// `fatal_error(…)`.
    case fatalError([Expression])
    case empty
  }

  package var kind: Kind
  package var range: SourceRange
  /// What a comment on the statement's first line says its factors are: `// wb: prior` or `// wb: likelihood`.
  package var pragma: FactorPragma?

  package init(_ kind: Kind, at range: SourceRange, pragma: FactorPragma? = nil) {
    self.kind = kind
    self.range = range
    self.pragma = pragma
  }
}

package enum FactorPragma: String, Hashable, Sendable { case prior, likelihood }

package struct Assignment: Hashable, Sendable {
  package var target: AssignmentTarget
  /// The operation of `+=` and its like; nil for a plain `=`.
  package var operation: BinaryOperator?
  package var value: Expression

  package init(target: AssignmentTarget, operation: BinaryOperator? = nil, value: Expression) {
    self.target = target
    self.operation = operation
    self.value = value
  }
}

/// What is assigned to: a variable or a part of it, by indices and tuple elements in the order they stand.
package struct AssignmentTarget: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case index([Index])
    /// Counts from 1.
    case tupleElement(Int)
  }

  package var variable: Identifier
  package var steps: [Step]
  package var range: SourceRange

  package init(variable: Identifier, steps: [Step] = [], range: SourceRange) {
    self.variable = variable
    self.steps = steps
    self.range = range
  }
}

/// What the parts of a tuple are assigned to, in their order.
package indirect enum UnpackingTarget: Hashable, Sendable {
  case one(AssignmentTarget)
  case several([UnpackingTarget], SourceRange)
}

package struct DistributionStatement: Hashable, Sendable {
  package var outcome: Expression
  /// The distribution's name as it stands: `normal`.
  package var distribution: Identifier
  package var arguments: [Expression]
  package var truncation: Truncation?
  /// What the density is: of the language, or a user's `_lpdf` or `_lpmf`.
  package var resolution: Call.Resolution

  package init(
    outcome: Expression, distribution: Identifier, arguments: [Expression], truncation: Truncation? = nil,
    resolution: Call.Resolution = .open
  ) {
    self.outcome = outcome
    self.distribution = distribution
    self.arguments = arguments
    self.truncation = truncation
    self.resolution = resolution
  }
}

/// `T[lower, upper]`, either of them left out.
package struct Truncation: Hashable, Sendable {
  package var lower: Expression?
  package var upper: Expression?
  package var range: SourceRange

  package init(lower: Expression?, upper: Expression?, range: SourceRange) {
    self.lower = lower
    self.upper = upper
    self.range = range
  }
}
