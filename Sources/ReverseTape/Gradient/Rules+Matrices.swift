/// The rules of matrices that are shared or one for each draw. An operand that is shared by the draws takes the sum over them.
extension Tape {
  func propagateMatrices(
    _ adjoint: Traced, through value: Traced, wants: (Int) -> Bool, into adjoints: inout Adjoints
  ) {
    let node = value.node
    let operands = node.operands.map { Traced(tape: self, id: $0) }
    let whole = adjoint.expanded(to: value.layout)
    func add(_ share: Traced, to index: Int, in adjoints: inout Adjoints) {
      let operand = operands[index]
      adjoints.add(
        operand.extent == .shared && share.extent == .perDraw ? share.sumOverDraws() : share, to: operand)
    }
    switch node.operation {
    case .drawProduct(let left, let right):
      let (a, b) = (operands[0], operands[1])
      if wants(0) {
        let share =
          left
          ? b.matrixProduct(whole, transposedLeft: right, transposedRight: true)
          : whole.matrixProduct(b, transposedLeft: false, transposedRight: !right)
        add(share, to: 0, in: &adjoints)
      }
      if wants(1) {
        let share =
          right
          ? whole.matrixProduct(a, transposedLeft: true, transposedRight: left)
          : a.matrixProduct(whole, transposedLeft: !left, transposedRight: false)
        add(share, to: 1, in: &adjoints)
      }
    case .choleskyFactor:
      // The symmetric matrix with the lower triangle of Lᵀ dL, between L⁻ᵀ and L⁻¹, halved (Murray 2016, arXiv 1602.07527, equation
      // 10); what stands twice in a symmetric matrix is read once.
      let middle = value.matrixProduct(whole, transposedLeft: true, transposedRight: false)
        .mirroredLowerTriangle()
      let half = value.lowerTriangularTransposedSolve(middle).transposed()
      let share = value.lowerTriangularTransposedSolve(half)
      adjoints.add(share.scaledTriangle(diagonal: 0.5, above: 0), to: operands[0])
    case .triangularSolve(let isTransposed):
      // dx = L⁻¹ (db − dL x).
      let share = operands[0].triangularSolve(whole, transposed: !isTransposed)
      if wants(0) {
        let product =
          isTransposed
          ? value.matrixProduct(share, transposedLeft: false, transposedRight: true)
          : share.matrixProduct(value, transposedLeft: false, transposedRight: true)
        add(-product.scaledTriangle(diagonal: 1, above: 0), to: 0, in: &adjoints)
      }
      if wants(1) { add(share, to: 1, in: &adjoints) }
    case .matrixInverse:
      // d(A⁻¹) = −A⁻¹ dA A⁻¹ (Petersen & Pedersen 2012, eq. 59).
      let right = whole.matrixProduct(value, transposedLeft: false, transposedRight: true)
      adjoints.add(-value.matrixProduct(right, transposedLeft: true, transposedRight: false), to: operands[0])
    default:
      // d log |det A| = tr(A⁻¹ dA) (Petersen & Pedersen 2012, eq. 43).
      adjoints.add(adjoint * operands[0].matrixInverse().transposed(), to: operands[0])
    }
  }
}
