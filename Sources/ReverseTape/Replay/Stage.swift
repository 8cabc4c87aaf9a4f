/// A stretch of a program's instructions, and how it falls into pieces that threads can share.
///
/// The pieces follow from the sizes alone, so that results do not depend on who computes them.
struct Stage: Sendable {
  enum Division: Sendable {
    /// Too small to be divided: the instructions one after another.
    case none
    /// Bands of rows, each carried through all instructions while it is in the cache.
    case bands
    /// Blocks of a product's rows, or of its columns where there are more of them.
    case productRows
    case productColumns
    /// Rows of a matrix whose nonzeros are listed.
    case listedRows
  }

  var instructions: Range<Int>
  var division = Division.none
  var pieces = 1

  /// The part of a length that a piece has, in whole blocks of `block`.
  func part(_ piece: Int, of length: Int, block: Int) -> Range<Int> {
    let blocks = (length + block - 1) / block
    return min(length, blocks * piece / pieces * block)..<min(length, blocks * (piece + 1) / pieces * block)
  }
}

extension Stage {
  /// Elementwise work of fewer elements than this is not worth a second thread, nor a plan.
  static let smallestDivided = 16_384
  /// The elements of a band: a few operands of it fit the first-level cache.
  static let bandSize = 2048
  /// Rows of products are divided in blocks of this many, the height of the kernels' registers.
  static let productBlock = 16

  /// The stage of one instruction that does not go with others.
  init(_ instruction: Instruction, at index: Int) {
    instructions = index..<index + 1
    let (m, k, n) = (instruction.rows, instruction.inner, instruction.draws)
    switch instruction.kernel {
    case .product, .outerProduct:
      pieces = min(Self.productPieces(m * k * n), max(m, n) / Self.productBlock)
      if pieces > 1 { division = m >= n ? .productRows : .productColumns }
    case .sparseProduct, .sparseOuterProduct:
      pieces = min(m * k * n >> 21, m / Self.productBlock)
      if pieces > 1 { division = .productRows }
    case .nonzeros:
      pieces = min(8, m * n / 8192)
      if pieces > 1 { division = .listedRows }
    default:
      pieces = 1
    }
    pieces = max(1, pieces)
  }

  /// Products below a million multiplications stay whole; then each piece has half a million at least, where OpenBLAS's
  /// kernels for small matrices are at their best, or some eight million, where packing costs a few per cent.
  private static func productPieces(_ multiplications: Int) -> Int {
    multiplications < 1 << 20 ? 1 : max(min(4, multiplications >> 19), multiplications >> 23)
  }
}
