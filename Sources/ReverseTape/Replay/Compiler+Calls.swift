import CKernels
import NumericArrays

/// The calls of a program that C walks by itself.
extension Compiler {
  /// What a node comes to in calls; nil where it is for BLAS or has no call.
  func calls(for id: Int) -> [wb_call]? {
    let node = tape.nodes[id]
    let rows = node.layout.shape.count
    let inner = drawCount(of: node.layout) * laneCount(of: id)
    func operand(_ index: Int) -> Int { Int(node.operands[index]) }
    func layout(_ index: Int) -> Layout { tape.nodes[operand(index)].layout }
    func call(_ kernel: wb_kernel, _ extent: (Int, Int, Int) = (1, 1, 1), room: Int? = nil) -> wb_call {
      var call = wb_call()
      call.kernel = Int32(kernel.rawValue)
      call.out = Int64(buffer(of: id).offset)
      call.a = Int64(buffer(of: operand(0)).offset)
      if let room { call.b = Int64(room) }
      if node.operands.count > 1 { call.b = Int64(buffer(of: operand(1)).offset) }
      call.extent = (Int32(extent.0), Int32(extent.1), Int32(extent.2))
      return call
    }

    switch node.operation {
    case .constant, .slot, .slice, .reshape, .externalValue, .stopGradient, .drawsAsColumns, .columnsAsDraws:
      return []
    case .externalDensity:
      return nil
    case .unary(let function):
      var result = call(function.kernel, (1, 1, rows * inner))
      result.padded = mayBePadded(id) ? 1 : 0
      return [result]
    case .binary(let function):
      let walk = Walk(
        [rows, drawCount(of: node.layout), lanes], strides(of: operand(0), in: id),
        strides(of: operand(1), in: id))
      return [walk.applied(to: call(function.kernel), isPadded: mayBePadded(id))]
    case .ternary(let function):
      return [call(function.kernel, (1, 1, rows * inner))]
    case .expand:
      let walk = Walk(
        [rows, drawCount(of: node.layout), lanes], strides(of: operand(0), in: id), nil)
      return [walk.applied(to: call(WB_COPY), isPadded: mayBePadded(id))]
    case .repeatColumns:
      let walk = Walk(
        [node.layout.shape.rows, node.layout.shape.columns, inner], [inner, 0, 1], nil)
      return [walk.applied(to: call(WB_COPY), isPadded: mayBePadded(id))]
    case .concatenate:
      return parts(of: id)
    case .sumElements:
      return [call(WB_SUM, (1, layout(0).shape.count, inner))]
    case .sumDraws:
      return [call(WB_SUM, (rows, tape.draws, lanes))]
    case .sumRows:
      return [call(WB_SUM, (rows, layout(0).shape.columns, inner))]
    case .logSumExp:
      return [call(WB_LOG_SUM_EXP, (1, layout(0).shape.count, inner))]
    case .logSumExpRows:
      return [call(WB_LOG_SUM_EXP, (rows, layout(0).shape.columns, inner))]
    case .gather(let index):
      var result = call(WB_GATHER, (rows, inner, 1))
      result.index = Int64(indexOffset(index))
      return [result]
    case .scatter(let index):
      var result = call(WB_SCATTER, (tape.indices[index].count, inner, rows))
      result.index = Int64(indexOffset(index))
      return [result]
    case .product, .outerProduct:
      return product(id) { call($0, $1) }.map { [$0] }
    case .triangleProduct(let transposed):
      let columns = layout(1).shape.columns * drawCount(of: node.layout)
      let kernel = transposed ? WB_UNIT_UPPER_TIMES : WB_UNIT_LOWER_TIMES
      return [ofTriangles(id, call(kernel, (layout(1).shape.rows, columns, 1)))]
    case .strictOuterProduct:
      let columns = layout(0).shape.columns * drawCount(of: layout(0))
      return [ofTriangles(id, call(WB_STRICT_OUTER, (layout(0).shape.rows, columns, 1)))]
    case .triangleComposition:
      return [ofTriangles(id, call(WB_COMPOSE_UNIT_LOWER, (Traced.triangleSize(count: rows), 1, 1)))]
    case .inverse:
      return [call(WB_INVERSE, (node.layout.shape.rows, 1, 1), room: factorRoom(of: id))]
    case .logDeterminant:
      return [call(WB_LOG_DETERMINANT, (layout(0).shape.rows, 1, 1), room: factorRoom(of: id))]
    case .drawProduct(let transposedLeft, let transposedRight):
      let depth = transposedLeft ? layout(0).shape.rows : layout(0).shape.columns
      let product = call(WB_DRAW_PRODUCT, (node.layout.shape.rows, depth, node.layout.shape.columns))
      return [ofDraws(id, product, transposed: (transposedLeft, transposedRight))]
    case .choleskyFactor:
      return [ofDraws(id, call(WB_DRAW_FACTOR, (layout(0).shape.rows, 1, 1)))]
    case .triangularSolve(let transposed):
      let (size, columns) = (layout(0).shape.rows, layout(1).shape.columns)
      return [
        ofDraws(id, call(transposed ? WB_DRAW_TRANSPOSED_SOLVE : WB_DRAW_SOLVE, (size, size, columns)))
      ]
    case .matrixInverse:
      return [ofDraws(id, call(WB_DRAW_INVERSE, (layout(0).shape.rows, 1, 1)))]
    case .logAbsoluteDeterminant:
      return [
        ofDraws(id, call(WB_DRAW_LOG_DETERMINANT, (layout(0).shape.rows, 1, 1), room: factorRoom(of: id)))
      ]
    }
  }

