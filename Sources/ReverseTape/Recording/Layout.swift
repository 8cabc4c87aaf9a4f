/// The shape of one value: a matrix of `rows × columns`, row-major; a vector has one column, a scalar one row.
public struct Shape: Hashable, Sendable {
  public var rows: Int
  public var columns: Int

  public init(_ rows: Int, _ columns: Int = 1) {
    precondition(rows > 0 && columns > 0, "a shape has at least one element")
    self.rows = rows
    self.columns = columns
  }

  public static let scalar = Shape(1)

  /// The number of elements.
  public var count: Int { rows * columns }
  public var isScalar: Bool { count == 1 }
}

/// Whether a value is one for all draws, or one for each draw.
///
/// Programs are written for one draw of the latents; the tape maps them over the draws. A value per draw is laid out
/// `[elements, draws]`, draws innermost, so that every kernel runs over contiguous memory.
public enum Extent: UInt8, Hashable, Sendable {
  case shared
  case perDraw
}

/// Shape and extent together: how a value lies in memory.
public struct Layout: Hashable, Sendable {
  public var shape: Shape
  public var extent: Extent

  public init(_ shape: Shape, _ extent: Extent) {
    self.shape = shape
    self.extent = extent
  }

  /// The layout of an elementwise operation on both: scalars and shared values broadcast.
  ///
  /// - Precondition: the shapes are equal or one is a scalar.
  func broadcast(with other: Layout) -> Layout {
    precondition(
      shape == other.shape || shape.isScalar || other.shape.isScalar,
      "shapes \(shape) and \(other.shape) do not broadcast")
    return Layout(
      shape.isScalar ? other.shape : shape,
      extent == .perDraw || other.extent == .perDraw ? .perDraw : .shared)
  }
}
