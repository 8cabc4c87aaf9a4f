/// The vector–Jacobian product of every operation, written with the same operations.
extension Tape {
  func propagate(_ adjoint: Traced, through value: Traced, needed: [Bool], into adjoints: inout Adjoints) {
    let node = value.node
    let operands = node.operands.map { Traced(tape: self, id: $0) }
    func wants(_ index: Int) -> Bool { needed[Int(node.operands[index])] }

    switch node.operation {
    case .constant, .slot, .stopGradient:
      break
    case .unary(.square):
      // A scalar adjoint is doubled, not the operand.
      adjoints.add((2 * adjoint) * operands[0], to: operands[0])
    case .unary(let function):
      adjoints.add(adjoint * slope(of: function, at: operands[0], value: value), to: operands[0])
    case .binary(let function):
      for index in 0...1 where wants(index) {
        let share = slopeTimes(adjoint, function, operands, index, value: value)
        adjoints.add(reduce(share, over: value.layout, to: operands[index].layout), to: operands[index])
      }
    case .ternary(let function):
      propagate(adjoint, through: value, function, into: &adjoints)
    case .sumElements, .sumDraws:
      // The adjoint stands for its broadcast over what was summed.
      adjoints.add(adjoint, to: operands[0])
    case .logSumExp:
      adjoints.add(adjoint * (operands[0] - value).exp(), to: operands[0])
    case .logSumExpRows:
      let columns = operands[0].shape.columns
      let whole = adjoint.expanded(to: value.layout).repeatedColumns(columns)
      adjoints.add(whole * (operands[0] - value.repeatedColumns(columns)).exp(), to: operands[0])
    case .sumRows:
      let whole = adjoint.expanded(to: value.layout)
      adjoints.add(whole.repeatedColumns(operands[0].shape.columns), to: operands[0])
    case .repeatColumns:
      adjoints.add(adjoint.expanded(to: value.layout).sumRows(), to: operands[0])
    case .expand:
      adjoints.add(reduce(adjoint, over: value.layout, to: operands[0].layout), to: operands[0])
    case .slice(let start):
      adjoints.add(adjoint.expanded(to: value.layout), to: operands[0], from: start)
    case .reshape:
      let isScalar = adjoint.shape.isScalar && !value.shape.isScalar
      adjoints.add(isScalar ? adjoint : adjoint.reshaped(operands[0].shape), to: operands[0])
    case .drawsAsColumns:
      let whole = adjoint.expanded(to: value.layout).columnsAsDraws()
      adjoints.add(whole.reshaped(operands[0].shape), to: operands[0])
    case .columnsAsDraws:
      adjoints.add(adjoint.expanded(to: value.layout).drawsAsColumns(), to: operands[0])
    case .concatenate:
      let whole = adjoint.expanded(to: value.layout)
      var position = 0
      for (index, operand) in operands.enumerated() {
        if wants(index) {
          adjoints.add(whole[position..<position + operand.count].reshaped(operand.shape), to: operand)
        }
        position += operand.count
      }
    case .gather(let index):
      let whole = adjoint.expanded(to: value.layout)
      adjoints.add(record(.scatter(index: index), [whole], operands[0].layout), to: operands[0])
    case .scatter(let index):
      let whole = adjoint.expanded(to: value.layout)
      adjoints.add(record(.gather(index: index), [whole], operands[0].layout), to: operands[0])
    case .product(let transposed):
      let whole = adjoint.expanded(to: value.layout)
      let (a, x) = (operands[0], operands[1])
      if wants(0) { adjoints.add(transposed ? x.outerProduct(whole) : whole.outerProduct(x), to: a) }
      if wants(1) { adjoints.add(transposed ? a.times(whole) : a.transposedTimes(whole), to: x) }
    case .outerProduct:
      let whole = adjoint.expanded(to: value.layout)
      if wants(0) { adjoints.add(whole.times(operands[1]), to: operands[0]) }
      if wants(1) { adjoints.add(whole.transposedTimes(operands[0]), to: operands[1]) }
    case .triangleProduct(let transposed):
      let whole = adjoint.expanded(to: value.layout)
      let (t, x) = (operands[0], operands[1])
      if wants(0) {
        adjoints.add(transposed ? x.strictOuterProduct(whole) : whole.strictOuterProduct(x), to: t)
      }
      if wants(1) { adjoints.add(t.unitTriangleTimes(whole, transposed: !transposed), to: x) }
    case .strictOuterProduct:
      let whole = adjoint.expanded(to: value.layout)
      let (g, x) = (operands[0], operands[1])
      if wants(0) { adjoints.add(whole.unitTriangleTimes(x, transposed: false) - x, to: g) }
      if wants(1) { adjoints.add(whole.unitTriangleTimes(g, transposed: true) - g, to: x) }
    case .triangleComposition:
      // d((I + S)(I + T)) = dS (I + T) + (I + S) dT, of which the strict triangles matter.
      let whole = adjoint.expanded(to: value.layout).strictLowerTriangle
      let (s, t) = (
        operands[0].unitLowerTriangle(whole.shape.rows), operands[1].unitLowerTriangle(whole.shape.rows)
      )
      if wants(0) { adjoints.add(whole.outerProduct(t).packedStrictTriangle, to: operands[0]) }
      if wants(1) { adjoints.add(s.transposedTimes(whole).packedStrictTriangle, to: operands[1]) }
    case .inverse:
      // d(A⁻¹) = −A⁻¹ dA A⁻¹ (Petersen & Pedersen 2012, eq. 59); the value is symmetric.
      let whole = adjoint.expanded(to: value.layout)
      adjoints.add(-value.times(whole.times(value)), to: operands[0])
    case .logDeterminant:
      // d log|A| = tr(A⁻¹ dA) (Petersen & Pedersen 2012, eq. 43).
      adjoints.add(adjoint * operands[0].inverse(), to: operands[0])
    case .externalDensity:
      preconditionFailure("an external density is differentiated once")
    case .externalValue:
      let (packed, point) = (operands[0], operands[1])
      adjoints.add(adjoint * packed[1..<packed.count].reshaped(point.shape), to: point)
    case .drawProduct, .choleskyFactor, .triangularSolve, .matrixInverse, .logAbsoluteDeterminant:
      propagateMatrices(adjoint, through: value, wants: wants, into: &adjoints)
    }
  }