  /// Where an entry of the table of indices starts when all are laid end to end.
  private func indexOffset(_ index: Int) -> Int { tape.indices[..<index].reduce(0) { $0 + $1.count } }

  /// The steps of an operand along the rows, draws and lanes of a result.
  private func strides(of operand: Int, in id: Int) -> [Int] {
    let (own, result) = (tape.nodes[operand].layout, tape.nodes[id].layout)
    let ownLanes = laneCount(of: operand)
    let isScalar = own.shape.isScalar && !result.shape.isScalar
    return [
      isScalar ? 0 : drawCount(of: own) * ownLanes,
      own.extent == .perDraw ? ownLanes : 0,
      ownLanes == lanes ? 1 : 0,
    ]
  }

  /// Copies of the parts of a concatenation that do not lie in it already.
  private func parts(of id: Int) -> [wb_call] {
    let node = tape.nodes[id]
    let draws = drawCount(of: node.layout)
    var start = buffer(of: id).offset
    return node.operands.map(Int.init).compactMap { part in
      let rows = tape.nodes[part].layout.shape.count
      defer { start += rows * draws * lanes }
      let from = buffer(of: part).offset
      if from == start { return nil }
      var call = wb_call()
      call.kernel = Int32(WB_COPY.rawValue)
      call.out = Int64(start)
      call.a = Int64(from)
      let ownLanes = laneCount(of: part)
      return Walk([rows, draws, lanes], [draws * ownLanes, ownLanes, ownLanes == lanes ? 1 : 0], nil)
        .applied(to: call, isPadded: false)
    }
  }

  /// A product small enough for the kernels that sum in order: nil from the size on that goes to BLAS.
  private func product(_ id: Int, _ call: (wb_kernel, (Int, Int, Int)) -> wb_call) -> wb_call? {
    let node = tape.nodes[id]
    let (a, b) = (Int(node.operands[0]), Int(node.operands[1]))
    let (left, right) = (tape.nodes[a].layout, tape.nodes[b].layout)
    let m = node.layout.shape.rows
    switch node.operation {
    case .product(let transposed):
      if let number = picked.firstIndex(of: a) {
        var result = call(
          transposed ? WB_PICKED_TRANSPOSED_TIMES : WB_PICKED_TIMES, (left.shape.rows, left.shape.columns, 1))
        result.index = Int64(number)
        return result
      }
      let k = right.shape.rows
      let n = right.shape.columns * drawCount(of: node.layout)
      guard Products.isSmall(m: m, k: k, n: n) else { return nil }
      if let transpose = transposes[a], n * lanes == 1, !transposed {
        var result = call(WB_PRODUCT_TN, (m, k, 1))
        result.a = Int64(transpose)
        return result
      }
      if laneCount(of: a) == 1 {
        return call(transposed ? WB_PRODUCT_TN : WB_PRODUCT_NN, (m, k, n * lanes))
      }
      let (aLanes, bLanes) = (laneCount(of: a), laneCount(of: b))
      var result = call(WB_CONTRACT, (m, k, n))
      let columns = left.shape.columns
      result.a_stride = strideTriple(transposed ? [1, columns] : [columns, 1], lanes: aLanes)
      result.b_stride = strideTriple([n, 1], lanes: bLanes)
      return result
    default:
      let n = node.layout.shape.columns
      let k = left.shape.columns * drawCount(of: left)
      guard Products.isSmall(m: m, k: k, n: n) else { return nil }
      if lanes == 1 { return call(WB_PRODUCT_NT, (m, k, n)) }
      var result = call(WB_CONTRACT, (m, k, n))
      result.a_stride = strideTriple([k, 1], lanes: laneCount(of: a))
      result.b_stride = strideTriple([1, k], lanes: laneCount(of: b))
      return result
    }
  }

