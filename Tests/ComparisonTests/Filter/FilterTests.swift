import Comparison
import Testing

@Suite struct FilterTests {
  static let run: [String: FilterValue] = [
    "family": .text("mean-field"), "beta": .number(0.5), "optimizer.adam.learning_rate": .number(1e-3),
    "elbo": .null, "seed": .number(3), "name": .text("it's \"a\" name"), "rank": .text("2"),
    "tag": .list([.text("good"), .text("7")]), "untagged": .list([]),
  ]

  static let cases: [(filter: String, selects: Bool)] = [
    ("family = mean-field", true), ("family == 'mean-field'", true), ("family != full-rank", true),
    ("family in [mean-field, full-rank] and beta <= 1", true), ("family not in [mean-field]", false),
    ("optimizer.adam.learning_rate = 0.001", true), ("optimizer.adam.learning_rate = 1.0E-3", true),
    ("beta < .5", false), ("beta >= 5e-1", true), ("beta in [0.50, 4]", true), ("rank = 2.0", true),
    ("not beta = 4", true), ("not (beta = 0.5 or seed = 9)", false),
    ("seed = 9 or seed = 3 and beta = 0.5", true), ("(seed = 3 or seed = 9) and beta = 4", false),
    ("elbo = 1", false), ("not elbo = 1", false), ("elbo is null", true), ("elbo is not null", false),
    ("nowhere is null", true), ("elbo = 1 or seed = 3", true), ("elbo != 1", false),
    ("name = 'it''s \"a\" name'", true), ("family < 3", false), ("'family' = mean-field", true),
    ("family = nan", false), ("tag = good", true), ("tag = 7", true), ("tag = bad", false),
    ("tag != bad", true),
    ("tag != good", false), ("tag in [bad, good]", true), ("tag not in [good]", false),
    ("tag is null", false),
    ("not tag = bad", true), ("tag > 1", false), ("untagged = good", false), ("untagged != good", true),
    ("untagged is null", true), ("untagged is not null", false), ("untagged in [good]", false),
  ]

  @Test("filters select as they read", arguments: cases)
  func selection(filter: String, selects: Bool) throws {
    #expect(try FilterExpression(parsing: filter).matches { Self.run[$0] } == selects)
  }

  static let errors: [(filter: String, text: String)] = [
    ("", "column 1: found the end; expected the name of a column or parameter, 'not' or '('"),
    ("family", "column 7: found the end; expected =, !=, <, <=, >, >=, 'in', 'not in' or 'is'"),
    ("family = ", "column 10: found the end; expected a number, a word or a quoted text"),
    ("family in mean-field", "column 11: found 'mean-field'; expected '['"),
    ("family in [a b]", "column 14: found 'b'; expected ',' or ']'"),
    ("family in []", "column 12: found ']'; expected a number, a word or a quoted text"),
    ("beta <= big", "column 9: found 'big'; expected a number after '<='"),
    ("beta = 1 seed = 2", "column 10: found 'seed'; expected 'and', 'or' or the end"),
    ("(beta = 1", "column 10: found the end; expected 'and', 'or' or ')'"),
    ("beta = 1)", "column 9: found ')'; expected 'and', 'or' or the end"),
    ("name = 'open", "column 8: found a quoted text without an end; expected a closing '"),
    ("beta ~ 1", "column 6: found '~'; expected a name, a number, a quoted text or an operator"),
    ("elbo is 3", "column 9: found '3'; expected 'null' or 'not null'"),
    ("beta not 3", "column 10: found '3'; expected 'in'"),
    ("and beta = 1", "column 1: found 'and'; expected the name of a column or parameter, 'not' or '('"),
  ]

  @Test("errors name the column and what was expected", arguments: errors)
  func errorText(filter: String, text: String) {
    let error = #expect(throws: FilterError.self) { try FilterExpression(parsing: filter) }
    #expect(error?.description.split(separator: "\n").first.map(String.init) == "filter, " + text)
  }

  @Test("an error shows the filter and a caret under the place")
  func caret() {
    let error = #expect(throws: FilterError.self) { try FilterExpression(parsing: "beta = 1 seed = 2") }
    #expect(
      error?.description == """
        filter, column 10: found 'seed'; expected 'and', 'or' or the end
          beta = 1 seed = 2
                   ^
        """)
  }

  @Test("two neighbours that changed places are one edit")
  func transposition() {
    #expect(nearestName(to: "rnu", among: ["run", "ls", "show"]) == "run")
    #expect(nearestName(to: "beat", among: ["beta", "seed"]) == "beta")
    #expect(nearestName(to: "xyz", among: ["run", "ls"]) == nil)
  }

  @Test("an unknown column suggests the nearest one")
  func unknownColumn() throws {
    let known: Set<String> = ["family", "form", "beta"]
    #expect(try FilterExpression(parsing: "form = a and beta = 1", known: known).columns == ["form", "beta"])
    let error = #expect(throws: FilterError.self) {
      try FilterExpression(parsing: "beta = 1 and famly = a", known: known)
    }
    #expect(
      error?.description == """
        filter, column 14: found 'famly'; expected a column or parameter that the runs have; did you mean 'family'?
          beta = 1 and famly = a
                       ^
        """)
  }

  @Test("a filter of ten thousand parentheses is refused, not a crash")
  func depth() {
    #expect(throws: FilterError.self) {
      try FilterExpression(parsing: String(repeating: "(", count: 10_000) + "a = 1")
    }
    #expect(throws: FilterError.self) {
      try FilterExpression(parsing: String(repeating: "not ", count: 10_000) + "a = 1")
    }
  }
}
