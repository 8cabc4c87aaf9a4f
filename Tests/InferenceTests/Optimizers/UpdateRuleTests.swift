import Foundation
import Inference
import Testing

/// Three updates on f(x) = −½ (x₁² + 10 x₂²) from (1, −2), by the published rules in NumPy.
@Suite struct UpdateRuleTests {
  private func path(_ optimizer: some ElementwiseOptimizer, rate: Double) -> [[Double]] {
    var x = [1.0, -2.0]
    var moments = [Double](repeating: 0, count: 2 * type(of: optimizer).momentCount)
    return (1...3).map { update in
      let gradient = [-x[0], -10 * x[1]]
      x.withUnsafeMutableBufferPointer { x in
        moments.withUnsafeMutableBufferPointer { moments in
          guard let x = x.baseAddress, let moments = moments.baseAddress else { return }
          let powers = optimizer.decays.map { pow($0, Double(update)) }
          // One parameter at a time: parts do not see each other.
          for part in [0..<1, 1..<2] {
            withUnsafePointer(to: rate) { rate in
              optimizer.ascend(
                x, gradient: gradient, moments: moments, count: 2, part: part,
                factors: UpdateFactors(lanes: 1, rates: rate, powers: powers))
            }
          }
        }
      }
      return x
    }
  }

  private func expect(_ path: [[Double]], _ expected: [[Double]]) {
    for (found, expected) in zip(path.joined(), expected.joined()) {
      // A dozen roundings of values near 1.
      #expect(abs(found - expected) < 1e-14)
    }
  }

  @Test("Adam: Kingma & Ba 2015, algorithm 1")
  func adam() {
    var adam = Adam()
    (adam.beta1, adam.beta2, adam.epsilon) = (0.8, 0.95, 1e-3)
    expect(
      path(adam, rate: 0.1),
      [
        [0.9000999000999, -1.9000049997500126], [0.8007919882062264, -1.8002622064849336],
        [0.7025626874066673, -1.7009559133856749],
      ])
  }

  @Test("SGD: Sutskever et al. 2013, eq. 1–2")
  func stochasticGradient() {
    var sgd = StochasticGradient()
    sgd.momentum = 0.7
    expect(path(sgd, rate: 0.05), [[0.95, -1], [0.8675, 0.2], [0.766375, 0.94]])
  }

  @Test("RMSProp: Hinton et al. 2012, lecture 6e")
  func rootMeanSquare() {
    var rmsprop = RootMeanSquare()
    (rmsprop.decay, rmsprop.epsilon) = (0.8, 1e-3)
    expect(
      path(rmsprop, rate: 0.1),
      [
        [0.7768920867104545, -1.7764181994552484], [0.6305359017397366, -1.6188707727460463],
        [0.5163991446631012, -1.4884735871695465],
      ])
  }

  @Test("Adagrad: Duchi et al. 2011, diagonal")
  func adagrad() {
    var adagrad = Adagrad()
    adagrad.epsilon = 1e-3
    expect(
      path(adagrad, rate: 0.5),
      [
        [0.5004995004995004, -1.5000249987500625], [0.2769139905718887, -1.2000337985148666],
        [0.15683335172123436, -0.9836721690585388],
      ])
  }

  @Test(
    "every optimizer climbs the exact bound of a Gaussian in five dimensions to its top",
    arguments: gradientOptimizers())
  func climbs(_ name: String) throws {
    // Five variables with correlation ½: the precision has the eigenvalues ⅓ and, four times, 2, and so 5/3 on its diagonal.
    let (_, result) = try fit([
      "model": ["correlated-gaussian": ["dimension": 5, "correlation": 0.5]], "family": "mean-field",
      "initial": ["location": [1, -2, 0.5, 1.5, -1]], "steps": 5000, "expectations": "exact",
      "optimizer": optimizer(name, rate: 0.3, ["schedule": ["exponential": ["final": 0.01]]]),
    ])
    #expect(result.ending == .finished)
    // Normalised steps end as a cycle of the size of the last rate, 0.003.
    for value in result.parameters[..<5] { #expect(abs(value) < 0.01, "\(name): \(result.parameters)") }
    for value in result.parameters[5...] {
      #expect(abs(value + 0.5 * log(5 / 3.0)) < 0.01, "\(name): \(result.parameters)")
    }
  }
}
