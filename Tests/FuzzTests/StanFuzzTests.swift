import Foundation
import StanLanguage
import Testing

/// What people write as Stan programs.
@Suite(.serialized) struct StanFuzzTests {
  private static let programs = [
    """
    data { int<lower=0> J; vector[J] y; vector<lower=0>[J] sigma; }
    parameters { real mu; real<lower=0> tau; vector<offset=mu, multiplier=tau>[J] theta; }
    model {
      tau ~ cauchy(0, 5); // wb: prior
      theta ~ normal(mu, tau);
      y ~ normal(theta, sigma);
    }
    generated quantities { array[J] real y_rep = normal_rng(theta, sigma); }
    """,
    """
    functions {
      real growth(real t, data real k);
      real growth(real t, data real k) { if (t < 0) reject("t is ", t); return 1 - exp(-k * t); }
      real line_lpdf(vector y, vector mu, real s) { return normal_lupdf(y | mu, s); }
      array[] real draw_rng(int n, real[] s) { return normal_rng(rep_vector(0, n), s); }
      void add_lp(real x) { target += x; x ~ std_normal(); }
    }
    data { int N; int K; array[N] int<lower=1, upper=K> group; matrix[N, K] X; real t[N]; tuple(int, real) pair; }
    transformed data { real total = 0; for (n in 1:N) total += t[n] / N; while (total > 10) { total /= 2; break; } }
    parameters { simplex[K] p; ordered[K] c; cholesky_factor_corr[K] L; vector[K] b; real<lower=0, upper=1> u; }
    transformed parameters { vector[N] mu = X * b; for (n in 1:N) mu[n] += growth(u, t[n]); }
    model {
      vector[K] lp = log(p);
      L ~ lkj_corr_cholesky(2);
      for (n in 1:N) { for (k in 1:K) lp[k] += normal_lpdf(t[n] | c[k], 1); target += log_sum_exp(lp); }
      X[:, 1] ~ line(mu, pair.2); u ~ beta(2, 2) T[0.1, 0.9]; add_lp(b[1] ? b[1:2]' * p[1:2] : -b[1] ^ 2);
      target += u > 0.5 ? 1 : (b .* p)'[1]; { real z[2]; z[1] <- 1; increment_log_prob(z[1]); }
    }
    generated quantities { array[2, 3] int k = {{1, 2, 3}, {4, 5 %/% 2, 6 % 4}}; print("k = ", k[1, :], [1, 2]'); }
    """,
  ]

  private static let words = [
    "data ", "parameters ", "model ", "functions ", "transformed ", "generated quantities ", "{", "}", "(",
    ")", "[", "]",
    "<", ">", ",", ";", ":", "|", "~", "=", "+=", "==", "<=", "<-", "?", "!", "-", "+", "*", "/", "'", "^",
    ".*", "%/%",
    "\\", ".1", "1", "2.", "1e400", "99999999999", "3i", "x", "y", "N", "theta", " T[", "int ", "real ",
    "vector[2] ",
    "array[2] ", "array[,] ", "tuple(", "simplex[2] ", "lower=", "offset=", "for (", "in ", "while (", "if (",
    "else ",
    "return ", "target", "normal(", "poisson_rng(", "exp(", "foo_lpdf(", "ode_rk45(", "print(", "\"", "//",
    "/*", "*/",
    "#include ", "#", "wb: prior", "\n", "\r", "\t", "\0", "ä", "𝄞", "\u{202E}", "_", "__", "(((((((((",
    "{{{{{{{", "- - - ",
  ]

  @Test("programs are read or refused with a place, and what is read is the same when it is read again")
  func programs() throws {
    try Fuzz.run("stan", share: 0.3) { random in
      let bytes =
        random.below(2) == 0
        ? random.text(Self.programs, words: Self.words)
        : Self.changed(random.pick(Self.programs), Self.words, &random)
      let source = StanSource(name: "p.stan", text: String(decoding: bytes, as: UTF8.self))
      let program: StanProgram
      do throws(StanProblems) {
        program = try StanProgram.parse(source)
      } catch {
        guard !error.problems.isEmpty else { throw Silence(source.text) }
        for problem in error.problems { try Self.check(problem, in: source) }
        return false
      }
      for warning in program.warnings { try Self.check(warning, in: source) }
      guard try StanProgram.parse(source) == program else { throw Silence(source.text) }
      return true
    }
  }

  /// Every message has its place in the text, and a way out.
  static func check(_ problem: StanDiagnostic, in source: StanSource) throws {
    let length = source.text.utf8.count
    guard problem.range.start >= 0, problem.range.start <= problem.range.end, problem.range.end <= length,
      !problem.what.isEmpty, !problem.fix.isEmpty, problem.described(in: source).hasPrefix("p.stan:")
    else { throw Silence("\(problem) of \(source.text)") }
  }

  /// A program with whole tokens taken out, doubled, moved, or put in from elsewhere.
  static func changed(
    _ program: String, _ words: [String], most changes: Int = 4, _ random: inout FuzzBits
  ) -> [UInt8] {
    var tokens = tokens(of: program)
    let others = tokens
    for _ in 0..<(1 + random.below(changes)) where !tokens.isEmpty {
      let place = random.below(tokens.count)
      switch random.below(6) {
      case 0: tokens.remove(at: place)
      case 1: tokens.insert(tokens[place], at: place)
      case 2: tokens.swapAt(place, random.below(tokens.count))
      case 3: tokens[place] = " " + random.pick(others) + " "
      case 4: tokens.insert(" " + random.pick(others) + " ", at: place)
      default: tokens.insert(" " + random.pick(words) + " ", at: place)
      }
    }
    return Array(tokens.joined().utf8)
  }

  /// Words, and marks one by one; blanks and line ends are tokens too.
  private static func tokens(of program: String) -> [String] {
    var tokens: [String] = []
    var continues = false
    for character in program {
      let isWord = character.isLetter || character.isNumber || character == "_" || character == "."
      if isWord && continues { tokens[tokens.count - 1].append(character) }
      if !(isWord && continues) { tokens.append(String(character)) }
      continues = isWord
    }
    return tokens
  }
}
