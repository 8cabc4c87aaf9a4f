public import CKernels

/// A table `[rowCount, width]` from which rows are picked by index. Immutable, and shared by threads.
public final class RowTable<Scalar: KernelScalar>: @unchecked Sendable {
  public let width: Int
  /// The distance from one row to the next.
  public let pitch: Int
  public let rowCount: Int
  public let values: UnsafePointer<Scalar>
  private let memory: UnsafeMutablePointer<Scalar>

  /// Whether products read rows of this width where they lie: whole vectors, of which at least half are no padding.
  public static func allowsPicking(width: Int) -> Bool { width >= 16 && width <= Int(WB_PICKED_WIDTH) }

  /// - Parameters:
  ///   - values: row-major.
  ///   - isPadded: whether rows take whole vectors, filled with zeros, as products with picked rows want them.
  public init(_ values: [Double], width: Int, isPadded: Bool) {
    precondition(width > 0 && values.count.isMultiple(of: width), "rows of different widths")
    let pitch = isPadded ? (width + 15) / 16 * 16 : width
    let rowCount = values.count / width
    let size = max(1, rowCount * pitch)
    let bytes = size * MemoryLayout<Scalar>.stride
    let isLarge = bytes > Self.largePage
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? Self.largePage : 64)
    if isLarge { wb_prefer_large_pages(raw, bytes) }
    memory = raw.initializeMemory(as: Scalar.self, repeating: 0, count: size)
    Self.copy(values, to: memory, width: width, pitch: pitch)
    self.values = UnsafePointer(memory)
    self.width = width
    self.pitch = pitch
    self.rowCount = rowCount
  }

  deinit { memory.deallocate() }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  private static func copy(
    _ values: [Double], to out: UnsafeMutablePointer<Scalar>, width: Int, pitch: Int
  ) {
    for row in 0..<values.count / width {
      for column in 0..<width { out[row * pitch + column] = Scalar(values[row * width + column]) }
    }
  }

  /// Rows of a padded table, for the kernels; as long as the table and the indices live.
  public func picked(_ index: UnsafePointer<Int32>) -> wb_picked_rows {
    precondition(pitch.isMultiple(of: 16), "rows are picked from padded tables")
    return wb_picked_rows(values: values, pitch: pitch, index: index)
  }

  /// Asks for rows that will be read soon, unless they are near anyway.
  public func prepare(_ index: UnsafePointer<Int32>, count: Int) {
    let stride = MemoryLayout<Scalar>.stride
    guard rowCount * pitch * stride > Self.nearBytes else { return }
    wb_ask_for_rows(values, pitch * stride, width * stride, index, count)
  }

  /// What a second-level cache holds besides a step's own arrays.
  private static var nearBytes: Int { 1 << 18 }
  private static var largePage: Int { 1 << 21 }
}
