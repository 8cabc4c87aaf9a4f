import NumericArrays
import ReverseTape
import Testing

/// The value and gradient of a scalar program at a point, with `draws` draws of noise in the slot `noise`.
struct Recorded {
  let evaluator: Evaluator<Double>
  let count: Int

  init(count: Int, draws: Int, noise: Int, _ body: (Traced, Traced) -> Traced) {
    self.count = count
    let tape = Tape(draws: draws)
    let x = tape.slot(Slot("x", Shape(count)))
    let e = tape.slot(Slot("noise", Shape(noise), .perDraw))
    let value = body(x, e).meanOverDraws().sum()
    let gradient = tape.gradient(of: value, withRespectTo: [x])[0]
    evaluator = Evaluator(Program(tape, outputs: [value, gradient]))
    if let slot = evaluator.slot("noise") {
      let draws = NoiseStream(seed: 5, purpose: .data).normals(dimension: noise, draws: draws, step: 0)
      for index in slot.indices { slot[index] = draws[index] }
    }
  }

  func callAsFunction(_ point: [Double]) -> (value: Double, gradient: [Double]) {
    if let slot = evaluator.slot("x") { for index in slot.indices { slot[index] = point[index] } }
    evaluator.run()
    return (evaluator.output(0)[0], Array(evaluator.output(1)))
  }

  /// The largest difference between the gradient and central differences, relative to the gradient's size.
  func gradientError(at point: [Double]) -> Double {
    let gradient = self(point).gradient
    var worst = 0.0
    for index in point.indices {
      // h = ε^(1/3) balances truncation O(h²) against rounding O(ε/h).
      let h = 6e-6 * max(1, abs(point[index]))
      var (up, down) = (point, point)
      up[index] += h
      down[index] -= h
      let slope = (self(up).value - self(down).value) / (up[index] - down[index])
      worst = max(worst, abs(slope - gradient[index]) / max(1, abs(gradient[index])))
    }
    return worst
  }
}

/// Differences lose two thirds of the digits: (2.2e-16)^(2/3) ≈ 4e-11, times the curvature of these functions, ≤ 1e3.
let differenceTolerance = 1e-7

struct GradientCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var count = 4
  /// Where the arguments are drawn from.
  var range: ClosedRange<Double> = -2...2
  var body: @Sendable (Traced, Traced) -> Traced
}

private let weights: [Double] = [0.3, -1.2, 0.7, 2.1, -0.4, 0.9, 1.5, -0.8]

let unaryCases: [GradientCase] = [
  GradientCase(testDescription: "negate") { x, e in -x * e },
  GradientCase(testDescription: "exp") { x, e in x.exp() * e },
  GradientCase(testDescription: "log", range: 0.2...3) { x, e in x.log() * e },
  GradientCase(testDescription: "log1p", range: -0.7...3) { x, e in x.log1p() * e },
  GradientCase(testDescription: "expm1") { x, e in x.expm1() * e },
  GradientCase(testDescription: "squareRoot", range: 0.2...3) { x, e in x.squareRoot() * e },
  GradientCase(testDescription: "square") { x, e in x.square() * e },
  GradientCase(testDescription: "reciprocal", range: 0.3...3) { x, e in (1 / x) * e },
  GradientCase(testDescription: "tanh") { x, e in x.tanh() * e },
  GradientCase(testDescription: "sigmoid") { x, e in x.sigmoid() * e },
  GradientCase(testDescription: "softplus") { x, e in x.softplus() * e },
  GradientCase(testDescription: "sin") { x, e in x.sin() * e },
  GradientCase(testDescription: "cos") { x, e in x.cos() * e },
  GradientCase(testDescription: "absolute", range: 0.5...2) { x, e in (x - 3.5).absolute() * e },
  GradientCase(testDescription: "logGamma", range: 0.3...6) { x, e in x.logGamma() * e },
  GradientCase(testDescription: "digamma", range: 0.3...6) { x, e in x.digamma() * e },
]

