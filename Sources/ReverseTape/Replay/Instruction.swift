import NumericArrays

/// One kernel call of a compiled program: what to do, and where its operands lie in the arena.
struct Instruction: Sendable {
  enum Kernel: Sendable {
    case unary(Unary)
    case binary(Binary)
    case sumElements
    case sumDraws
    case logSumExp
    case sumRows
    case repeatColumns
    case expand
    case gather(index: Int)
    case scatter(index: Int)
    case product(transposed: Bool)
    /// A product of picked rows `[rows, inner]`, the slot's number, with one column.
    case pickedProduct(Int, transposed: Bool)
    case outerProduct
    case triangleProduct(transposed: Bool)
    case strictOuterProduct
    case triangleComposition
    case inverse
    case logDeterminant
    /// A call that C makes by itself, by its number.
    case call(Int)
    /// An external density's value and gradient at a point of so many rows, by its number.
    case externalDensity(Int)
    /// Softplus into `out`, its slope into `b`.
    case softplusSigmoid
    /// The nonzeros of a matrix `[rows, draws]`, by row and then by column; the list's number.
    case nonzeros(Int)
    case nonzeroColumns(Int)
    /// The products with a matrix whose nonzeros are listed.
    case sparseProduct(Int)
    case sparseOuterProduct(Int)
  }

  var kernel: Kernel
  /// Offsets into the arena, in scalars.
  var out: Int
  var a: Int
  var b = 0
  /// The result is `[rows, draws]`; for products `rows × inner × draws` with the draws and columns merged; for those with
  /// packed triangles the rows are the triangle's.
  var rows: Int
  var draws: Int
  /// For products the contracted length; for sums and copies along rows the number of columns.
  var inner = 0
  var aStrides = Strides.contiguous(draws: 1)
  var bStrides = Strides.contiguous(draws: 1)
}

extension Strides {
  /// The steps of an operand of layout `operand` along the rows and draws of a result of layout `result`.
  init(of operand: Layout, in result: Layout, draws: Int) {
    let ownDraws = operand.extent == .perDraw ? draws : 1
    self.init(
      row: operand.shape.isScalar && !result.shape.isScalar ? 0 : ownDraws,
      draw: operand.extent == .perDraw ? 1 : 0)
  }
}
