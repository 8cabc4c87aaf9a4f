import NumericArrays
import Testing

private struct Case: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let kernel: @Sendable (UnsafeMutablePointer<Double>, UnsafePointer<Double>, Int) -> Void
  let points: [(x: Double, value: Double)]

  init(
    _ name: String,
    _ kernel: @escaping @Sendable (UnsafeMutablePointer<Double>, UnsafePointer<Double>, Int) -> Void,
    _ points: [(Double, Double)]
  ) {
    testDescription = name
    self.kernel = kernel
    self.points = points
  }
}

@Suite("Elementwise functions at known points")
struct KnownValuesTests {
  // mpmath 1.3 with 40 digits, rounded to double.
  private static let cases = [
    Case(
      "Exp", { Double.kernelExp($0, $1, $2) },
      [
        (-745.1, 0x1p-1074),
        (-708.5, 2.006132305331306e-308),
        (-1.5, 0.22313016014842982),
        (0.3, 1.3498588075760032),
        (1.0, 2.718281828459045),
        (20.25, 622964442.1984454),
        (709.7, 1.6549840276802644e+308),
      ]),
    Case(
      "Log", { Double.kernelLog($0, $1, $2) },
      [
        (0x1p-1074, -744.4400719213812),
        (1e-300, -690.7755278982137),
        (0.1, -2.3025850929940455),
        (0.99, -0.01005033585350145),
        (1.01, 0.009950330853168092),
        (3.5, 1.252762968495368),
        (1e+300, 690.7755278982137),
      ]),
    Case(
      "Log1p", { Double.kernelLog1p($0, $1, $2) },
      [
        (-0.999, -6.907755278982136),
        (-0.3, -0.35667494393873234),
        (-1e-09, -1.0000000005000001e-09),
        (1e-20, 1e-20),
        (0.4, 0.33647223662121295),
        (2.5, 1.252762968495368),
        (1e+18, 41.44653167389282),
      ]),
    Case(
      "Expm1", { Double.kernelExpm1($0, $1, $2) },
      [
        (-60.5, -1.0),
        (-1.0, -0.6321205588285577),
        (-1e-09, -9.999999995e-10),
        (1e-20, 1e-20),
        (0.35, 0.41906754859325723),
        (1.1, 2.0041660239464334),
        (700.5, 1.6721859620674984e+304),
      ]),
    Case(
      "Tanh", { Double.kernelTanh($0, $1, $2) },
      [
        (-25.0, -1.0),
        (-0.7, -0.6043677771171635),
        (-1e-12, -1e-12),
        (0.2, 0.197375320224904),
        (0.55, 0.5005202111902353),
        (2.5, 0.9866142981514303),
        (30.0, 1.0),
      ]),
    Case(
      "Sigmoid", { Double.kernelSigmoid($0, $1, $2) },
      [
        (-700.5, 5.980196118639791e-305),
        (-37.5, 5.175555005801868e-17),
        (-1.2, 0.23147521650098238),
        (0.3, 0.574442516811659),
        (5.5, 0.9959298622841039),
        (40.5, 1.0),
      ]),
    Case(
      "Softplus", { Double.kernelSoftplus($0, $1, $2) },
      [
        (-700.5, 5.980196118639791e-305),
        (-37.5, 5.175555005801868e-17),
        (-1.2, 0.2632824673380312),
        (0.3, 0.8543552444685271),
        (5.5, 5.504078443270571),
        (40.5, 40.5),
      ]),
    Case(
      "Sin", { Double.kernelSin($0, $1, $2) },
      [
        (-1e+22, 0.8522008497671888),
        (-3.0, -0.1411200080598672),
        (1e-09, 1e-09),
        (0.5, 0.479425538604203),
        (3.141592653589793, 1.2246467991473532e-16),
        (100000.0, 0.03574879797201651),
        (12345678.9, -0.8973068124812599),
      ]),
    Case(
      "Cos", { Double.kernelCos($0, $1, $2) },
      [
        (-1e+22, 0.523214785395139),
        (-3.0, -0.9899924966004454),
        (0.5, 0.8775825618903728),
        (1.5707963267948966, 6.123233995736766e-17),
        (100000.0, -0.9993608074382124),
        (12345678.9, 0.44140739037166243),
        (1.7976931348623157e+308, -0.9999876894265599),
      ]),
    Case(
      "LogGamma", { Double.kernelLogGamma($0, $1, $2) },
      [
        (1e-10, 23.025850929882736),
        (0.3, 1.0957979948180756),
        (0.9999, 5.7729791561193866e-05),
        (1.5, -0.12078223763524522),
        (2.0001, 4.2281658112919945e-05),
        (7.5, 7.534364236758733),
        (9.99, 12.779315214350193),
        (50.5, 146.51925549072064),
        (10000000000.0, 220258509288.81058),
      ]),
    Case(
      "Digamma", { Double.kernelDigamma($0, $1, $2) },
      [
        (1e-10, -10000000000.577215),
        (0.3, -3.502524222200133),
        (1.4616, -3.110625123034165e-05),
        (1.4617, 6.56593922936765e-05),
        (2.5, 0.7031566406452432),
        (9.5, 2.1977378764029494),
        (50.5, 3.912039670928392),
        (10000000000.0, 23.025850929890456),
      ]),
    Case(
      "Trigamma", { Double.kernelTrigamma($0, $1, $2) },
      [
        (1e-10, 1e+20),
        (0.3, 12.245364546107732),
        (1.4616, 0.9677007114650835),
        (2.5, 0.49035775610023485),
        (9.5, 0.11099728846909904),
        (50.5, 0.01999933342663716),
        (10000000000.0, 1.00000000005e-10),
      ]),
  ]

