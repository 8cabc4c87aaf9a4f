import NumericArrays
import ReverseTape
import Testing

/// A line of the reference.
private struct Point {
  var name: String
  var arguments: [Double]
  var value: Double

  static var all: [Point] {
    specialFunctionReference.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Double($0) }
      return Point(
        name: String(words[0]), arguments: Array(numbers.dropLast()), value: numbers[numbers.count - 1])
    }
  }
}

@Suite("Special functions on a tape")
struct SpecialFunctionTests {
  /// Each argument in a slot of its own.
  private func traced(_ name: String, _ x: [Traced]) -> Traced? {
    if let function = Unary.allCases.first(where: { "\($0)" == name }) { return x[0].mapped(function) }
    if let function = Binary.allCases.first(where: { "\($0)" == name }) {
      return x[0].combined(function, x[1])
    }
    if let function = Ternary.allCases.first(where: { "\($0)" == name }) {
      return x[0].tape.record(.ternary(function), [Traced.concatenated(x)], x[0].layout)
    }
    return nil
  }

  private func value<Scalar: KernelScalar>(_ point: Point, _: Scalar.Type) -> Scalar? {
    let tape = Tape(draws: 1)
    let names = point.arguments.indices.map { "x\($0)" }
    guard let result = traced(point.name, names.map { tape.slot(Slot($0, .scalar)) }) else { return nil }
    let evaluator = Evaluator<Scalar>(Program(tape, outputs: [result]))
    for (name, argument) in zip(names, point.arguments) { evaluator.slot(name)?[0] = Scalar(argument) }
    evaluator.run()
    return evaluator.output(0)[0]
  }

  /// In units of the last place; incomplete functions relative: a logarithm of 700 in an exponent is off by 1e-13.
  private func allowed(_ point: Point) -> Double {
    switch point.name {
    case "gammaP", "gammaQ", "gammaDensity", "beta", "betaDensity": 1e-13 * abs(point.value)
    case "gammaShapeSlope", "betaFirstSlope", "betaSecondSlope",
      "logGammaVariateShapeSlope":
      1e-10 * abs(point.value)
    // The log of a tail is off by its rounding, which moves the variate by at most its spread, below 1 / shape, times that.
    case "logGammaVariate": 1e-13 * abs(point.value) + 1e-14 / min(1, point.arguments[0])
    case _ where point.name.lowercased().contains("normal"): 8 * point.value.ulp
    default: 4 * point.value.ulp
    }
  }

  @Test("values agree with mpmath")
  func values() throws {
    for point in Point.all {
      let found = try #require(value(point, Double.self), "\(point.name)")
      #expect(abs(found - point.value) <= allowed(point), "\(point): \(found)")
    }
  }

  @Test("single precision is the double value of the rounded arguments, rounded")
  func singles() throws {
    for point in Point.all {
      var rounded = point
      rounded.arguments = point.arguments.map { Double(Float($0)) }
      let double = try #require(value(rounded, Double.self))
      let single = try #require(value(rounded, Float.self))
      #expect(single == Float(double) || (single.isNaN && double.isNaN), "\(point)")
    }
  }