let otherCases: [GradientCase] = [
  GradientCase(testDescription: "add, a scalar broadcast") { x, e in (x + x[1]) * e },
  GradientCase(testDescription: "subtract, a scalar broadcast") { x, e in (x[2] - x) * e },
  GradientCase(testDescription: "multiply, shared by per draw") { x, e in x * (x * e) },
  GradientCase(testDescription: "divide", range: 0.5...2) { x, e in e / x + x[0] / (x * e.square() + 1) },
  GradientCase(testDescription: "sum of elements") { x, e in (x * e).sum().square() },
  GradientCase(testDescription: "sum over draws") { x, e in (x * e).sumOverDraws().square() },
  GradientCase(testDescription: "mean over draws of a shared value") { x, e in x.meanOverDraws() * x },
  GradientCase(testDescription: "overlapping slices") { x, e in
    (x[0..<3] * x[1..<4]).sum() * x[2] * e.sum()
  },
  GradientCase(testDescription: "concatenate and reshape") { x, e in
    let both = Traced.concatenated([x * e, x[0..<2], e[1..<3] * x[3]])
    return both.reshaped(Shape(2, 4)).square().sum()
  },
  GradientCase(testDescription: "gather and scatter") { x, e in
    let gathered = (x * e).gathered([3, 0, 0, 2, 1, 3])
    return (gathered.square().scattered([0, 1, 1, 2, 0, 2], into: Shape(3)) * x[0..<3]).sum()
  },
  GradientCase(testDescription: "expand") { x, e in
    x[1].expanded(to: Layout(Shape(4), .perDraw)).square() * e
  },
  GradientCase(testDescription: "product with a traced matrix, per draw") { x, e in
    x.reshaped(Shape(2, 2)).times(e[0..<2] * x[0..<2]).square().sum()
  },
  GradientCase(testDescription: "transposed product") { x, e in
    x.reshaped(Shape(2, 2)).transposedTimes(e[1..<3] * x[2..<4]).square().sum()
  },
  GradientCase(testDescription: "product with a constant matrix") { x, e in
    x.tape.constant(weights, Shape(2, 4)).times(x * e).square().sum()
  },
  GradientCase(testDescription: "product of shared matrices") { x, e in
    let a = x.reshaped(Shape(2, 2))
    return a.times(a).square().sum()
  },
  GradientCase(testDescription: "outer product") { x, e in
    (x[0..<2] * e[0..<2]).outerProduct(x * e).square().sum()
  },
  GradientCase(testDescription: "inverse of a positive-definite matrix") { x, e in
    let a = x.reshaped(Shape(2, 2))
    let identity = x.tape.constant([1, 0, 0, 1], Shape(2, 2))
    let inverse = (identity + a.transposedTimes(a)).inverse()
    return inverse.times(x[1..<3]).square().sum() * e[0]
  },
  GradientCase(testDescription: "log-determinant of a positive-definite matrix") { x, e in
    let a = x.reshaped(Shape(2, 2))
    let identity = x.tape.constant([1, 0, 0, 1], Shape(2, 2))
    return (identity + a.transposedTimes(a)).logDeterminant().square() * e[0]
  },
]

@Suite struct GradientTests {
  @Test(
    "every operation's gradient agrees with central differences at random points",
    arguments: unaryCases + otherCases)
  func agreesWithDifferences(_ example: GradientCase) {
    for draws in [1, 3] {
      let program = Recorded(count: example.count, draws: draws, noise: example.count, example.body)
      for trial in 0..<5 {
        let uniforms = NoiseStream(seed: 11, purpose: .data).uniforms(
          count: example.count, step: UInt64(trial))
        let width = example.range.upperBound - example.range.lowerBound
        let point = uniforms.map { example.range.lowerBound + width * $0 }
        #expect(program.gradientError(at: point) < differenceTolerance, "draws \(draws), at \(point)")
      }
    }
  }

  @Test("every elementwise function has a gradient case")
  func unaryFunctionsAreCovered() {
    let named = Set(unaryCases.map(\.testDescription))
    // sign is flat, and trigamma only appears in derivatives of derivatives.
    for function in Unary.allCases where function != .sign && function != .trigamma {
      #expect(named.contains("\(function)"))
    }
  }

  @Test("the gradient with respect to something unused is zero")
  func unusedInput() {
    let tape = Tape(draws: 2)
    let x = tape.slot(Slot("x", Shape(3)))
    let y = tape.slot(Slot("y", Shape(2)))
    let gradient = tape.gradient(of: x.square().sum(), withRespectTo: [y])[0]
    let evaluator = Evaluator<Double>(Program(tape, outputs: [gradient]))
    evaluator.run()
    #expect(Array(evaluator.output(0)) == [0, 0])
  }
}
