import StanLanguage
import StanTracing
import Testing

@Suite struct LoopFormTests {
  private static let data = Array(
    """
    {"N": 6, "y": [0.3, -1.2, 2.1, 0.4, 1.7, -0.2], "x": [1, 2, 3, 4, 5, 6], "g": [1, 2, 3, 3, 1, 2],
     "n": [0, 3, 1, 2, 5, 0], "z": [0, 1, 1, 0, 1, 0], "X": [[1, 2], [3, 4], [5, 6], [7, 8], [9, 1], [2, 3]]}
    """.utf8)

  private static let declarations = """
    data {
      int N; vector[N] y; vector[N] x; array[N] int g; array[N] int n; array[N] int z; matrix[N, 2] X;
    }
    parameters { real a; real b; real<lower=0> s; vector[3] u; vector[2] c; vector[N] v; real<lower=0> nu; }
    """

  /// A statement over all outcomes, and the same as the body of a loop over `i`.
  static let forms: [(vectorised: String, body: String)] = [
    ("y ~ normal(a + b * x, s);", "y[i] ~ normal(a + b * x[i], s);"),
    ("y ~ normal(u[g], s);", "y[i] ~ normal(u[g[i]], s);"),
    ("y ~ normal(X * c, s);", "y[i] ~ normal(X[i] * c, s);"),
    ("y ~ normal(X * c, s);", "y[i] ~ normal(dot_product(X[i], c), s);"),
    ("y ~ student_t(nu, v, s);", "y[i] ~ student_t(nu, v[i], s);"),
    ("v ~ normal(a, s);", "v[i] ~ normal(a, s);"),
    ("z ~ bernoulli_logit(a + b * x);", "z[i] ~ bernoulli_logit(a + b * x[i]);"),
    ("n ~ poisson_log(a + 0.1 * v);", "n[i] ~ poisson_log(a + 0.1 * v[i]);"),
    ("target += normal_lpdf(y | v, s);", "target += normal_lpdf(y[i] | v[i], s);"),
    ("target += -square(v - a) / 2;", "target += -square(v[i] - a) / 2;"),
    ("target += sum(log1p_exp(v .* x));", "{ real t = v[i] * x[i]; target += log1p_exp(t); }"),
    ("y ~ normal(cumulative_sum(v), s);", "y[i] ~ normal(sum(v[1:i]), s);"),
    ("y ~ normal(v, exp(u[g]));", "{ vector[N] w; w[i] = v[i]; y[i] ~ normal(w[i], exp(u[g[i]])); }"),
  ]

  @Test("loops have the density and the gradient of their vectorised lines", arguments: forms.indices)
  func loopsAgree(_ index: Int) throws {
    let form = Self.forms[index]
    let vectorised = try TracedDensity(
      Self.declarations + "model { \(form.vectorised) }", data: Self.data)
    let loop = try TracedDensity(
      Self.declarations + "model { for (i in 1:N) { \(form.body) } }", data: Self.data)
    let point = (0..<vectorised.program.dimension).map { 0.3 * Double($0 % 5) - 0.5 }
    let (a, b) = (vectorised(point), loop(point))
    // Sums of at most some thirty terms in another order: a few units of the last place of the largest.
    let tolerance = 1e-13 * max(1, abs(a.value), a.gradient.map { abs($0) }.max() ?? 0)
    #expect(abs(a.value - b.value) < tolerance)
    #expect(abs(a.prior - b.prior) < tolerance && abs(a.likelihood - b.likelihood) < tolerance)
    for (x, y) in zip(a.gradient, b.gradient) { #expect(abs(x - y) < tolerance) }
  }
}
