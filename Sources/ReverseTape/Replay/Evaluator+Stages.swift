import NumericArrays

/// Large programs: stage by stage, each stage's pieces shared by the team.
extension Evaluator: Pieces {
  func executeStages(of body: Program.Body) {
    self.body = body
    for index in body.stages.indices {
      stage = body.stages[index]
      if stage.division == .none {
        compute(piece: 0)
      } else {
        team.compute(self, count: stage.pieces)
      }
    }
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  package func compute(piece: Int) {
    let range = stage.instructions
    body.instructions.withUnsafeBufferPointer { body in
      switch stage.division {
      case .none:
        for index in range { execute(body[index]) }
      case .bands:
        let rows = stage.part(piece, of: body[range.lowerBound].rows, block: 1)
        let height = max(1, Stage.bandSize / body[range.lowerBound].draws)
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: height) {
          let band = start..<min(start + height, rows.upperBound)
          for index in range { execute(body[index].restricted(to: band)) }
        }
      case .productRows:
        let rows = stage.part(piece, of: body[range.lowerBound].rows, block: Stage.productBlock)
        multiply(body[range.lowerBound], rows: rows, columns: nil, piece: piece)
      case .productColumns:
        let columns = stage.part(piece, of: body[range.lowerBound].draws, block: Stage.productBlock)
        multiply(body[range.lowerBound], rows: nil, columns: columns, piece: piece)
      case .listedRows:
        list(body[range.lowerBound], piece: piece)
      }
    }
  }

  /// A block of a product: some of its rows and some of its columns, nil standing for all.
  @inline(__always)
  private func multiply(_ product: Instruction, rows: Range<Int>?, columns: Range<Int>?, piece: Int) {
    let (m, k, n) = (product.rows, product.inner, product.draws)
    let (rows, columns) = (rows ?? 0..<m, columns ?? 0..<n)
    if rows.isEmpty || columns.isEmpty { return }
    let out = arena + product.out + rows.lowerBound * n + columns.lowerBound
    let a = UnsafePointer(arena + product.a)
    let b = UnsafePointer(arena + product.b)
    switch product.kernel {
    case .product(let transposed):
      Scalar.kernelProductBlock(
        out, outStride: n, a + rows.lowerBound * (transposed ? 1 : k), aStride: transposed ? m : k,
        transposeA: transposed, b + columns.lowerBound, bStride: n, transposeB: false, m: rows.count, k: k,
        n: columns.count)
    case .outerProduct:
      Scalar.kernelProductBlock(
        out, outStride: n, a + rows.lowerBound * k, aStride: k, transposeA: false,
        b + columns.lowerBound * k, bStride: k, transposeB: true, m: rows.count, k: k, n: columns.count)
    case .sparseProduct(let index):
      nonzeros[index].multiply(out, a + rows.lowerBound * k, rows: rows.count, piece: piece)
    case .sparseOuterProduct(let index):
      nonzeros[index].multiplyTransposed(out, a + rows.lowerBound * k, rows: rows.count, piece: piece)
    default:
      preconditionFailure("no product")
    }
  }

  @inline(__always)
  private func list(_ instruction: Instruction, piece: Int) {
    guard case .nonzeros(let index) = instruction.kernel else { preconditionFailure("no list") }
    let rows = stage.part(piece, of: instruction.rows, block: 1)
    nonzeros[index].list(arena + instruction.a, rows: rows, piece: piece)
  }
}
