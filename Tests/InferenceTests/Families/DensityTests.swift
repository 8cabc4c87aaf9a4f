import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

/// What a family says of its draws, at a random φ.
@Suite struct DensityTests {
  static let draws = 20_000
  static let dimensions = [1, 2, 5]

  /// The family on a model of the dimension, at φ; draws as columns.
  struct Sample {
    var z: Matrix
    var logDensity: [Double]
    var mean: [Double]
    var covariance: Matrix
    var variance: [Double]
    var logDeterminant: Double
    var alongRows: [Double]
    var entropy: Double
  }

  static func rows(_ dimension: Int) -> Matrix {
    Matrix(
      rows: 3, columns: dimension,
      elements: NoiseStream(seed: 77, purpose: .data).normals(dimension: 3 * dimension, draws: 1, step: 0))
  }

  private func sample(_ settings: RunSettings, trial: UInt64) -> Sample {
    let dimension = settings.model.dimension
    let rows = Self.rows(dimension)
    let probe = BoundProbe(settings, draws: Self.draws) { bound in
      guard let draw = bound.q.draw, let density = bound.logDensity, let q = bound.q.gaussian else {
        return []
      }
      let along = q.variances(along: bound.tape.constant(rows.elements, Shape(rows.rows, rows.columns)))
      return [draw, density, q.mean, q.variance, q.logDeterminant, along, q.entropy]
        + (0..<dimension).map { q.covariance(with: $0) }
    }
    let values = probe(at: probe.randomParameters(trial, scale: 0.6), seed: trial)
    return Sample(
      z: Matrix(rows: dimension, columns: Self.draws, elements: values[0]), logDensity: values[1],
      mean: values[2], covariance: Matrix(Array(values[7...])), variance: values[3],
      logDeterminant: values[4][0], alongRows: values[5], entropy: values[6][0])
  }

  private func settings(_ family: ConfigValue, _ dimension: Int) throws -> RunSettings {
    try InferenceTests.settings([
      "model": ["correlated-gaussian": ["dimension": .integer(dimension)]], "family": family,
    ])
  }

  @Test(
    "log densities are those of the normal with the claimed moments", arguments: gaussianFamilies, dimensions)
  func logDensity(_ family: ConfigValue, _ dimension: Int) throws {
    let sample = sample(try settings(family, dimension), trial: 4)
    let factor = try sample.covariance.cholesky()
    let logDeterminant = Matrix.logDeterminant(lower: factor)
    for draw in 0..<50 {
      let offset = zipMap(sample.z.column(draw), sample.mean, -)
      let whitened = Matrix.forwardSubstitution(lower: factor, offset)
      let square = whitened.reduce(0) { $0 + $1 * $1 }
      let expected = -0.5 * (square + logDeterminant + Double(dimension) * log(2 * .pi))
      // Condition numbers here are below 1e3: 1e3 ε ≈ 2e-13 of terms up to a hundred.
      #expect(abs(sample.logDensity[draw] - expected) < 1e-10)
    }
    #expect(abs(sample.entropy - 0.5 * (logDeterminant + Double(dimension) * (1 + log(2 * .pi)))) < 1e-11)
  }

