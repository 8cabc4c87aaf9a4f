public import ReverseTape

/// A named array among the parameters to learn: `decoder.0.weight` `[400, 20]`.
public struct ParameterBlock: Hashable, Sendable {
  public var name: String
  public var shape: Shape
  /// Whether it is a matrix, be it of one column.
  public var isMatrix: Bool

  /// - Parameter isMatrix: nil: where the shape has several columns.
  public init(_ name: String, _ shape: Shape, isMatrix: Bool? = nil) {
    self.name = name
    self.shape = shape
    self.isMatrix = isMatrix ?? (shape.columns > 1)
  }

  /// The lengths of the dimensions: `[rows, columns]` of a matrix, `[elements]` of a vector.
  public var dimensions: [Int] { isMatrix ? [shape.rows, shape.columns] : [shape.count] }
}

/// Arrays laid one after another in a vector.
public struct ParameterBlocks: Hashable, Sendable {
  public let blocks: [ParameterBlock]
  private let starts: [String: Int]
  /// The number of elements of all.
  public let count: Int

  /// - Precondition: the names differ.
  public init(_ blocks: [ParameterBlock]) {
    self.blocks = blocks
    var start = 0
    starts = Dictionary(
      uniqueKeysWithValues: blocks.map { block in
        defer { start += block.shape.count }
        return (block.name, start)
      })
    count = start
  }

  /// Where a block lies in the vector.
  ///
  /// - Precondition: there is a block of that name.
  public func range(of name: String) -> Range<Int> {
    guard let start = starts[name], let block = blocks.first(where: { $0.name == name }) else {
      preconditionFailure("there is no parameter '\(name)'")
    }
    return start..<start + block.shape.count
  }
}

/// The parameters on a tape, by their names.
public struct ParameterView {
  let vector: Traced
  let blocks: ParameterBlocks

  init(_ vector: Traced, _ blocks: ParameterBlocks) {
    precondition(vector.count == blocks.count, "a vector of another size than its blocks")
    self.vector = vector
    self.blocks = blocks
  }

  /// A block in its shape.
  public subscript(name: String) -> Traced {
    let range = blocks.range(of: name)
    guard let block = blocks.blocks.first(where: { $0.name == name }) else {
      preconditionFailure("there is no parameter '\(name)'")
    }
    return vector[range].reshaped(block.shape)
  }
}

/// A named array of any number of axes, row-major: what is written of θ for its readers.
public struct ExportedArray: Hashable, Sendable {
  public var name: String
  /// The length of each axis; none for a scalar.
  public var shape: [Int]
  public var values: [Double]

  /// - Precondition: as many values as the shape has elements.
  public init(_ name: String, _ shape: [Int], _ values: [Double]) {
    precondition(values.count == shape.reduce(1, *), "\(values.count) values for an array of shape \(shape)")
    self.name = name
    self.shape = shape
    self.values = values
  }
}