  @Test("double precision is within 4 ulp of mpmath, the gamma functions within 12", arguments: cases)
  private func known(_ item: Case) {
    let allowed = item.testDescription.hasSuffix("amma") ? 12.0 : 4.0
    let values = apply(item.kernel, item.points.map(\.x))
    for (value, point) in zip(values, item.points) {
      #expect(
        abs(value - point.value) <= allowed * point.value.ulp,
        "\(item.testDescription)(\(point.x)) = \(value)")
    }
  }

  @Test("single precision is the double value to 3 ulp")
  func singleFollowsDouble() {
    for (name, kernel) in unaryKernels(Float.self) {
      guard let double = unaryKernels(Double.self).first(where: { $0.name == name }) else { continue }
      let points = (1...4000).map { Float($0) * 0.0213 - (name.contains("amma") || name == "log" ? 0 : 40) }
      let exact = apply(double.kernel, points.map(Double.init))
      for (x, (value, wanted)) in zip(points, zip(apply(kernel, points), exact)) where !wanted.isNaN {
        #expect(
          abs(Double(value) - wanted) <= 3 * Double(Float(wanted).ulp),
          "\(name)(\(x)) = \(value), not \(wanted)")
      }
    }
  }

  @Test("limits, poles and NaN come out as in scalar arithmetic")
  func specialValues() {
    let inf = Double.infinity
    let nan = Double.nan
    let input = [0, -0.0, inf, -inf, nan, -2]
    let expected: [String: [Double]] = [
      "exp": [1, 1, inf, 0, nan, 0.1353352832366127], "log": [-inf, -inf, inf, nan, nan, nan],
      "log1p": [0, -0.0, inf, nan, nan, nan], "expm1": [0, -0.0, inf, -1, nan, -0.8646647167633873],
      "squareRoot": [0, -0.0, inf, nan, nan, nan], "tanh": [0, -0.0, 1, -1, nan, -0.9640275800758169],
      "sign": [0, -0.0, 1, -1, nan, -1], "absolute": [0, 0, inf, inf, nan, 2],
      "relu": [0, 0, inf, 0, nan, 0], "step": [0, 0, 1, 0, nan, 0],
      "reciprocal": [inf, -inf, 0, -0.0, nan, -0.5], "square": [0, 0, inf, inf, nan, 4],
      "negate": [-0.0, 0, -inf, inf, nan, 2], "logGamma": [inf, inf, inf, nan, nan, nan],
    ]
    for (name, kernel) in unaryKernels(Double.self) {
      guard let wanted = expected[name] else { continue }
      for (value, want) in zip(apply(kernel, input), wanted) {
        let equal = value.isNaN ? want.isNaN : abs(value - want) <= 4 * want.ulp || value == want
        #expect(equal && (value.isNaN || value.sign == want.sign), "\(name): \(value), not \(want)")
      }
    }
    #expect(apply(Double.kernelSigmoid, [-inf, inf, 0]) == [0, 1, 0.5])
    #expect(apply(Double.kernelSoftplus, [-inf, inf]) == [0, inf])
    #expect(apply(Double.kernelSin, [inf, -inf, nan]).allSatisfy { $0.isNaN })
    #expect(apply(Double.kernelCos, [inf, -inf, nan]).allSatisfy { $0.isNaN })
    #expect(apply(Double.kernelExp, [-745.2, -745.1, 709.8]) == [0, 0x1p-1074, inf])
    #expect(apply(Float.kernelExp, [-104, 89]) == [0, .infinity])
  }
}
