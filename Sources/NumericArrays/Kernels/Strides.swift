/// How an operand of shape `[rows, draws]` or broadcast to it moves through memory, in elements.
public struct Strides: Hashable, Sendable {
  /// From one row to the next: 0 (repeated), 1 (one value a row) or the number of draws.
  public var row: Int
  /// From one draw to the next: 0 (repeated) or 1.
  public var draw: Int

  @inlinable
  public init(row: Int, draw: Int) {
    self.row = row
    self.draw = draw
  }

  /// One number for all rows and draws.
  public static let scalar = Strides(row: 0, draw: 0)
  /// A column `[rows]`, the same in every draw.
  public static let column = Strides(row: 1, draw: 0)
  /// A row `[draws]`, the same in every row.
  public static let acrossDraws = Strides(row: 0, draw: 1)

  /// A full array `[rows, draws]`, contiguous.
  @inlinable
  public static func contiguous(draws: Int) -> Strides { Strides(row: draws, draw: 1) }
}