  @Test(
    "variances, covariances, projections and log-determinant agree", arguments: gaussianFamilies, dimensions)
  func moments(_ family: ConfigValue, _ dimension: Int) throws {
    let sample = sample(try settings(family, dimension), trial: 5)
    let covariance = sample.covariance
    let rows = Self.rows(dimension)
    let projected = rows * covariance * rows.transposed
    for i in 0..<dimension {
      #expect(abs(covariance[i, i] - sample.variance[i]) < 1e-12)
      for j in 0..<i { #expect(abs(covariance[i, j] - covariance[j, i]) < 1e-12) }
    }
    for i in 0..<rows.rows { #expect(abs(projected[i, i] - sample.alongRows[i]) < 1e-11) }
    let expected = Matrix.logDeterminant(lower: try covariance.cholesky())
    #expect(abs(sample.logDeterminant - expected) < 1e-11)
  }

  @Test("draws have the claimed mean and covariance", arguments: gaussianFamilies, dimensions)
  func drawnMoments(_ family: ConfigValue, _ dimension: Int) throws {
    let sample = sample(try settings(family, dimension), trial: 6)
    for i in 0..<dimension {
      let centered = sample.z.row(i).map { $0 - sample.mean[i] }
      #expect(Estimate(centered).agrees(with: 0), "mean of \(i)")
      for j in 0...i {
        let other = sample.z.row(j).map { $0 - sample.mean[j] }
        let products = Estimate(zipMap(centered, other, *))
        #expect(
          products.agrees(with: sample.covariance[i, j]),
          "covariance of \(i) and \(j): \(products.mean), not \(sample.covariance[i, j])")
      }
    }
  }

  @Test("log q at any point is, at a draw, the log q of the draw", arguments: familyCases, dimensions)
  func anywhere(_ family: ConfigValue, _ dimension: Int) throws {
    guard let settings = try? settings(family, dimension) else { return }
    let probe = BoundProbe(settings, draws: 200) { bound in
      guard let draw = bound.q.draw, let density = bound.q.logDensity,
        let same = bound.q.logDensity(at: draw)
      else { return [] }
      return [density, same]
    }
    let values = probe(at: probe.randomParameters(9, scale: 0.4))
    guard values.count == 2 else { return }
    for (own, same) in zip(values[0], values[1]) {
      // Layers gone back through multiply roundings by their slopes, a few hundred at most here.
      #expect(abs(own - same) < 1e-9 * (1 + abs(own)))
    }
  }

  @Test(
    "the slope of log q at any point is that of its differences, with φ held", arguments: familyCases,
    dimensions)
  func slope(_ family: ConfigValue, _ dimension: Int) throws {
    guard let settings = try? settings(family, dimension), settings.family.hasDensity else { return }
    let probe = BoundProbe(settings, draws: 100) { bound in
      guard let draw = bound.q.draw, bound.q.logDensity(at: draw) != nil, let held = bound.parameters else {
        return []
      }
      let tape = bound.tape
      let place = draw.stoppingGradient()
      let direction = tape.constant((0..<dimension).map { 1 / Double($0 + 1) })
      let noise = tape.slot(
        Slot(BoundTape.noiseSlot, Shape(settings.family.noiseCount(for: settings.model)), .perDraw))
      let q = settings.family.record(
        held.stoppingGradient(), noise: noise, model: settings.model, on: tape)
      func density(_ step: Double) -> Traced? { q.logDensity(at: place + step * direction) }
      let variable = tape.slot(Slot("along", .scalar, .perDraw))
      guard let here = q.logDensity(at: place + variable * direction), let above = density(1e-5),
        let below = density(-1e-5)
      else { return [] }
      let slope = tape.gradient(of: here.sumOverDraws(), withRespectTo: [variable])[0]
      return [slope, 5e4 * (above - below)]
    }
    let values = probe(at: probe.randomParameters(9, scale: 0.4))
    guard values.count == 2 else { return }
    // Rounding is 1e-11 of the differences, their third-order term less. Across a knot of a spline they are of neither side's slope.
    let wrong = zip(values[0], values[1]).count { abs($0 - $1) > 1e-5 * (1 + abs($0)) }
    #expect(wrong <= 2)
  }

  @Test("densities of every family integrate to one", arguments: ModelCase.all)
  func integral(_ model: ModelCase) throws {
    for family in familyCases {
      guard let settings = model.accepted(["family": family]), settings.family.hasDensity else { continue }
      let probe = BoundProbe(settings, draws: Self.draws) { bound in
        guard let draw = bound.q.draw, let density = bound.q.logDensity else { return [] }
        return [draw, density]
      }
      let values = probe(at: probe.randomParameters(7, scale: 0.4))
      guard values.count == 2 else { continue }
      let z = Matrix(rows: settings.model.dimension, columns: Self.draws, elements: values[0])
      let weights = Self.weights(z, logDensity: values[1])
      let total = Estimate(weights)
      #expect(total.agrees(with: 1), "\(family): \(total.mean) ± \(total.standardError)")
    }
  }

  /// r(z) / q(z) for a normal r of the draws' means and four fifths of their variances along independent axes of
  /// the whitened draws: ∫ r = 1 is estimated by draws of q, with bounded weights where q is near a normal.
  private static func weights(_ z: Matrix, logDensity: [Double]) -> [Double] {
    let count = Double(z.columns)
    let means = (0..<z.rows).map { Statistics.mean(z.row($0)) }
    let centered = Matrix((0..<z.rows).map { row in z.row(row).map { $0 - means[row] } })
    let covariance = (0.8 / count) * (centered * centered.transposed)
    guard let factor = try? covariance.cholesky() else { return [] }
    let constant = 0.5 * (Matrix.logDeterminant(lower: factor) + Double(z.rows) * log(2 * .pi))
    return (0..<z.columns).map { draw in
      let whitened = Matrix.forwardSubstitution(lower: factor, centered.column(draw))
      return exp(-0.5 * whitened.reduce(0) { $0 + $1 * $1 } - constant - logDensity[draw])
    }
  }
}
