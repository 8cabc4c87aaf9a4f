import Foundation
import StanLanguage
import StanTracing
import Testing

/// Generated quantities, interpreted with the parameters as numbers.
@Suite struct GeneratedQuantitiesTests {
  private func block(_ text: String, data: String = "{}") throws -> GeneratedQuantities {
    let program = try StanProgram.parse(StanSource(name: "test.stan", text: text))
    return try GeneratedQuantities(of: TracedProgram(program, data: StanData(Array(data.utf8), name: "data")))
  }

  private func described(_ text: String, _ body: () throws(StanDiagnostic) -> some Any) -> String {
    do throws(StanDiagnostic) {
      return "no error: \(try body())"
    } catch {
      return error.described(in: StanSource(name: "test.stan", text: text))
    }
  }

  private static let shapes = """
    data { int N; }
    transformed data { real shift = 10 * N; }
    parameters { matrix[2, 3] A; array[2] vector[2] b; real<lower=0> s; }
    transformed parameters { matrix[3, 2] C = A'; }
    model { to_vector(A) ~ std_normal(); b[1] ~ std_normal(); b[2] ~ std_normal(); s ~ exponential(1); }
    generated quantities {
      matrix[2, 3] D = A + shift;
      array[N] int k;
      array[2] vector[2] e = b;
      real first = C[3, 1];
      int<lower=0> sign;
      tuple(real, vector[2]) pair = (s, b[2]);
      for (n in 1:N) k[n] = n * n;
      if (s > 1) sign = 1; else sign = 0;
      { real local = 3; e[1, 2] = local; }
    }
    """

  /// Matrices are printed column by column: A is (1 3 5; 2 4 6), C its transpose.
  @Test("values have the shapes, names and order of Stan, and may decide what is done")
  func shapes() throws {
    let block = try block(Self.shapes, data: "{\"N\": 2}")
    #expect(
      block.names == [
        "D.1.1", "D.2.1", "D.1.2", "D.2.2", "D.1.3", "D.2.3", "k.1", "k.2", "e.1.1", "e.2.1", "e.1.2",
        "e.2.2", "first", "sign", "pair:1", "pair:2.1", "pair:2.2",
      ])
    #expect(
      block.names.indices.filter { block.areIntegers[$0] }.map { block.names[$0] } == ["k.1", "k.2", "sign"])
    let a = [1.0, 2, 3, 4, 5, 6]
    let c = [1.0, 3, 5, 2, 4, 6]
    // The first index moves fastest: b[1] is (7, 9), b[2] is (8, 10).
    let b = [7.0, 8, 9, 10]
    for (s, sign) in [(0.5, 0.0), (1.5, 1.0)] {
      let values = try block.values(at: a + b + [s] + c, seed: 0, draw: 0)
      #expect(values == [21, 22, 23, 24, 25, 26, 1, 4, 7, 8, 3, 10, 5, sign, s, 8, 10])
    }
  }

  private static let random = """
    functions { real twice_rng(real mu) { return 2 * normal_rng(mu, 1); } }
    data { vector[2] y; }
    parameters { real mu; real<lower=0> sigma; }
    model { mu ~ std_normal(); sigma ~ exponential(1); y ~ normal(mu, sigma); }
    generated quantities {
      array[2] real y_rep = normal_rng(rep_vector(mu, 2), sigma);
      real twice = twice_rng(mu);
      int count = poisson_rng(sigma);
      vector[2] log_lik;
      for (n in 1:2) log_lik[n] = normal_lpdf(y[n] | mu, sigma);
    }
    """

  @Test("draws depend on the seed and their number alone, and differ where these do")
  func streams() throws {
    let block = try block(Self.random, data: "{\"y\": [1, 2]}")
    let values = try block.values(at: [1, 2], seed: 3, draw: 4)
    #expect(try block.values(at: [1, 2], seed: 3, draw: 4) == values)
    #expect(try block.values(at: [1, 2], seed: 3, draw: 5)[0] != values[0])
    #expect(try block.values(at: [1, 2], seed: 4, draw: 4)[0] != values[0])
    #expect(values[0] != values[1])
  }

  /// Over 4,000 draws a mean is within 5 sd / √4000 of the distribution's, 0.079 sd, but once in 1.7 million.
  @Test("draws have the means of their distributions; densities are exact")
  func moments() throws {
    let block = try block(Self.random, data: "{\"y\": [1, 2]}")
    let (mu, sigma) = (1.5, 2.0)
    var sums = [Double](repeating: 0, count: 4)
    for draw in 0..<4000 {
      let values = try block.values(at: [mu, sigma], seed: 1, draw: draw)
      for index in sums.indices { sums[index] += values[index] / 4000 }
      for (value, y) in zip(values[4...], [1.0, 2.0]) {
        let expected = -0.5 * log(2 * Double.pi) - log(sigma) - 0.5 * pow((y - mu) / sigma, 2)
        // A few roundings of numbers near 2.
        #expect(abs(value - expected) < 1e-14)
      }
    }
    let five = 5 / 4000.0.squareRoot()
    for (mean, (expected, sd)) in zip(
      sums, [(mu, sigma), (mu, sigma), (2 * mu, 2), (sigma, sigma.squareRoot())])
    {
      #expect(abs(mean - expected) < five * sd)
    }
  }

  @Test("what a program rejects is said with its place")
  func errors() throws {
    let rejecting = """
      parameters { real x; }
      model { x ~ std_normal(); }
      generated quantities {
        if (x > 1) reject("x is ", x);
        real<upper=0.5> y = x;
      }
      """
    let block = try block(rejecting)
    #expect(try block.values(at: [0.25], seed: 0, draw: 0) == [0.25])
    #expect(
      described(rejecting) { () throws(StanDiagnostic) in try block.values(at: [2], seed: 0, draw: 0) } == """
        test.stan:4:14: error: the program rejects: x is 2.0
            if (x > 1) reject("x is ", x);
                       ^
            fix: check the data against what the program asks of them
        """)
    #expect(
      described(rejecting) { () throws(StanDiagnostic) in try block.values(at: [0.75], seed: 0, draw: 0) }
        == """
        test.stan:5:19: error: 'y' is 0.75 at element 1
            real<upper=0.5> y = x;
                            ^
            fix: it must be 0.5 or less
        """)
  }
}
