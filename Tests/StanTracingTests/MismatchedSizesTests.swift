import StanLanguage
import StanTracing
import Testing

/// Sizes that only data and tracing tell are refused where they do not fit.
@Suite struct MismatchedSizesTests {
  static let refused: [(model: String, message: String)] = [
    ("{1, 2, 1} ~ ordered_logistic([a, b]', c);", "there are 3 outcomes and 2 locations"),
    (
      "{1, 2, 1} ~ ordered_logistic([a, b, a]', {c, c});", "there are 3 outcomes and 2 vectors of cut points"
    ),
    (
      "{1, 2} ~ categorical_logit_glm([[a], [b]], [a, b, a]', [[a, b]]);",
      "the sizes do not match: vector[2] and vector[3]"
    ),
    ("target += quad_form([[a, b]], [a, b]');", "the sizes do not match: matrix[1, 2] and vector[2]"),
    (
      "target += trace_quad_form([[a, b]], [[a], [b]]);",
      "the sizes do not match: matrix[1, 2] and matrix[2, 1]"
    ),
    (
      "target += sum(gp_exp_quad_cov({[a]', [a, b]'}, 1, 1));",
      "a point of 1 elements and a point of 2"
    ),
    (
      "target += sum(gp_exp_quad_cov({[a, b]', [b, a]'}, 1, {1, 2, 3}));",
      "length scales of 3 elements and a point of 2"
    ),
    (
      "target += sum(gp_dot_prod_cov({[a]', [a, b]'}, 1));",
      "a point of 1 elements and a point of 2"
    ),
  ]

  @Test("a program whose sizes do not fit is refused", arguments: refused.indices)
  func refusedAtTheirPlace(_ index: Int) throws {
    let text = """
      parameters { real a; real b; ordered[2] c; }
      model { \(Self.refused[index].model) }
      """
    let program = try StanProgram.parse(StanSource(name: "p.stan", text: text))
    #expect {
      _ = try TracedProgram(program, data: .none)
    } throws: { error in
      (error as? StanDiagnostic)?.what == Self.refused[index].message
    }
  }
}
