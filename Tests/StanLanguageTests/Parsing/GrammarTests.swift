import StanLanguage
import Testing

@Suite struct GrammarTests {
  @Test("every block may be absent, and the rest keep their order")
  func blocks() throws {
    #expect(try StanProgram.parse(source("")).model.isEmpty)
    #expect(
      try StanProgram.parse(source("parameters { real x; } model { x ~ normal(0, 1); }")).model.count == 1)
    let all = """
      functions { real f(real x) { return x; } }
      data { int N; }
      transformed data { int M = N; }
      parameters { real x; }
      transformed   parameters { real y = f(x); }
      model { }
      generated quantities { int k = M; }
      """
    #expect(try StanProgram.parse(source(all)).generatedQuantities.count == 1)
  }

  @Test("a declaration of several variables is a statement for each")
  func severalVariables() throws {
    let program = try StanProgram.parse(source("transformed data { real a, b = 2, c; }"))
    let names = program.transformedData.map { statement in
      if case .declaration(let declaration) = statement.kind { declaration.name.name } else { "" }
    }
    #expect(names == ["a", "b", "c"])
  }

  @Test("the same name has the same symbol, and symbols are below their count")
  func symbols() throws {
    let program = try StanProgram.parse(source("data { real x; } model { target += x * x; }"))
    guard case .declaration(let declaration) = program.data[0].kind,
      case .targetIncrement(let sum) = program.model[0].kind, case .binary(_, let left, let right) = sum.kind,
      case .variable(let first) = left.kind, case .variable(let second) = right.kind
    else { throw Missing() }
    #expect(first.symbol == declaration.name.symbol)
    #expect(second.symbol == first.symbol)
    #expect(first.symbol < program.symbolCount)
  }

  @Test(
    "old syntax means the same as its new form, and warns",
    arguments: [
      ("data { real x[3]; }", "data { array[3] real x; }"),
      ("data { vector[2] x[3, 4]; }", "data { array[3, 4] vector[2] x; }"),
      ("transformed data { real x; x <- 1; }", "transformed data { real x; x = 1; }"),
      (
        "parameters { real x; } model { increment_log_prob(x); }",
        "parameters { real x; } model { target += x; }"
      ),
      ("model { real x = get_lp(); }", "model { real x = target(); }"),
      (
        "functions { real f(real[,] x) { return x[1, 1]; } }",
        "functions { real f(array[,] real x) { return x[1, 1]; } }"
      ),
      ("parameters { real x; } # comment", "parameters { real x; }"),
      ("model { target += normal_log(1, 0, 1); }", "model { target += normal_lpdf(1 | 0, 1); }"),
      ("transformed data { real x = fabs(-1.5); }", "transformed data { real x = abs(-1.5); }"),
    ])
  func oldSyntax(old: String, new: String) throws {
    let (before, after) = (try StanProgram.parse(source(old)), try StanProgram.parse(source(new)))
    #expect(before.warnings.count == 1)
    #expect(after.warnings.isEmpty)
    #expect(shape(before) == shape(after))
  }

  @Test(
    "what no program of today may have is accepted where it has no other meaning",
    arguments: [
      "parameters { real x; } model { { 0.5, x } ~ normal(0, 1); }",
      "transformed data { tuple(real, int) t = (1.5, 2); real a; int b; (a, b) = t; }",
      "transformed data { tuple(real, tuple(int, int)) t = (1.5, (2, 3)); real a; int b; int c; (a, (b, c)) = t; }",
      "model { profile(\"part\") { target += 1; } }",
      "model { for (i in 1:3) if (i > 1) break; else continue; }",
      "transformed data { int i = 0; while (i < 3) { i += 1; print(\"i = \", i); } }",
      "transformed data { matrix[2, 2] A; for (a in A) print(a); for (v in {1, 2}) print(v); }",
      "parameters { real<lower=0> s; } model { s ~ normal(0, 1) T[0, ]; s ~ normal(0, 1) T[, 2]; s ~ gamma(1, 2) T[1, 2]; }",
      "parameters { real x; } transformed parameters { real y = exp(x); jacobian += x; }",
      "data { ; int N; ; } model { ; }",
      "transformed data { int lower = 1; int offset = lower; int T = 2; }",
      "parameters { cholesky_factor_cov[3, 2] L; cov_matrix[2] S; sum_to_zero_vector[4] z; }",
      "transformed data { real x = 3; if (x > 1) { } else if (x > 2) print(x); else reject(\"x is \", x); }",
    ])
  func accepted(text: String) { #expect(problems(text) == "") }

  @Test(
    "a comment on a statement's first line says what its factors are",
    arguments: [
      ("target += 1; // wb: prior", FactorPragma.prior), ("target += 1; /* wb: likelihood */", .likelihood),
      ("target += // wb: prior\n 1; // wb: likelihood", .prior), ("target += 1; // about wb priors", nil),
      ("target += 1; # wb: prior", .prior), ("target +=\n 1; // wb: prior", nil),
    ])
  func pragmas(statement: String, pragma: FactorPragma?) throws {
    #expect(try StanProgram.parse(source("model {\n\(statement)\n}")).model[0].pragma == pragma)
  }

  @Test("statements know their place")
  func ranges() throws {
    let text = "model {\n  real x = 1;\n  target += x;\n}"
    let places = try StanProgram.parse(source(text)).model.map { statement in
      String(Array(text)[statement.range.start..<statement.range.end])
    }
    #expect(places == ["real x = 1;", "target += x;"])
  }
}

/// A program without its places, names alone: enough to see that two mean the same.
private func shape(_ program: StanProgram) -> String {
  var text =
    "\(program.data)\(program.transformedData)\(program.parameters)\(program.model)\(program.functions)"
  for pattern in [#/SourceRange\(start: \d+, end: \d+\)/#, #/symbol: \d+/#] {
    text.replace(pattern, with: "")
  }
  return text
}
