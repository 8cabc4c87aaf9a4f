import StanLanguage
import StanTracing
import Testing

/// What would take all memory, or no end, is refused at its place.
@Suite struct TracingLimitsTests {
  static let refused: [(model: String, message: String)] = [
    (
      "target += sum(rep_matrix(0, 100000, 100000));",
      "a value of 100000 × 100000 elements is too large for wb"
    ),
    ("target += sum(identity_matrix(30000));", "a value of 30000 × 30000 elements is too large for wb"),
    (
      "target += sum(diag_matrix(rep_vector(a, 30000)));",
      "a value of 30000 × 30000 elements is too large for wb"
    ),
    ("array[20000, 20000, 10000] real x;", "a value of 20000 × 20000 elements is too large for wb"),
    ("vector[999999999] x;", "the size is 999999999"),
    ("while (1) {}", "the program runs more than 50000 statements"),
    ("for (i in 1:2147483647) {}", "the program runs more than 50000 statements"),
    ("target += deep(a);", "'deep' calls itself more than 500 times deep"),
    (
      "for (i in 1:9999) target += sum(rep_vector(a, 9999));",
      "the program computes more than 50000000 elements"
    ),
    ("target += 1 %/% 0;", "an integer is divided by 0"),
    ("target += trigamma(a);", "argument 1 depends on parameters, and the result on their order"),
    (
      "target += sum(eigenvalues_sym(a * identity_matrix(2)));",
      "the matrix depends on parameters, and wb does not differentiate this decomposition"
    ),
  ]

  @Test("programs without end or measure are refused", arguments: refused.indices)
  func refusedAtTheirPlace(_ index: Int) throws {
    let text = """
      functions { real deep(real x); real deep(real x) { return 1 + deep(x + 1); } }
      parameters { real a; }
      model { \(Self.refused[index].model) }
      """
    let program = try StanProgram.parse(StanSource(name: "p.stan", text: text))
    var limits = TracingLimits()
    limits.statements = 50_000
    limits.elements = 50_000_000
    #expect {
      _ = try TracedProgram(program, data: .none, limits: limits)
    } throws: { error in
      (error as? StanDiagnostic)?.what == Self.refused[index].message
    }
  }
}
