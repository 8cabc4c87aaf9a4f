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

@Suite struct GradientTests {
  @Test(
    "every operation's gradient agrees with central differences at random points",
    arguments: gradientCases)
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

  @Test("a held value is the same number, and no gradient goes through it")
  func held() {
    let held = Recorded(count: 2, draws: 3, noise: 2) { x, e in (x * (x * e).exp().stoppingGradient()).sum() }
    let plain = Recorded(count: 2, draws: 3, noise: 2) { x, e in (x * (x * e).exp()).sum() }
    let point = [0.7, -0.4]
    #expect(held(point).value == plain(point).value)
    // d(x c)/dx = c where c is held: the value's terms over x.
    let shares = (0..<2).map { index in
      Recorded(count: 2, draws: 3, noise: 2) { x, e in (x * e).exp()[index] }(point).value
    }
    for (slope, share) in zip(held(point).gradient, shares) { #expect(abs(slope - share) < 1e-14) }
    #expect(held(point).gradient != plain(point).gradient)
  }

  @Test("slopes at the edges: 0 of relu at 0, 0 of log Σ exp at −∞, NaN at NaN")
  func edges() {
    let tape = Tape(draws: 1)
    let x = tape.slot(Slot("x", Shape(3)))
    let gradients = [x.relu().sum(), x.logSumExp()].map {
      tape.gradient(of: $0, withRespectTo: [x])[0]
    }
    let evaluator = Evaluator<Double>(Program(tape, outputs: gradients))
    func at(_ point: [Double]) -> [[Double]] {
      if let slot = evaluator.slot("x") { for index in slot.indices { slot[index] = point[index] } }
      evaluator.run()
      return [Array(evaluator.output(0)), Array(evaluator.output(1))]
    }
    #expect(at([0, -0.0, 1])[0] == [0, 0, 1])
    #expect(at([-.infinity, 2, -.infinity])[1] == [0, 1, 0])
    #expect(at([-1, .nan, 1])[0][1].isNaN)
    #expect(at([-1, .nan, 1])[1].allSatisfy { $0.isNaN })
  }

  @Test("every elementwise function has a gradient case")
  func unaryFunctionsAreCovered() {
    let named = Set(unaryCases.map(\.testDescription))
    // sign and step are flat, and trigamma only appears in derivatives of derivatives.
    for function in Unary.allCases where ![.sign, .step, .trigamma].contains(function) {
      #expect(named.contains("\(function)"))
    }
  }

  @Test("every special function of two values has a gradient case")
  func binaryFunctionsAreCovered() {
    let named = Set(binaryCases.map(\.testDescription))
    // The arithmetic and the means of softplus are among the other cases; slopes in shapes have no rule.
    let others: [Binary] = [
      .add, .subtract, .multiply, .divide, .meanSoftplus, .meanSigmoid, .meanSigmoidSlope, .gammaShapeSlope,
      .logGammaVariateShapeSlope,
    ]
    for function in Binary.allCases where !others.contains(function) {
      #expect(named.contains("\(function)"))
    }
  }

  @Test("slopes of special functions where a formula would meet 0 · ∞")
  func specialEdges() {
    let tape = Tape(draws: 1)
    let x = tape.slot(Slot("x", Shape(2)))
    let (a, b) = (x[0], x[1])
    let gradients = [a.power(b), a.maximum(b), a.minimum(b), a.logStandardNormalCDF() + b.log1mExp()].map {
      tape.gradient(of: $0, withRespectTo: [x])[0]
    }
    let evaluator = Evaluator<Double>(Program(tape, outputs: gradients))
    func at(_ point: [Double]) -> [[Double]] {
      if let slot = evaluator.slot("x") { for index in slot.indices { slot[index] = point[index] } }
      evaluator.run()
      return gradients.indices.map { Array(evaluator.output($0)) }
    }
    // x^y at x = 0: y x^(y - 1) and 0; of a negative x and a whole y the slope in x.
    #expect(at([0, 2])[0] == [0, 0])
    #expect(at([0, 1])[0] == [1, 0])
    #expect(at([-2, 3])[0][0] == 12)
    // Equal ones: the first.
    #expect(at([1, 1])[1] == [1, 0])
    #expect(at([1, 1])[2] == [1, 0])
    #expect(at([.nan, 1])[1].allSatisfy { $0.isNaN })
    // Far left the slope of log Φ is -x - 1/x + …, that of log(1 - exp(x)) nothing.
    let far = at([-1e6, -1000])[3]
    #expect(abs(far[0] - 1_000_000.000001) <= 2e-9 && far[1] == 0)
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
