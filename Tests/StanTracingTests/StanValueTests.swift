import Foundation
import StanLanguage
import StanTracing
import Testing

@Suite struct StanValueTests {
  @Test func aNormalMeanHasItsDensity() throws {
    let density = try TracedDensity(
      """
      data { int<lower=0> N; vector[N] y; }
      parameters { real mu; real<lower=0> sigma; }
      model { mu ~ normal(0, 10); for (n in 1:N) y[n] ~ normal(mu, sigma); }
      """, data: Array(#"{"N": 3, "y": [1.0, 2.5, -0.5]}"#.utf8))
    let x = [0.3, 0.2]
    let sigma = exp(0.2)
    func normal(_ y: Double, _ m: Double, _ s: Double) -> Double {
      -0.5 * pow((y - m) / s, 2) - log(s) - 0.5 * log(2 * .pi)
    }
    let likelihood = [1.0, 2.5, -0.5].map { normal($0, 0.3, sigma) }.reduce(0, +)
    let result = density(x)
    // A handful of operations of size 10: a few ulp each.
    #expect(abs(result.likelihood - likelihood) < 1e-13 * 10)
    #expect(abs(result.prior - (normal(0.3, 0, 10) + 0.2)) < 1e-13 * 10)
  }
}
