/// The arrays that a program computes from its unconstrained parameters, each a node; equal nodes are held once.
///
/// Statements of unrolled loops leave many nodes of one element here; `Batches` gathers them back into arrays.
struct Graph: Sendable {
  private(set) var nodes: [GraphNode] = []
  private(set) var constants: [[Double]] = []
  private(set) var lists: [[Int32]] = []
  private var known: [GraphNode: NodeID] = [:]
  private var knownConstants: [[UInt64]: Int] = [:]
  private var knownLists: [[Int32]: Int] = [:]

  /// The node of the unconstrained parameters.
  static let parameters: NodeID = 0

  init() { nodes.append(GraphNode(.parameters, count: 0)) }

  /// How many unconstrained parameters there are: known once the data are.
  mutating func setParameterCount(_ count: Int) { nodes[0].count = Int32(count) }

  func count(_ id: NodeID) -> Int { Int(nodes[Int(id)].count) }

  mutating func constant(_ values: [Double]) -> NodeID {
    let key = values.map(\.bitPattern)
    let index = knownConstants[key] ?? constants.count
    if index == constants.count {
      constants.append(values)
      knownConstants[key] = index
    }
    return add(GraphNode(.constant(index), count: values.count))
  }

  mutating func unary(_ function: ElementFunction, _ x: NodeID) -> NodeID {
    add(GraphNode(.unary(function), x, count: count(x)))
  }

  mutating func binary(_ function: PairFunction, _ x: NodeID, _ y: NodeID) -> NodeID {
    precondition(count(x) == count(y) || count(x) == 1 || count(y) == 1, "arrays that do not broadcast")
    return add(GraphNode(.binary(function), x, y, count: max(count(x), count(y))))
  }

  mutating func sum(_ x: NodeID) -> NodeID { count(x) == 1 ? x : add(GraphNode(.sum, x, count: 1)) }

  mutating func logSumExp(_ x: NodeID) -> NodeID {
    count(x) == 1 ? x : add(GraphNode(.logSumExp, x, count: 1))
  }

  mutating func dot(_ x: NodeID, _ y: NodeID) -> NodeID {
    precondition(count(x) == count(y), "a dot product of arrays of different lengths")
    if count(x) == 1 { return binary(.multiply, x, y) }
    return add(GraphNode(.dot, x, y, count: 1))
  }

  mutating func sumRows(_ x: NodeID, rows: Int) -> NodeID {
    count(x) == rows ? x : add(GraphNode(.sumRows(rows), x, count: rows))
  }

  /// The regularised incomplete beta function I_x(a, b); an operand of one element goes with every element of the others.
  mutating func incompleteBeta(_ a: NodeID, _ b: NodeID, _ x: NodeID) -> NodeID {
    let size = max(count(a), count(b), count(x))
    let parts = [a, b, x].map { count($0) == size ? $0 : pick([Int32](repeating: 0, count: size), of: $0) }
    return add(GraphNode(.incompleteBeta, pack(parts), count: size))
  }

  /// The elements of a node at places that count from 0.
  mutating func pick(_ places: [Int32], of x: NodeID) -> NodeID {
    if places.count == count(x), places.indices.allSatisfy({ places[$0] == Int32($0) }) { return x }
    if case .pick(let list) = nodes[Int(x)].operation {
      let inner = lists[list]
      return pick(places.map { inner[Int($0)] }, of: nodes[Int(x)].first)
    }
    return add(GraphNode(.pick(list(places)), x, count: places.count))
  }

  /// The elements of several nodes, one after another.
  mutating func pack(_ parts: [NodeID]) -> NodeID {
    if parts.count == 1 { return parts[0] }
    let count = parts.reduce(0) { $0 + self.count($1) }
    return add(GraphNode(.pack(list(parts)), count: count))
  }

  /// A node of a matrix operation; the caller answers for the shapes.
  mutating func matrix(_ operation: GraphOperation, _ x: NodeID, _ y: NodeID? = nil, count: Int) -> NodeID {
    add(GraphNode(operation, x, y, count: count))
  }

  private mutating func list(_ values: [Int32]) -> Int {
    if let index = knownLists[values] { return index }
    lists.append(values)
    knownLists[values] = lists.count - 1
    return lists.count - 1
  }

  private mutating func add(_ node: GraphNode) -> NodeID {
    if let id = known[node] { return id }
    let id = NodeID(nodes.count)
    nodes.append(node)
    known[node] = id
    return id
  }

  /// The nodes that a node reads.
  func operands(of id: NodeID) -> [NodeID] {
    let node = nodes[Int(id)]
    switch node.operation {
    case .parameters, .constant: return []
    case .pack(let list): return lists[list]
    default: return node.second < 0 ? [node.first] : [node.first, node.second]
    }
  }
}
