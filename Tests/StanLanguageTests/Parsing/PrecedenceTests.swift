import StanLanguage
import Testing

/// Stan Reference Manual, "Expressions": the table of operators with their precedence and how they group.
@Suite struct PrecedenceTests {
  static let facts: [(String, String)] = [
    ("a + b * c", "(a + (b * c))"),
    ("a * b + c", "((a * b) + c)"),
    ("a - b - c", "((a - b) - c)"),
    ("a / b / c", "((a / b) / c)"),
    ("a / b * c", "((a / b) * c)"),
    ("a % b * c", "((a % b) * c)"),
    ("a * b %/% c", "(a * (b %/% c))"),
    ("a .* b ./ c", "((a .* b) ./ c)"),
    ("A \\ b * c", "((A \\ b) * c)"),
    ("a ^ b ^ c", "(a ^ (b ^ c))"),
    ("a .^ b ^ c", "(a .^ (b ^ c))"),
    ("-a ^ b", "(-(a ^ b))"),
    ("a ^ -b", "(a ^ (-b))"),
    ("a ^ -b ^ c", "(a ^ (-(b ^ c)))"),
    ("a ^ -b * c", "((a ^ (-b)) * c)"),
    ("-a * b", "((-a) * b)"),
    ("- -a", "(-(-a))"),
    ("!a == b", "((!a) == b)"),
    ("!a && b", "((!a) && b)"),
    ("-a'", "(-(a'))"),
    ("a ^ b'", "(a ^ (b'))"),
    ("a' * b", "((a') * b)"),
    ("a''", "((a')')"),
    ("x[1]'", "(x[1]')"),
    ("-x[1]", "(-x[1])"),
    ("f(x)[1].2", "f(x)[1].2"),
    ("a < b == c < d", "((a < b) == (c < d))"),
    ("a < b < c", "((a < b) < c)"),
    ("a || b && c", "(a || (b && c))"),
    ("a && b == c", "(a && (b == c))"),
    ("a + b < c + d", "((a + b) < (c + d))"),
    ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
    ("a ? b ? c : d : e", "(a ? (b ? c : d) : e)"),
    ("a || b ? c + d : e", "((a || b) ? (c + d) : e)"),
    ("(a + b) * c", "((a + b) * c)"),
    ("x[a + 1:b, :, 2:, :c, , i]", "x[(a + 1) to b, :, 2 to ,  to c, :, i]"),
    ("x[]", "x[:]"),
    ("x[a ? b : c : d]", "x[(a ? b : c) to d]"),
    ("foo_lpdf(y | a, b)", "foo_lpdf(y | a, b)"),
    ("{1, 2}[i]", "{1, 2}[i]"),
    ("[a, b]'", "([a, b]')"),
    ("(a, b).1", "<a, b>.1"),
    ("t.1.2", "t.1.2"),
    ("x<-1", "(x < (-1))"),
    ("a+.5", "(a + 0.5)"),
    ("2.*x", "(2.0 * x)"),
    ("1_000 + 1e-3 + 2.5E+2", "((1000 + 0.001) + 250.0)"),
  ]

  @Test("operators group as the manual says", arguments: facts)
  func groups(text: String, expected: String) throws {
    #expect(grouped(try value(text)) == expected)
  }

  @Test("'>' ends a constraint and compares elsewhere")
  func bounds() throws {
    let program = try StanProgram.parsed(
      source("parameters { real<lower=a + b * 2, upper=(c > d)> x; vector<offset=m, multiplier=s>[N] z; }"))
    guard case .declaration(let x) = program.parameters[0].kind,
      case .bounds(let lower, let upper) = x.constraint,
      case .declaration(let z) = program.parameters[1].kind,
      case .affine(let offset?, let multiplier?) = z.constraint
    else { throw Missing() }
    #expect(grouped(lower) == "(a + (b * 2))")
    #expect(grouped(upper) == "(c > d)")
    #expect(grouped(offset) == "m")
    #expect(grouped(multiplier) == "s")
  }
}
