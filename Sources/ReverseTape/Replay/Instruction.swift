/// One kernel call of a compiled program: what to do, and where its operands lie in the arena.
struct Instruction: Sendable {
  enum Kernel: Sendable {
    case unary(Unary)
    case binary(Binary)
    case sumElements
    case sumDraws
    case expand
    case gather(index: Int)
    case scatter(index: Int)
    case product(transposed: Bool)
    case outerProduct
    case inverse
    case logDeterminant
  }

  var kernel: Kernel
  /// Offsets into the arena, in scalars.
  var out: Int
  var a: Int
  var b = 0
  /// The result is `[rows, draws]`; for products `rows × inner × draws` with the draws and columns merged.
  var rows: Int
  var draws: Int
  var inner = 0
  var aStrides = BroadcastStrides.contiguous(draws: 1)
  var bStrides = BroadcastStrides.contiguous(draws: 1)
}

/// How an operand steps along the rows and draws of a result.
struct BroadcastStrides: Sendable {
  var row: Int
  var draw: Int

  static func contiguous(draws: Int) -> BroadcastStrides { BroadcastStrides(row: draws, draw: 1) }

  /// The steps of an operand of layout `operand` in a result of layout `result`.
  init(of operand: Layout, in result: Layout, draws: Int) {
    let ownDraws = operand.extent == .perDraw ? draws : 1
    row = operand.shape.isScalar && !result.shape.isScalar ? 0 : ownDraws
    draw = operand.extent == .perDraw ? 1 : 0
  }

  private init(row: Int, draw: Int) {
    self.row = row
    self.draw = draw
  }
}