  /// The derivative of an elementwise function, by its argument `x` and its value.
  private func slope(of function: Unary, at x: Traced, value: Traced) -> Traced {
    switch function {
    case .negate: constant(-1)
    case .exp: value
    case .log: x.mapped(.reciprocal)
    case .log1p: (x + 1).mapped(.reciprocal)
    case .expm1: value + 1
    case .squareRoot: 0.5 * value.mapped(.reciprocal)
    case .square: 2 * x
    case .reciprocal: -value.square()
    case .tanh: 1 - value.square()
    case .sigmoid: value * (1 - value)
    case .softplus: x.sigmoid()
    case .sin: x.cos()
    case .cos: -x.sin()
    case .absolute: x.mapped(.sign)
    case .sign, .step: constant(0)
    // By the value, so that x need not be kept.
    case .relu: value.mapped(.step)
    case .logGamma: x.digamma()
    case .digamma: x.mapped(.trigamma)
    case .trigamma: preconditionFailure("trigamma has no gradient rule")
    case .atan: (1 + x.square()).mapped(.reciprocal)
    case .asin: ((1 - x) * (1 + x)).squareRoot().mapped(.reciprocal)
    case .acos: -((1 - x) * (1 + x)).squareRoot().mapped(.reciprocal)
    case .sinh: x.cosh()
    case .cosh: x.sinh()
    case .asinh: (1 + x.square()).squareRoot().mapped(.reciprocal)
    case .acosh: ((x - 1) * (x + 1)).squareRoot().mapped(.reciprocal)
    case .atanh: ((1 - x) * (1 + x)).mapped(.reciprocal)
    case .errorFunction: 2 / Double.pi.squareRoot() * (-x.square()).exp()
    case .complementaryErrorFunction: -2 / Double.pi.squareRoot() * (-x.square()).exp()
    case .standardNormalCDF: (1 / (2 * Double.pi).squareRoot()) * (-0.5 * x.square()).exp()
    case .logStandardNormalCDF: x.mapped(.standardNormalScore)
    case .standardNormalScore: -(value * (x + value))
    case .standardNormalQuantile: (2 * Double.pi).squareRoot() * (0.5 * value.square()).exp()
    case .log1mExp: -(-x).expm1().mapped(.reciprocal)
    case .floor, .ceil, .round, .truncate: constant(0)
    case .cubeRoot: (3 * value.square()).mapped(.reciprocal)
    }
  }

