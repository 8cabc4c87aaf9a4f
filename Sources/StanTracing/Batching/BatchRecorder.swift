import ReverseTape

/// Records the groups of a graph on a tape, each as one array operation; copies elements only where they do not lie side by
/// side already.
struct BatchRecorder {
  private let graph: Graph
  private let tape: Tape
  /// Flat arrays, of the parameters, the constants and the groups.
  private var tensors: [Traced] = []
  private var constants: [Int32: [Double]] = [:]
  private var places: [NodeID: Places] = [:]

  /// - Parameter parameters: the unconstrained parameters, a vector.
  init(_ graph: Graph, _ batches: Batches, parameters: Traced) {
    self.graph = graph
    tape = parameters.tape
    tensors.append(parameters)
    places[Graph.parameters] = Places(.init(tensor: 0, start: 0, count: Int32(parameters.count)))
    for group in batches.groups { record(group) }
  }

  /// A node's elements as a vector, or a scalar.
  mutating func value(of node: NodeID) -> Traced {
    let found = place(of: node)
    return assembled(found)
  }

  /// The elements of several nodes, one after another.
  mutating func values(of nodes: [NodeID]) -> Traced {
    var all = Places()
    for node in nodes { all.append(place(of: node)) }
    return assembled(all)
  }

  /// A linear sum, a scalar: the terms of one weight are summed as one array.
  mutating func total(_ sum: LinearSum) -> Traced {
    var order: [Double] = []
    var byWeight: [Double: [Int32: Places]] = [:]
    for (node, weight) in sum.terms {
      if byWeight[weight] == nil { order.append(weight) }
      for run in place(of: node).runs {
        byWeight[weight, default: [:]][run.tensor, default: Places()].append(run)
      }
    }
    var total = tape.constant(sum.constant)
    for weight in order {
      let parts = (byWeight[weight] ?? [:]).sorted { $0.key < $1.key }
      for (_, places) in parts { total = total + weight * assembled(places).sum() }
    }
    return total
  }

  // MARK: Operations

  private mutating func record(_ group: [NodeID]) {
    let node = graph.nodes[Int(group[0])]
    let value = recorded(node, group).reshaped(Shape(group.count * Int(node.count)))
    let tensor = Int32(tensors.count)
    tensors.append(value)
    for (position, id) in group.enumerated() {
      places[id] = Places(.init(tensor: tensor, start: Int32(position) * node.count, count: node.count))
    }
  }

  private mutating func recorded(_ node: GraphNode, _ group: [NodeID]) -> Traced {
    let firsts = group.map { graph.nodes[Int($0)].first }
    let seconds = group.map { graph.nodes[Int($0)].second }
    let width = Int(node.count)
    func matrix(_ x: Traced, _ rows: Int, _ columns: Int) -> Traced { x.reshaped(Shape(rows, columns)) }
    switch node.operation {
    case .parameters, .constant, .pick, .pack:
      preconditionFailure("nothing to compute")
    case .unary(let function):
      return function(operand(firsts, width: width))
    case .binary(let function):
      return function(operand(firsts, width: width), operand(seconds, width: width))
    case .sum:
      let x = operand(firsts, width: graph.count(firsts[0]), isWhole: true)
      return group.count == 1 ? x.sum() : matrix(x, group.count, x.count / group.count).sumRows()
    case .logSumExp:
      let x = operand(firsts, width: graph.count(firsts[0]), isWhole: true)
      return group.count == 1
        ? x.logSumExp() : matrix(x, group.count, x.count / group.count).logSumExpRows()
    case .dot:
      return dots(firsts, seconds)
    case .sumRows(let rows):
      let x = operand(firsts, width: graph.count(firsts[0]), isWhole: true)
      return matrix(x, group.count * rows, x.count / (group.count * rows)).sumRows()
    case .incompleteBeta:
      let x = operand(firsts, width: 3 * width, isWhole: true)
      let parts = (0..<3).map { part in
        x.gathered(group.indices.flatMap { turn in (0..<width).map { (3 * turn + part) * width + $0 } })
      }
      return .regularizedBeta(parts[0], parts[1], parts[2])
    case .product(let rows, let inner, let columns):
      let (a, b) = (value(of: firsts[0]), value(of: seconds[0]))
      return matrix(a, rows, inner).matrixTimes(matrix(b, inner, columns))
    case .cholesky(let size):
      return matrix(value(of: firsts[0]), size, size).choleskyFactor()
    case .lowerSolve(let size, let columns):
      let (l, b) = (value(of: firsts[0]), value(of: seconds[0]))
      return matrix(l, size, size).lowerTriangularSolve(matrix(b, size, columns))
    case .lowerTransposedSolve(let size, let columns):
      let (l, b) = (value(of: firsts[0]), value(of: seconds[0]))
      return matrix(l, size, size).lowerTriangularTransposedSolve(matrix(b, size, columns))
    case .inverse(let size):
      return matrix(value(of: firsts[0]), size, size).matrixInverse()
    case .logDeterminant(let size):
      return matrix(value(of: firsts[0]), size, size).logAbsoluteDeterminant()
    }
  }

