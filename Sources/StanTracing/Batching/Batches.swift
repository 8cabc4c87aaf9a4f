/// The nodes of a graph that are wanted, gathered into groups that are each computed as one array operation.
///
/// Nodes of one operation, shape and depth do not depend on each other (the idea of operation batching by depth, Neubig,
/// Goldberg & Dyer 2017, §3); so the statement of a loop of a thousand turns becomes an operation on a thousand elements.
struct Batches: Sendable {
  /// The nodes of each group in the order they were recorded; the groups in an order of evaluation.
  let groups: [[NodeID]]

  init(of graph: Graph, wanted roots: some Sequence<NodeID>) {
    let depths = Self.depths(of: graph, wanted: roots)
    var order: [Key] = []
    var members: [Key: [NodeID]] = [:]
    for id in graph.nodes.indices where depths[id] > 0 {
      let node = graph.nodes[id]
      switch node.operation {
      case .constant, .parameters, .pick, .pack: continue
      default: break
      }
      let key = Key(NodeID(id), depth: depths[id], in: graph)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(NodeID(id))
    }
    // Stable by depth: within one, the groups do not read each other.
    let sorted = order.indices.sorted { (order[$0].depth, $0) < (order[$1].depth, $1) }
    groups = sorted.flatMap { Self.divided(members[order[$0]] ?? [], in: graph) }
  }

  /// What the nodes of one group have in common.
  private struct Key: Hashable {
    var depth: Int32
    var operation: GraphOperation
    var count: Int32
    var operandCounts: [Int32]
    var operandIsConstant: [Bool]
    /// The node itself, where its operation stands alone.
    var single: NodeID?

    init(_ id: NodeID, depth: Int32, in graph: Graph) {
      let node = graph.nodes[Int(id)]
      self.depth = depth
      operation = node.operation
      count = node.count
      let operands = graph.operands(of: id)
      operandCounts = operands.map { graph.nodes[Int($0)].count }
      operandIsConstant = operands.map { graph.isConstant($0) }
      switch node.operation {
      case .unary, .binary, .sum, .logSumExp, .dot, .sumRows, .incompleteBeta: single = nil
      default: single = id
      }
    }
  }

  /// One more than the depth of the deepest operand for what computes, that of the operands for what only moves elements; 0
  /// for what is not wanted or has nothing to compute.
  private static func depths(of graph: Graph, wanted roots: some Sequence<NodeID>) -> [Int32] {
    var isWanted = [Bool](repeating: false, count: graph.nodes.count)
    for root in roots { isWanted[Int(root)] = true }
    for id in graph.nodes.indices.reversed() where isWanted[id] {
      for operand in graph.operands(of: NodeID(id)) { isWanted[Int(operand)] = true }
    }
    var depths = [Int32](repeating: 0, count: graph.nodes.count)
    for id in graph.nodes.indices where isWanted[id] {
      let deepest = graph.operands(of: NodeID(id)).map { depths[Int($0)] }.max() ?? 0
      switch graph.nodes[id].operation {
      case .parameters, .constant: depths[id] = 0
      case .pick, .pack: depths[id] = deepest
      default: depths[id] = deepest + 1
      }
    }
    return depths
  }

  private static let mostParts = 8
  private static let smallestPart = 16

  /// The group, divided by an operand that many neighbours share: they become a group that takes it as one number instead of a
  /// copy for each node, and the others stay together. Where such groups would be many or small, putting what they give together
  /// again would cost more than the copies.
  private static func divided(_ group: [NodeID], in graph: Graph) -> [[NodeID]] {
    guard group.count > smallestPart, case .binary = graph.nodes[Int(group[0])].operation else {
      return [group]
    }
    for position in [0, 1] {
      let operand = { (id: NodeID) in
        position == 0 ? graph.nodes[Int(id)].first : graph.nodes[Int(id)].second
      }
      var parts: [[NodeID]] = []
      var others: [NodeID] = []
      var start = 0
      while start < group.count, parts.count <= mostParts {
        var end = start + 1
        while end < group.count, operand(group[end]) == operand(group[start]) { end += 1 }
        if end - start >= smallestPart {
          parts.append(Array(group[start..<end]))
        } else {
          others += group[start..<end]
        }
        start = end
      }
      let isWhole = parts.count == 1 && others.isEmpty
      guard !parts.isEmpty, !isWhole, parts.count <= mostParts else { continue }
      return (others.isEmpty ? [] : [others]) + parts.flatMap { divided($0, in: graph) }
    }
    return [group]
  }
}

extension Graph {
  func isConstant(_ id: NodeID) -> Bool {
    if case .constant = nodes[Int(id)].operation { return true }
    return false
  }

  /// The values of a constant node.
  func constantValues(_ id: NodeID) -> [Double]? {
    guard case .constant(let index) = nodes[Int(id)].operation else { return nil }
    return constants[index]
  }
}