  /// The adjoint's share for one operand of a binary function, in the layout of their broadcast.
  private func slopeTimes(
    _ adjoint: Traced, _ function: Binary, _ operands: [Traced], _ index: Int, value: Traced
  ) -> Traced {
    switch (function, index) {
    case (.add, _), (.subtract, 0): adjoint
    case (.subtract, _): -adjoint
    case (.multiply, _): adjoint * operands[1 - index]
    case (.divide, 0): adjoint / operands[1]
    case (.divide, _): -(adjoint * value) / operands[1]
    // d/dm E[f(x)] = E[f′(x)] and d/dv E[f(x)] = ½ E[f″(x)] for x ~ N(m, v) (Price 1958).
    case (.meanSoftplus, 0): adjoint * operands[0].combined(.meanSigmoid, operands[1])
    case (.meanSoftplus, _): adjoint * (0.5 * operands[0].combined(.meanSigmoidSlope, operands[1]))
    case (.meanSigmoid, 0): adjoint * operands[0].combined(.meanSigmoidSlope, operands[1])
    case (.meanSigmoid, _), (.meanSigmoidSlope, _):
      preconditionFailure("third derivatives of softplus have no rule")
    // To the one that is chosen, and to the first where they are equal.
    case (.maximum, 0): adjoint * (1 - (operands[1] - operands[0]).mapped(.step))
    case (.maximum, _): adjoint * (operands[1] - operands[0]).mapped(.step)
    case (.minimum, 0): adjoint * (1 - (operands[0] - operands[1]).mapped(.step))
    case (.minimum, _): adjoint * (operands[0] - operands[1]).mapped(.step)
    case (.atan2, 0): adjoint * (operands[1] / (operands[0].square() + operands[1].square()))
    case (.atan2, _): -(adjoint * (operands[0] / (operands[0].square() + operands[1].square())))
    case (.power, 0): adjoint * (operands[1] * operands[0].combined(.power, operands[1] - 1))
    case (.power, _): adjoint * operands[0].combined(.powerExponentSlope, operands[1])
    case (.powerExponentSlope, 0):
      adjoint
        * (operands[1] * operands[0].combined(.powerExponentSlope, operands[1] - 1)
          + operands[0].combined(.power, operands[1] - 1))
    case (.powerExponentSlope, _): adjoint * (value * operands[0].log())
    case (.gammaP, 0): adjoint * operands[0].combined(.gammaShapeSlope, operands[1])
    case (.gammaP, _): adjoint * operands[0].combined(.gammaDensity, operands[1])
    case (.gammaQ, 0): -(adjoint * operands[0].combined(.gammaShapeSlope, operands[1]))
    case (.gammaQ, _): -(adjoint * operands[0].combined(.gammaDensity, operands[1]))
    case (.gammaDensity, 0): adjoint * (value * (operands[1].log() - operands[0].digamma()))
    case (.gammaDensity, _): adjoint * (value * ((operands[0] - 1) / operands[1] - 1))
    // By the implicit function theorem on P(a, x) = Φ(ε) (Figurnov, Mohamed & Mnih 2018, eq. 6).
    case (.logGammaVariate, 0): adjoint * operands[0].combined(.logGammaVariateShapeSlope, value)
    case (.logGammaVariate, _):
      adjoint
        * ((-0.5 * (operands[1].square() + 1.8378770664093454836)).exp()
          / (value.exp() * operands[0].combined(.gammaDensity, value.exp())))
    case (.gammaShapeSlope, _), (.logGammaVariateShapeSlope, _):
      preconditionFailure("slopes in the shape have no gradient rule")
    }
  }

  /// The adjoints of the three operands that lie end to end.
  private func propagate(
    _ adjoint: Traced, through value: Traced, _ function: Ternary, into adjoints: inout Adjoints
  ) {
    precondition(function == .beta, "the incomplete beta function is differentiated once")
    let operand = Traced(tape: self, id: value.node.operands[0])
    let whole = adjoint.expanded(to: value.layout)
    let shares = [Ternary.betaFirstSlope, .betaSecondSlope, .betaDensity].map {
      whole * record(.ternary($0), [operand], value.layout)
    }
    adjoints.add(Traced.concatenated(shares), to: operand)
  }

  /// Sums an adjoint that stands for a value of layout `over` down to a narrower layout.
  private func reduce(_ adjoint: Traced, over wide: Layout, to narrow: Layout) -> Traced {
    var result = adjoint
    if narrow.shape.isScalar, !wide.shape.isScalar {
      result = result.shape.isScalar ? result * Double(wide.shape.count) : result.sum()
    }
    if narrow.extent == .shared, wide.extent == .perDraw { result = result.sumOverDraws() }
    return result.shape.isScalar || result.shape == narrow.shape ? result : result.reshaped(narrow.shape)
  }
}
