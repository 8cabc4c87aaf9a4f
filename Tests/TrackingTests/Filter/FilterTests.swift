import Testing
import Tracking

@Suite struct FilterTests {
  static let run: [String: FilterValue] = [
    "family": .text("mean-field"), "beta": .number(0.5), "optimizer.adam.learning_rate": .number(1e-3),
    "elbo": .null, "seed": .number(3), "name": .text("it's \"a\" name"), "rank": .text("2"),
    "tag": .list([.text("good"), .text("7")]), "untagged": .list([]), "lost": .number(.nan),
  ]

  /// Looks its labels up alone.
  static let names = FilterNames(labels: Array(run.keys) + ["nowhere"])

  /// Names of runs.
  static let runNames = FilterNames(
    parameters: ["optimizer.adam.learning_rate", "loss.at", "rank"],
    metrics: ["elbo", "loss", "loss.x", "kl_prior[1]"],
    lowerIsBetter: { $0 == "loss" })

  static let cases: [(filter: String, selects: Bool)] = [
    ("family = mean-field", true), ("family == 'mean-field'", true), ("family != full-rank", true),
    ("family in [mean-field, full-rank] and beta <= 1", true), ("family not in [mean-field]", false),
    ("optimizer.adam.learning_rate = 0.001", true), ("optimizer.adam.learning_rate = 1.0E-3", true),
    ("beta < .5", false), ("beta >= 5e-1", true), ("beta in [0.50, 4]", true),
    ("rank = 2.0", false), ("rank = 2", true),
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
    ("name like 'IT%NAME'", true), ("name like 'it_s%a_ name'", true), ("name like a", false),
    ("name not like a", true), ("beta like '0%'", false), ("beta not like '0%'", false),
    ("tag like 'g__d'", true),
    ("tag like 'g__'", false), ("nowhere like '%'", false), ("name like '%%'", true), ("name like ''", false),
    ("lost is null", true), ("lost != 3", false), ("not lost < 3", false),
    ("untagged is null", true), ("untagged is not null", false), ("untagged in [good]", false),
  ]

  static func selects(_ filter: String) throws -> Bool {
    try FilterExpression(parsing: filter, names: names).matches { column in
      if case .parameter(let name) = column { run[name] } else { nil }
    }
  }

  @Test("filters select as they read", arguments: cases)
  func selection(filter: String, selects: Bool) throws {
    #expect(try Self.selects(filter) == selects)
  }

  static let errors: [(filter: String, text: String)] = [
    ("", "column 1: found the end; expected the name of a column or parameter, 'not' or '('"),
    ("family", "column 7: found the end; expected =, !=, <, <=, >, >=, 'in', 'not in', 'like' or 'is'"),
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
    ("beta not 3", "column 10: found '3'; expected 'in' or 'like'"),
    ("and beta = 1", "column 1: found 'and'; expected the name of a column or parameter, 'not' or '('"),
  ]

  @Test("errors name the column and what was expected", arguments: errors)
  func errorText(filter: String, text: String) {
    let error = #expect(throws: FilterError.self) { try FilterExpression(parsing: filter, names: Self.names) }
    #expect(error?.description.split(separator: "\n").first.map(String.init) == "filter, " + text)
  }

  @Test("an error shows the filter and a caret under the place")
  func caret() {
    let error = #expect(throws: FilterError.self) {
      try FilterExpression(parsing: "beta = 1 seed = 2", names: Self.names)
    }
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
    let names = FilterNames(labels: ["family", "form", "beta"])
    let error = #expect(throws: FilterError.self) {
      try FilterExpression(parsing: "beta = 1 and famly = a", names: names)
    }
    #expect(
      error?.description == """
        filter, column 14: found 'famly'; expected a column, a parameter or a metric's summary of the runs; did you mean 'family'?
          beta = 1 and famly = a
                       ^
        """)
  }

  @Test("a filter of ten thousand parentheses is refused, not a crash")
  func depth() {
    #expect(throws: FilterError.self) {
      try FilterExpression(parsing: String(repeating: "(", count: 10_000) + "beta = 1", names: Self.names)
    }
    #expect(throws: FilterError.self) {
      try FilterExpression(parsing: String(repeating: "not ", count: 10_000) + "beta = 1", names: Self.names)
    }
  }

  static let columns: [(name: String, column: FilterColumn)] = [
    ("elbo", .run(.elbo)), ("elbo.last", .summary(metric: "elbo", .last)), ("tag", .tag),
    ("elbo.best", .summary(metric: "elbo", .maximum)), ("loss.best", .summary(metric: "loss", .minimum)),
    ("elbo.at(1000)", .value(metric: "elbo", step: 1000)), ("loss.at", .parameter("loss.at")),
    ("loss.x.first_step", .summary(metric: "loss.x", .firstStep)), ("rank", .parameter("rank")),
    ("\"kl_prior[1]\".last", .summary(metric: "kl_prior[1]", .last)),
    ("'kl_prior[1].at'(3)", .value(metric: "kl_prior[1]", step: 3)),
    ("optimizer.adam.learning_rate", .parameter("optimizer.adam.learning_rate")),
  ]

  @Test("a name is a column, a parameter or what a run recorded of a metric", arguments: columns)
  func column(name: String, column: FilterColumn) throws {
    #expect(try FilterExpression(parsing: "\(name) is null", names: Self.runNames).columns == [column])
  }

  static let typeErrors: [(filter: String, text: String)] = [
    ("elbo = high", "column 8: found 'high'; expected a number"),
    ("elbo.last in [1, x]", "column 18: found 'x'; expected a number"),
    ("seed like '1%'", "column 6: found 'like'; expected =, <, > or 'in', for it is no text"),
    ("family < full-rank", "column 8: found '<'; expected =, !=, 'in' or 'like', for texts have no order"),
    ("rank < big", "column 8: found 'big'; expected a number after '<'"),
    (
      "started_at > yesterday",
      "column 14: found 'yesterday'; expected a time in UTC, such as 2026-11-22 or 2026-11-22T15:04:05Z"
    ),
    (
      "started_at > 2026-13-01",
      "column 14: found '2026-13-01'; expected a time in UTC, such as 2026-11-22 or 2026-11-22T15:04:05Z"
    ),
    (
      "status = finishd",
      "column 10: found 'finishd'; expected one of running, finished, diverged, failed, interrupted; did you mean 'finished'?"
    ),
    (
      "loss.bets = 1",
      "column 1: found 'loss.bets'; expected a column, a parameter or a metric's summary of the runs; did you mean 'loss.best'?"
    ),
    ("elbo.at = 1", "column 9: found '='; expected a step in parentheses, as in .at(1000)"),
    ("elbo.at(1.5) = 1", "column 9: found '1.5'; expected a step: a whole number from 0"),
    ("note = 'a\0'", "column 10: found a NUL byte; expected text"),
  ]

  @Test("a value that its column cannot have is refused", arguments: typeErrors)
  func typeError(filter: String, text: String) {
    let error = #expect(throws: FilterError.self) {
      try FilterExpression(parsing: filter, names: Self.runNames)
    }
    #expect(error?.description.split(separator: "\n").first.map(String.init) == "filter, " + text)
  }

  @Test("times are moments in UTC")
  func times() throws {
    for (text, seconds) in [
      ("1970-01-02", 86400.0), ("2000-01-01T00:00", 946_684_800), ("'1970-01-01 00:01:05Z'", 65),
    ] {
      let filter = try FilterExpression(parsing: "ended_at >= \(text)", names: Self.runNames)
      #expect(filter.matches { _ in .number(seconds) } && !filter.matches { _ in .number(seconds - 1) })
    }
  }
}
