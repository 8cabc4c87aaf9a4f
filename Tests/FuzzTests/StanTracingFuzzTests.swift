import FileFormats
import Foundation
import ReverseTape
import StanLanguage
import StanTracing
import Testing

/// Programs that check, traced with small data: every one ends, with a density or with an error at its place.
@Suite(.serialized) struct StanTracingFuzzTests {
  private static let programs = [
    """
    functions {
      real twice(real x) { if (x > 3) return 2 * x; return twice(x + 1) + 1; }
      array[] vector parts(vector x, int n) { return {head(x, n), segment(x, 2, n)}; }
      real f_lpdf(vector y, real m, real s) { return normal_lpdf(y | m, s) - log(s); }
      void g_lp(real x) { target += -x ^ 2; }
    }
    data { int<lower=0> N; int K; array[N] int g; vector[N] y; matrix[N, K] X; real r; array[2, 3] real a; }
    transformed data {
      int M = N %/% 2; int q = K % 2; matrix[K, K] I = identity_matrix(K); vector[N] w = cumulative_sum(y);
      matrix[K, K] S = crossprod(X) + I; array[N] int order = sort_indices_asc(y); real t = twice(r);
      while (M > 2) { M -= 1; if (M == 5) break; else continue; }
    }
    parameters {
      real mu; real<lower=0> s; vector<lower=r, upper=r + 9>[K] b; simplex[K] p; ordered[K] c; cov_matrix[K] V;
      cholesky_factor_corr[K] L; array[2] vector<offset=mu, multiplier=s>[K] e; matrix[K, N] Z; unit_vector[K] d;
    }
    transformed parameters {
      vector[N] eta = X * b + mu; matrix[K, K] C = diag_pre_multiply(p, L); eta[g] += 1; eta[2:M] = y[2:M] * s;
      array[2] vector[2] h = parts(b, 2); eta[1] = log_mix(p[1], mu, s);
    }
    model {
      b ~ normal(0, s) T[r, ]; y ~ f(mu, s); L ~ lkj_corr_cholesky(2); p ~ dirichlet(rep_vector(1, K)); g_lp(mu);
      for (n in 1:N) { if (g[n] > 1 && n < N) y[n] ~ normal(eta[n], s); else target += student_t_lcdf(y[n] | 3, mu, s); }
      for (n in order) target += categorical_lpmf(g[n] | p); to_vector(Z[1:K, M]) ~ normal(Z[, N], 1);
      V ~ wishart(K + 1, S); b ~ multi_normal_cholesky(c, C); e[1] ~ multi_normal(b, V); g ~ ordered_logistic(eta, c);
      target += sum(quad_form(V, Z)) + log_determinant(V) + max(b) + sort_asc(b)[1] + a[1, 2] * sum(inverse(S) * b);
      target += sum(gp_exp_quad_cov(to_array_1d(y), s, s + 1)) + variance(eta) + poisson_lpmf(g | exp(mu));
    }
    """,
    """
    data { int N; array[N] int z; vector[N] y; tuple(int, real) pair; int deep; }
    parameters { real a; vector[N] v; array[N] real<lower=0> u; matrix[2, N] M; real<lower=0, upper=1> p; }
    model {
      real x = a; int i = 0; matrix[N, 2] T = M'; array[N, 2] vector[2] A; (x, i) = (a * 2, z[1]);
      for (k in 1:N) for (l in 1:2) A[k, l] = rep_vector(k * l, 2); x += A[1, 2][1]; T[:, 1] = v; T[1] *= 2;
      z ~ binomial(rep_array(9, N), p); z ~ neg_binomial_2(a ^ 2 + 1, u); y ~ double_exponential(v, u);
      target += beta_lpdf(p | u[1], pair.2) + gamma_lccdf(u | 2, 3) + bernoulli_logit_lpmf(1 | a) + append_row(v, a)[2];
      target += log_sum_exp(append_col(v', [a, 1])) + dot_product(v, y) + (v' * T)[1] + sum(T[{1, 2}, 2]) + fmax(a, x);
      target += to_matrix(v, 1, N)[1, 2] + rep_matrix(a, 2, 3)[2, 3] + linspaced_vector(3, 0, 1)[2] + rows(T) + pow(a, 3);
      if (deep) { while (i < 5) { i += 1; target += i * a; } } else reject("deep is ", deep); print(z, y, a);
      u[1] ~ uniform(0, 9); u ~ lognormal(a, 2) T[, 40]; v[z[1]:2] ~ normal(0, 1); M[1, z] ~ cauchy(0, 1);
    }
    """,
  ]

