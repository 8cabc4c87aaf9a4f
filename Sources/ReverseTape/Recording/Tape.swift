/// Records a computation once, as a graph of array operations; compile it to a `Program` to replay it.
///
/// Equal nodes are recorded once (common subexpressions); a tape is not shared between threads, a compiled program
/// is.
public final class Tape {
  /// The number of draws that values per draw are mapped over.
  public let draws: Int
  package private(set) var nodes: [Node] = []
  package private(set) var constants: [[Double]] = []
  package private(set) var indices: [[Int32]] = []
  package private(set) var slots: [Slot] = []
  package private(set) var densities: [any ExternalDensity] = []
  private var known: [Node: Int32] = [:]
  private var knownConstants: [ConstantKey: Int] = [:]

  private struct ConstantKey: Hashable {
    var bits: [UInt64]
    var shape: Shape
  }

  public init(draws: Int) {
    precondition(draws > 0, "a tape needs at least one draw")
    self.draws = draws
  }

  /// An input slot: the value that a caller writes before each replay.
  public func slot(_ slot: Slot) -> Traced {
    if let index = slots.firstIndex(where: { $0.name == slot.name }) {
      precondition(slots[index] == slot, "slot '\(slot.name)' recorded twice with different layouts")
      return record(.slot(index), [], slot.layout)
    }
    slots.append(slot)
    return record(.slot(slots.count - 1), [], slot.layout)
  }

  /// A value that never changes between replays.
  ///
  /// - Precondition: as many values as the shape has elements.
  public func constant(_ values: [Double], _ shape: Shape? = nil) -> Traced {
    let shape = shape ?? Shape(values.count)
    precondition(values.count == shape.count, "\(values.count) values for a constant of shape \(shape)")
    let key = ConstantKey(bits: values.map(\.bitPattern), shape: shape)
    let index = knownConstants[key] ?? constants.count
    if index == constants.count {
      constants.append(values)
      knownConstants[key] = index
    }
    return record(.constant(index), [], Layout(shape, .shared))
  }

  public func constant(_ value: Double) -> Traced { constant([value], .scalar) }

  package func addIndices(_ index: [Int32]) -> Int {
    if let found = indices.firstIndex(of: index) { return found }
    indices.append(index)
    return indices.count - 1
  }

  /// The number of a density, which stays the same object's.
  func addDensity(_ density: any ExternalDensity) -> Int {
    if let found = densities.firstIndex(where: { $0 === density }) { return found }
    densities.append(density)
    return densities.count - 1
  }

  package func record(_ operation: Operation, _ operands: [Traced], _ layout: Layout) -> Traced {
    precondition(operands.allSatisfy { $0.tape === self }, "operands from another tape")
    let node = Node(operation: operation, operands: operands.map(\.id), layout: layout)
    if let id = known[node] { return Traced(tape: self, id: id) }
    let id = Int32(nodes.count)
    nodes.append(node)
    known[node] = id
    return Traced(tape: self, id: id)
  }

  /// The scalar that a node always has, where it is a scalar constant.
  package func constantScalar(_ id: Int32) -> Double? {
    guard case .constant(let index) = nodes[Int(id)].operation, constants[index].count == 1 else {
      return nil
    }
    return constants[index][0]
  }
}

/// A named input of a program: parameters, noise, a minibatch, the step, β.
public struct Slot: Hashable, Sendable {
  public var name: String
  public var layout: Layout
  /// Whether products should walk its nonzeros: worth it from some two thirds of zeros on.
  public var isMostlyZero: Bool
  /// Whether each row is one of a table: a program may leave them there (`Program.pickedNumber`).
  public var isPicked: Bool

  public init(
    _ name: String, _ shape: Shape, _ extent: Extent = .shared, isMostlyZero: Bool = false,
    isPicked: Bool = false
  ) {
    self.name = name
    self.layout = Layout(shape, extent)
    self.isMostlyZero = isMostlyZero
    self.isPicked = isPicked
  }
}
