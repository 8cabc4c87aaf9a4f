/// What a node of a graph computes; matrices are row-major.
enum GraphOperation: Hashable, Sendable {
  /// The unconstrained parameters.
  case parameters
  /// Entry of the graph's table of constants.
  case constant(Int)
  case unary(ElementFunction)
  /// Elementwise; an operand of one element goes with every element of the other.
  case binary(PairFunction)
  /// The sum of all elements.
  case sum
  /// log Σ exp of all elements.
  case logSumExp
  /// The sum of the products of two operands' elements.
  case dot
  /// The sum of each row of a matrix with that many rows.
  case sumRows(Int)
  /// I_x(a, b) of an operand that holds every a, then every b, then every x.
  case incompleteBeta
  /// Elements of the operand, by an entry of the table of lists.
  case pick(Int)
  /// The elements of several operands, one after another, by an entry of the table of lists.
  case pack(Int)
  /// The product of a matrix of `rows` × `inner` with one of `inner` × `columns`.
  case product(rows: Int, inner: Int, columns: Int)
  /// The lower Cholesky factor of a symmetric positive-definite matrix.
  case cholesky(Int)
  /// L⁻¹ B of a lower triangle of `size` rows and a matrix of `columns` columns.
  case lowerSolve(size: Int, columns: Int)
  /// L⁻ᵀ B of the same.
  case lowerTransposedSolve(size: Int, columns: Int)
  /// The inverse of a square matrix.
  case inverse(Int)
  /// log |det A| of a square matrix.
  case logDeterminant(Int)
}

/// One array of a graph: plain data with integer operands.
struct GraphNode: Hashable, Sendable {
  var operation: GraphOperation
  var first: Int32 = -1
  var second: Int32 = -1
  /// The number of elements.
  var count: Int32

  init(_ operation: GraphOperation, _ first: NodeID? = nil, _ second: NodeID? = nil, count: Int) {
    self.operation = operation
    self.first = first ?? -1
    self.second = second ?? -1
    self.count = Int32(count)
  }
}

/// The place of a node in its graph.
typealias NodeID = Int32