  /// Σ_k a[n, k] b[n, k]: a product with a matrix, where all share one side and the other is constant.
  private mutating func dots(_ firsts: [NodeID], _ seconds: [NodeID]) -> Traced {
    let width = graph.count(firsts[0])
    for (shared, rows) in [(seconds, firsts), (firsts, seconds)]
    where firsts.count > 1 && shared.allSatisfy({ $0 == shared[0] }) {
      let matrix = rows.compactMap(graph.constantValues)
      guard matrix.count == rows.count else { continue }
      return tape.constant(matrix.flatMap(\.self), Shape(rows.count, width)).times(value(of: shared[0]))
    }
    let product = operand(firsts, width: width, isWhole: true) * operand(seconds, width: width, isWhole: true)
    return firsts.count == 1 ? product.sum() : product.reshaped(Shape(firsts.count, width)).sumRows()
  }

  // MARK: Operands

  /// The operand of a group whose nodes have `width` elements: laid side by side, or one number for all of them.
  ///
  /// - Parameter isWhole: whether even one number shared by all is to be laid side by side.
  private mutating func operand(_ nodes: [NodeID], width: Int, isWhole: Bool = false) -> Traced {
    let count = graph.count(nodes[0])
    if !isWhole, count == 1 {
      if nodes.allSatisfy({ $0 == nodes[0] }) { return value(of: nodes[0]) }
      let values = nodes.compactMap(graph.constantValues).map { $0[0] }
      if values.count == nodes.count {
        if Set(values.map(\.bitPattern)).count == 1 { return tape.constant(values[0]) }
        return tape.constant(values.flatMap { [Double](repeating: $0, count: width) })
      }
    }
    let values = nodes.compactMap(graph.constantValues)
    if values.count == nodes.count { return tape.constant(values.flatMap(\.self)) }
    var all = Places()
    for node in nodes {
      let place = place(of: node)
      for _ in 0..<(count == 1 ? width : 1) { all.append(place) }
    }
    return assembled(all)
  }

  private mutating func place(of node: NodeID) -> Places {
    if let known = places[node] { return known }
    let found: Places
    switch graph.nodes[Int(node)].operation {
    case .constant(let index):
      let values = graph.constants[index]
      let tensor = Int32(tensors.count)
      tensors.append(tape.constant(values))
      constants[tensor] = values
      found = Places(.init(tensor: tensor, start: 0, count: Int32(values.count)))
    case .pick(let list):
      found = place(of: graph.nodes[Int(node)].first).picked(graph.lists[list])
    case .pack(let list):
      var all = Places()
      for part in graph.lists[list] { all.append(place(of: part)) }
      found = all
    default: preconditionFailure("node \(node) is in no group")
    }
    places[node] = found
    return found
  }

  /// The elements at places, as a vector: what they lie in where that is it, a slice, or a copy.
  private func assembled(_ places: Places) -> Traced {
    if places.runs.count == 1 {
      let run = places.runs[0]
      return tensors[Int(run.tensor)][Int(run.start)..<Int(run.start + run.count)]
    }
    let used = Set(places.runs.map(\.tensor)).sorted()
    if used.count == 1 {
      return tensors[Int(used[0])].gathered(places.indices { _ in 0 })
    }
    if used.allSatisfy({ constants[$0] != nil }) {
      return tape.constant(
        places.runs.flatMap { run in
          (constants[run.tensor] ?? [])[Int(run.start)..<Int(run.start + run.count)]
        })
    }
    if places.runs.count <= 2 * used.count {
      return Traced.concatenated(
        places.runs.map { run in
          tensors[Int(run.tensor)][Int(run.start)..<Int(run.start + run.count)]
        })
    }
    var start = 0
    var starts: [Int32: Int] = [:]
    for tensor in used {
      starts[tensor] = start
      start += tensors[Int(tensor)].count
    }
    return Traced.concatenated(used.map { tensors[Int($0)] })
      .gathered(places.indices { starts[$0] ?? 0 })
  }
}