  @Test("every function that goes through double precision has reference values")
  func coverage() {
    let named = Set(Point.all.map(\.name))
    let unary = Unary.allCases.drop { $0 != .atan }.filter {
      ![.floor, .ceil, .round, .truncate].contains($0)
    }
    let binary = Binary.allCases.drop { $0 != .atan2 }
    #expect(
      Set(unary.map { "\($0)" } + binary.map { "\($0)" }).union(Ternary.allCases.map { "\($0)" }) == named)
  }

  @Test("limits, poles and what is outside the domain")
  func limits() throws {
    let inf = Double.infinity
    let nan = Double.nan
    let cases: [(String, [Double], Double)] = [
      ("atan", [inf], .pi / 2), ("asin", [1.1], nan), ("acosh", [0.9], nan), ("atanh", [1], inf),
      ("atanh", [-1.5], nan),
      ("sinh", [-inf], -inf), ("cosh", [-inf], inf), ("asinh", [-inf], -inf), ("errorFunction", [-inf], -1),
      ("complementaryErrorFunction", [inf], 0), ("standardNormalCDF", [-inf], 0),
      ("standardNormalCDF", [inf], 1),
      ("logStandardNormalCDF", [-inf], -inf), ("logStandardNormalCDF", [inf], 0),
      ("logStandardNormalCDF", [nan], nan),
      ("standardNormalQuantile", [0], -inf), ("standardNormalQuantile", [1], inf),
      ("standardNormalQuantile", [1.5], nan),
      ("standardNormalQuantile", [0.5], 0), ("log1mExp", [0], -inf), ("log1mExp", [0.1], nan),
      ("log1mExp", [-inf], 0),
      ("floor", [-1.5], -2), ("ceil", [-1.5], -1), ("round", [2.5], 3), ("round", [-2.5], -3),
      ("truncate", [-1.5], -1),
      ("cubeRoot", [-8], -2), ("cubeRoot", [-inf], -inf), ("atan2", [0, -1], .pi),
      ("atan2", [-1, 0], -.pi / 2),
      ("power", [0, 0], 1), ("power", [nan, 0], 1), ("power", [0, -1], inf), ("power", [-8, 1.0 / 3], nan),
      ("power", [-inf, 3], -inf), ("power", [0.5, inf], 0), ("power", [2, 1025], inf),
      ("powerExponentSlope", [0, 2], 0),
      ("maximum", [nan, 1], nan), ("minimum", [1, nan], nan), ("maximum", [-1, 2], 2),
      ("minimum", [-1, 2], -1),
      ("gammaP", [1, 0], 0), ("gammaQ", [1, 0], 1), ("gammaP", [2, inf], 1), ("gammaP", [-1, 1], nan),
      ("gammaQ", [1, -1], nan), ("gammaDensity", [0.5, 0], inf), ("gammaDensity", [1, 0], 1),
      ("gammaShapeSlope", [1, 0], 0),
      ("logGammaVariate", [0, 1], nan), ("logGammaVariate", [1, inf], nan),
      ("logGammaVariate", [nan, 1], nan),
      ("logGammaVariate", [1e15, 1], nan), ("logGammaVariateShapeSlope", [1, 800], nan),
      ("gammaP", [1e15, 1e15], nan), ("beta", [1e15, 1e15, 0.5], nan), ("beta", [1, 2, 0], 0),
      ("beta", [1, 2, 1], 1), ("beta", [0, 2, 0.5], nan), ("beta", [1, 2, 1.5], nan),
    ]
    for (name, arguments, wanted) in cases {
      let found = try #require(value(Point(name: name, arguments: arguments, value: 0), Double.self))
      #expect(found == wanted || (found.isNaN && wanted.isNaN), "\(name)\(arguments) = \(found)")
    }
  }

  @Test("log-sum-exp of rows is that of each row by itself, bit for bit", arguments: [1, 3])
  func logSumExpRows(draws: Int) throws {
    let tape = Tape(draws: draws)
    let x = tape.slot(Slot("x", Shape(11, 19), .perDraw))
    let rows = (0..<11).map { x[19 * $0..<19 * ($0 + 1)].logSumExp() }
    let evaluator = Evaluator<Double>(
      Program(tape, outputs: [x.logSumExpRows(), Traced.concatenated(rows)]))
    let slot = try #require(evaluator.slot("x"))
    let normals = NoiseStream(seed: 3, purpose: .data).normals(dimension: slot.count, draws: 1, step: 0)
    for index in slot.indices { slot[index] = 300 * normals[index] }
    evaluator.run()
    #expect(Array(evaluator.output(0)) == Array(evaluator.output(1)))
  }
}
