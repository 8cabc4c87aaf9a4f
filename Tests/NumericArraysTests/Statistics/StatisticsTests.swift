import NumericArrays
import Testing

@Suite("Statistics")
struct StatisticsTests {
  @Test("the places of the largest values, with ties and infinities")
  func largest() {
    let normals = NoiseStream(seed: 3, purpose: .data).normals(dimension: 1, draws: 257, step: 0)
    let samples: [[Double]] = [
      normals, normals.map { ($0 * 2).rounded() }, normals.sorted(), normals.sorted().reversed(), [1],
      normals + [-.infinity, .infinity], Array(repeating: 0, count: 300) + normals,
    ]
    for values in samples {
      let sorted = values.indices.sorted { (values[$0], $1) < (values[$1], $0) }
      for count in 0...values.count { #expect(Statistics.largest(count, of: values) == sorted.suffix(count)) }
    }
  }

  @Test("means, variances and standard errors by hand")
  func summaries() {
    let values = [2.0, 4, 4, 4, 5, 5, 7, 9]
    #expect(Statistics.mean(values) == 5)
    #expect(Statistics.variance(values, ddof: 0) == 4)
    #expect(abs(Statistics.variance(values) - 32 / 7.0) < 1e-15)
    #expect(abs(Statistics.standardError(values) - (32 / 56.0).squareRoot()) < 1e-15)
    #expect(
      Statistics.mean([]).isNaN && Statistics.variance([1]).isNaN && Statistics.standardError([1]).isNaN)
    #expect(abs(Statistics.logSumExp([1000, 1000]) - 1000.6931471805599) < 1e-12)
    #expect(Statistics.logSumExp([]) == -.infinity && Statistics.logSumExp([-.infinity]) == -.infinity)
    #expect(Statistics.logSumExp([.infinity, 0]) == .infinity && Statistics.logSumExp([.nan, 0]).isNaN)
    #expect(Statistics.logSumExp([0, .nan]).isNaN)
  }

  @Test("least squares gives Longley's certified values")
  func longley() throws {
    // NIST StRD, Longley (1967): certified estimates, standard deviations and residual sum of squares.
    let rows: [[Double]] = [
      [60323, 83.0, 234289, 2356, 1590, 107608, 1947], [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
      [60171, 88.2, 258054, 3682, 1616, 109773, 1949], [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
      [63221, 96.2, 328975, 2099, 3099, 112075, 1951], [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
      [64989, 99.0, 365385, 1870, 3547, 115094, 1953], [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
      [66019, 101.2, 397469, 2904, 3048, 117388, 1955], [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
      [68169, 108.4, 442769, 2936, 2798, 120445, 1957], [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
      [68655, 112.6, 482704, 3813, 2552, 123366, 1959], [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
      [69331, 115.7, 518173, 4806, 2572, 127852, 1961], [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
    ]
    let fit = try Statistics.leastSquares(
      design: Matrix(rows.map { [1] + $0.dropFirst() }), response: rows.map { $0[0] })
    let estimates = [
      -3482258.63459582, 15.0618722713733, -0.358191792925910e-01, -2.02022980381683, -1.03322686717359,
      -0.511041056535807e-01, 1829.15146461355,
    ]
    let errors = [
      890420.383607373, 84.9149257747669, 0.334910077722432e-01, 0.488399681651699, 0.214274163161675,
      0.226073200069370, 455.478499142212,
    ]
    // The design's condition number is 5e9: 1e-16 * 5e9 with a margin.
    for (value, certified) in zip(fit.coefficients + fit.standardErrors, estimates + errors) {
      #expect(abs(value / certified - 1) < 1e-6)
    }
    #expect(abs(fit.residualSumOfSquares / 836424.055505915 - 1) < 1e-9)
    #expect(fit.degreesOfFreedom == 9)
  }

  @Test("a column that depends on the others is named")
  func rankDeficient() {
    let design = Matrix([[1, 2, 3], [1, 3, 4], [1, 5, 6], [1, 7, 8]])
    let error = #expect(throws: LinearAlgebraError.self) {
      try Statistics.leastSquares(design: design, response: [1, 2, 3, 4])
    }
    #expect(error?.description == "column 2 of the design depends on the columns before it")
  }
}