  /// A call that has packed triangles among its operands, with the lanes that each of the two has.
  private func ofTriangles(_ id: Int, _ call: wb_call) -> wb_call {
    var call = call
    call.a_stride.2 = Int32(laneCount(of: Int(tape.nodes[id].operands[0])))
    call.b_stride.2 = Int32(laneCount(of: Int(tape.nodes[id].operands[1])))
    return call
  }

  /// A call on matrices of each draw, with the steps of its operands' rows, columns and draws, and their lanes.
  private func ofDraws(_ id: Int, _ call: wb_call, transposed: (Bool, Bool) = (false, false)) -> wb_call {
    func steps(_ operand: Int, _ isTransposed: Bool) -> (Int32, Int32, Int32) {
      let layout = tape.nodes[operand].layout
      let step = drawCount(of: layout) * laneCount(of: operand)
      let steps = (Int32(layout.shape.columns * step), Int32(step))
      let draw = layout.extent == .perDraw ? Int32(laneCount(of: operand)) : 0
      return isTransposed ? (steps.1, steps.0, draw) : (steps.0, steps.1, draw)
    }
    let operands = tape.nodes[id].operands.map(Int.init)
    var call = call
    call.draws = Int32(drawCount(of: tape.nodes[id].layout))
    call.lanes = Int32(laneCount(of: id))
    call.a_stride = steps(operands[0], transposed.0)
    call.a_lanes = Int32(laneCount(of: operands[0]))
    guard operands.count > 1 else { return call }
    call.b_stride = steps(operands[1], transposed.1)
    call.b_lanes = Int32(laneCount(of: operands[1]))
    return call
  }

  private func strideTriple(_ strides: [Int], lanes own: Int) -> (Int32, Int32, Int32) {
    (Int32(strides[0] * own), Int32(strides[1] * own), own == lanes ? 1 : 0)
  }
}

/// How one or two operands move while a result is written from front to back: up to three nested loops, those merged that
/// are one run for every operand.
private struct Walk {
  private var extents: [Int] = []
  private var a: [Int] = []
  private var b: [Int] = []

  /// - Parameter b: nil for a copy.
  init(_ extents: [Int], _ a: [Int], _ b: [Int]?) {
    let b = b ?? a
    for index in extents.indices where extents[index] > 1 {
      if let last = self.extents.indices.last, self.a[last] == extents[index] * a[index],
        self.b[last] == extents[index] * b[index]
      {
        self.extents[last] *= extents[index]
        self.a[last] = a[index]
        self.b[last] = b[index]
      } else {
        self.extents.append(extents[index])
        self.a.append(a[index])
        self.b.append(b[index])
      }
    }
    // The last loop is one over neighbours or over one number; a longer step becomes the one before.
    if let last = self.extents.indices.last, self.a[last] > 1 || self.b[last] > 1 {
      self.extents.append(1)
      self.a.append(1)
      self.b.append(1)
    }
    precondition(self.extents.count <= 3, "a walk of more than three loops")
    while self.extents.count < 3 {
      self.extents.insert(1, at: 0)
      self.a.insert(self.a.isEmpty ? 1 : 0, at: 0)
      self.b.insert(self.b.isEmpty ? 1 : 0, at: 0)
    }
  }

  func applied(to call: wb_call, isPadded: Bool) -> wb_call {
    var call = call
    call.extent = (Int32(extents[0]), Int32(extents[1]), Int32(extents[2]))
    call.a_stride = (Int32(a[0]), Int32(a[1]), Int32(a[2]))
    call.b_stride = (Int32(b[0]), Int32(b[1]), Int32(b[2]))
    if extents[0] * extents[1] == 1, a[2] + b[2] > 0 {
      call.padded = isPadded ? 1 : 0
      let walk = a[2] == b[2] ? WB_BOTH_MOVE : a[2] == 1 ? WB_LEFT_MOVES : WB_RIGHT_MOVES
      call.walk = Int32(walk.rawValue)
    } else {
      call.walk = Int32(WB_LOOPS.rawValue)
    }
    return call
  }
}