  private static let words = [
    "0", "1", "2", "3", "-1", "N", "K", "a", "y", "v", "[1]", "[2:1]", "[:, 1]", "[{1, 2}]", "[0]", "'",
    " + ", " * ", " / ", " \\ ", " ^ ",
    " %/% ", " % ", ".*", "./", "100000", "30000", "99999999999", "1e400", "2147483647", "1e-300",
    "rep_matrix(0, 100000, 100000)",
    "identity_matrix(30000)", "rep_vector(1, 3000000)", "rep_array(1, 3000, 3000, 3000)", "zeros_vector(0)",
    "size(", "sum(", "inverse(",
    "exp(", "log(", "head(y, ", "segment(y, 1, ", "max(", "to_matrix(", "cumulative_sum(", "diag_matrix(",
    "softmax(", "mean(", "sd(",
    "to_vector(", "cholesky_decompose(", "matrix_exp(", "determinant(", "singular_values(", "sort_desc(",
    "quantile(y, 0.5)", "rank(y, 1)",
    "while (1) ", "for (i in 1:99999999999) ", "if (1) ", "target += 1; ", "twice(", "{1, 2}", "[1, 2]",
    "{{1}, {2}}", "[[1, 2], [3, 4]]",
  ]

  @Test("programs that check are traced or refused with a place, and what is traced has a density")
  func programs() throws {
    try Fuzz.run("stan-tracing", share: 0.2) { random in
      let text = String(
        decoding: StanFuzzTests.changed(random.pick(Self.programs), Self.words, most: 2, &random),
        as: UTF8.self)
      let source = StanSource(name: "p.stan", text: text)
      guard let program = try? StanProgram.parse(source) else { return false }
      var limits = TracingLimits()
      limits.statements = 20_000
      limits.elements = 2_000_000
      limits.elementsOfValue = 1_000_000
      do throws(StanDiagnostic) {
        let data = Self.data(&random)
        let traced = try TracedProgram(program, data: data, limits: limits)
        Self.evaluate(traced)
        return true
      } catch {
        try StanFuzzTests.check(error, in: source)
        return false
      }
    }
  }

  private static func evaluate(_ traced: TracedProgram) {
    let tape = Tape(draws: 2)
    let x = tape.slot(Slot("x", Shape(traced.dimension)))
    let offset = tape.slot(Slot("offset", Shape(traced.dimension), .perDraw))
    let terms = traced.terms(at: x + offset)
    let total = (terms.prior + terms.likelihood + terms.mixed).meanOverDraws()
    let gradient = tape.gradient(of: total, withRespectTo: [x])[0]
    let evaluator = Evaluator<Double>(Program(tape, outputs: [total, gradient, traced.constrained(x)]))
    if let slot = evaluator.slot("offset") {
      for index in slot.indices { slot[index] = 0.1 * Double(index % 7) - 0.2 }
    }
    evaluator.run()
  }

  /// Data of the programs, now and then of other sizes and values.
  private static func data(_ random: inout FuzzBits) -> StanData {
    let n = random.below(8) == 0 ? random.below(3) : 4
    let k = random.below(8) == 0 ? random.below(4) : 3
    func list(_ count: Int, _ item: () -> String) -> String {
      "[" + (0..<count).map { _ in item() }.joined(separator: ", ") + "]"
    }
    func number() -> String {
      if random.below(30) == 0 { return random.pick(["0", "-3", "1e300", "\"nan\"", "\"inf\""]) }
      return "\(Double(random.below(400)) / 100)"
    }
    func integer() -> String {
      random.below(30) == 0 ? random.pick(["0", "-2", "9", "2147483647"]) : "\(1 + random.below(k))"
    }
    let text = """
      {"N": \(n), "K": \(k), "g": \(list(n, integer)), "z": \(list(n, integer)), "y": \(list(n, number)),
       "X": \(list(n) { list(k, number) }), "r": \(number()), "a": \(list(2) { list(3, number) }), "pair": {"1": \(integer()), "2": \(number())},
       "deep": \(random.below(5))}
      """
    return (try? StanData(Array(text.utf8), name: "data")) ?? .none
  }
}
