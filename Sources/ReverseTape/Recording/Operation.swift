/// Elementwise functions of one value.
package enum Unary: UInt8, Hashable, Sendable, CaseIterable {
  case negate, exp, log, log1p, expm1, squareRoot, square, reciprocal, tanh, sigmoid, softplus, sin, cos
  case absolute, sign, relu, step, logGamma, digamma, trigamma
  case atan, asin, acos, sinh, cosh, asinh, acosh, atanh
  case errorFunction, complementaryErrorFunction, standardNormalCDF, logStandardNormalCDF
  /// The slope of `logStandardNormalCDF`: density over probability.
  case standardNormalScore
  case standardNormalQuantile, log1mExp, floor, ceil, round, truncate, cubeRoot
}

/// Elementwise functions of two values, broadcasting.
package enum Binary: UInt8, Hashable, Sendable, CaseIterable {
  case add, subtract, multiply, divide
  /// E[f(x)] for x ~ N(first, second), of softplus and its first two derivatives.
  case meanSoftplus, meanSigmoid, meanSigmoidSlope
  case maximum, minimum, atan2, power
  /// The slope of a power in its exponent.
  case powerExponentSlope
  /// Of a shape and x: the incomplete gamma functions, the slope of the first in x, and that in the shape.
  case gammaP, gammaQ, gammaDensity, gammaShapeSlope
  /// Of a shape and a standard normal: the log of a gamma variate; of a shape and that log: its slope in the shape.
  case logGammaVariate, logGammaVariateShapeSlope
}

/// Elementwise functions of two shapes and x: the incomplete beta function and its slopes in the three.
package enum Ternary: UInt8, Hashable, Sendable, CaseIterable {
  case beta, betaFirstSlope, betaSecondSlope, betaDensity
}

/// What a node computes from its operands.
package enum Operation: Hashable, Sendable {
  /// Entry of the tape's table of constants.
  case constant(Int)
  /// Input that changes between replays.
  case slot(Int)
  case unary(Unary)
  case binary(Binary)
  /// Of the three thirds of the operand's elements.
  case ternary(Ternary)
  /// Sum over the elements of each draw.
  case sumElements
  /// Sum over the draws of each element.
  case sumDraws
  /// log Σ exp over the elements of each draw.
  case logSumExp
  /// log Σ exp of each row of a matrix.
  case logSumExpRows
  /// Sum of each row of a matrix.
  case sumRows
  /// A vector as every column of a matrix.
  case repeatColumns
  /// Broadcast to the node's layout.
  case expand
  /// Elements from a start, contiguous: a view.
  case slice(start: Int)
  /// The same elements in another shape: a view.
  case reshape
  /// The operand, through which no gradient goes: a view.
  case stopGradient
  /// A value per draw as a shared matrix whose columns are the draws, and the other way round: views.
  case drawsAsColumns
  case columnsAsDraws
  /// The operands' elements, one after another.
  case concatenate
  /// `out[i] = in[index[i]]`, by an entry of the tape's table of indices.
  case gather(index: Int)
  /// `out[index[i]] += in[i]`, starting from zeros.
  case scatter(index: Int)
  /// `A X` or `Aᵀ X` with a shared matrix A.
  case product(transposed: Bool)
  /// `Σ_draws G Xᵀ`: a shared matrix.
  case outerProduct
  /// `(I + T) X` or `(I + T)ᵀ X` with the packed strict triangle T of a shared matrix.
  case triangleProduct(transposed: Bool)
  /// The strict lower triangle of `Σ_draws G Xᵀ`, packed.
  case strictOuterProduct
  /// The strict lower triangle of `(I + S) (I + T)`, packed, of two packed ones.
  case triangleComposition
  /// The inverse of a symmetric positive-definite shared matrix.
  case inverse
  /// The log-determinant of a symmetric positive-definite shared matrix.
  case logDeterminant
  /// The product of two matrices, shared or per draw, each as it is or transposed.
  case drawProduct(transposedLeft: Bool, transposedRight: Bool)
  /// The lower Cholesky factor, shared or per draw.
  case choleskyFactor
  /// L⁻¹ b or L⁻ᵀ b for a lower triangle L, each shared or per draw.
  case triangularSolve(transposed: Bool)
  /// The inverse of a square matrix, and the log of its determinant's magnitude, shared or per draw.
  case matrixInverse
  case logAbsoluteDeterminant
  /// Entry of the tape's table of external densities: its value, then its gradient.
  case externalDensity(Int)
  /// The first element of the first operand, an external density at the second: a view.
  case externalValue
}

/// One entry of a tape: plain data with integer operands.
package struct Node: Hashable, Sendable {
  package var operation: Operation
  package var operands: [Int32]
  package var layout: Layout
}
