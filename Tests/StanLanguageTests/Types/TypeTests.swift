import StanLanguage
import Testing

@Suite struct TypeTests {
  static let declarations = """
    int i; real r; vector[2] v; row_vector[2] w; matrix[2, 2] A; array[2] int ii; array[2] real rr;
    array[2, 2] int ij; array[2, 2] real rs; array[2] vector[2] vv; array[2] matrix[2, 2] AA;
    tuple(int, array[2] real, vector[2]) t; array[2] tuple(real, int) ts;
    """

  /// Stan Functions Reference and Stan Reference Manual, "Expressions".
  static let facts: [(String, String)] = [
    ("i + i", "int"), ("i + r", "real"), ("i / i", "int"), ("i % i", "int"), ("i %/% i", "int"),
    ("i ^ i", "real"),
    ("-i", "int"), ("!i", "int"), ("r < i", "int"), ("i && i", "int"), ("-ii", "array[] int"),
    ("v + v", "vector"), ("v + r", "vector"), ("i - w", "row_vector"), ("A + A", "matrix"),
    ("r - A", "matrix"),
    ("w * v", "real"), ("v * w", "matrix"), ("A * v", "vector"), ("w * A", "row_vector"), ("A * A", "matrix"),
    ("r * v", "vector"), ("v / r", "vector"), ("r / v", "vector"), ("w / A", "row_vector"),
    ("A / A", "matrix"),
    ("A \\ v", "vector"), ("v .* v", "vector"), ("v ./ r", "vector"), ("v .^ 2", "vector"),
    ("2 ^ v", "vector"),
    ("v'", "row_vector"), ("w'", "vector"), ("A'", "matrix"),
    ("i ? i : r", "real"), ("i ? ii : rr", "array[] real"), ("i ? (1, 2.5) : (1.5, 2)", "tuple(real, real)"),
    ("ii[1]", "int"), ("ij[1]", "array[] int"), ("ij[1, 1]", "int"), ("ij[ii]", "array[,] int"),
    ("ij[ii, 1]", "array[] int"), ("ij[:, 1:2]", "array[,] int"), ("v[1]", "real"), ("v[ii]", "vector"),
    ("v[1:2]", "vector"), ("v[:]", "vector"), ("w[2:]", "row_vector"), ("A[1]", "row_vector"),
    ("A[1, 1]", "real"),
    ("A[1, :]", "row_vector"), ("A[:, 1]", "vector"), ("A[:1]", "matrix"), ("A[ii, ii]", "matrix"),
    ("A[1, ]", "row_vector"),
    ("vv[1]", "vector"), ("vv[1, 2]", "real"), ("vv[:, 2]", "array[] real"),
    ("vv[ii, 1:2]", "array[] vector"),
    ("AA[1, 2]", "row_vector"), ("AA[:, 1, 2]", "array[] real"), ("AA[1, :, 2]", "vector"),
    ("AA[:, :, 2]", "array[] vector"),
    ("t.1", "int"), ("t.2[1]", "real"), ("t.3", "vector"), ("ts[1].2", "int"), ("ts[:][1].1", "real"),
    ("{1, 2}", "array[] int"), ("{1, 2.5}", "array[] real"), ("{{1}, {2.5}}", "array[,] real"),
    ("{v, v}", "array[] vector"),
    ("[1, 2.5]", "row_vector"), ("[[1, 2], [3, 4]]", "matrix"), ("[]", "row_vector"), ("[w, w]", "matrix"),
    ("(1, 2.5)", "tuple(int, real)"), ("(1, (v, ii))", "tuple(int, tuple(vector, array[] int))"),
    ("exp(1)", "real"), ("exp(ii)", "array[] real"), ("exp(A)", "matrix"), ("abs(-1)", "int"),
    ("abs(ii)", "array[] int"),
    ("fmax(1, 2)", "real"), ("pow(v, 2)", "vector"), ("fmin(ii, rr)", "array[] real"),
    ("log_sum_exp(v)", "real"),
    ("log_sum_exp(1, v)", "vector"), ("max(1, 2)", "int"), ("max(ii)", "int"), ("sum(rr)", "real"),
    ("sum(ii)", "int"),
    ("head(vv, 1)", "array[] vector"), ("segment(v, 1, 1)", "vector"), ("append_row(r, v)", "vector"),
    ("append_row(w, w)", "matrix"), ("append_col(v, v)", "matrix"), ("append_array(ii, rr)", "array[] real"),
    ("rep_array(v, 2)", "array[] vector"), ("rep_array(ii, 2, 3)", "array[,,] int"),
    ("rep_matrix(v, 2)", "matrix"),
    ("to_array_1d(ij)", "array[] int"), ("to_vector(ii)", "vector"), ("to_matrix(rs)", "matrix"),
    ("dims(A)", "array[] int"),
    ("size(vv)", "int"), ("sort_indices_asc(v)", "array[] int"), ("quad_form(A, v)", "real"),
    ("quad_form(A, A)", "matrix"),
    ("svd(A)", "tuple(matrix, vector, matrix)"), ("svd(A).2", "vector"),
    ("gp_exp_quad_cov(rr, 1, 1)", "matrix"),
    ("bessel_first_kind(1, v)", "vector"), ("bessel_first_kind(ii, v)", "vector"), ("fma(v, 2, v)", "vector"),
    ("normal_lpdf(v | 0, 1)", "real"), ("poisson_lpmf(ii | 3)", "real"), ("normal_lupdf(1 | ii, 1)", "real"),
    ("gamma_lccdf(r | 1, 2)", "real"), ("std_normal_lpdf(v)", "real"),
  ]

  @Test("expressions have the types that the manual gives them", arguments: facts)
  func types(text: String, expected: String) throws {
    let program = try StanProgram.parse(source("data { \(Self.declarations) } model { print(\(text)); }"))
    guard case .print(let parts) = program.model[0].kind else { throw Missing() }
    #expect(parts[0].type.description == expected)
  }

  @Test(
    "a draw is one number, and an array where an argument has several",
    arguments: [
      ("normal_rng(0, 1)", "real"), ("normal_rng(v, 1)", "array[] real"), ("poisson_rng(2)", "int"),
      ("poisson_rng(rr)", "array[] int"), ("binomial_rng(ii, 0.5)", "array[] int"),
      ("multi_normal_rng(v, A)", "vector"),
      ("multi_normal_rng(vv, A)", "array[] vector"), ("lkj_corr_rng(3, 1.0)", "matrix"),
      ("dirichlet_rng(v)", "vector"),
    ])
  func draws(text: String, expected: String) throws {
    let program = try StanProgram.parse(
      source("data { \(Self.declarations) } generated quantities { print(\(text)); }"))
    guard case .print(let parts) = program.generatedQuantities[0].kind else { throw Missing() }
    #expect(parts[0].type.description == expected)
  }

  @Test("calls are resolved to the function whose types fit best")
  func overloads() throws {
    let program = try StanProgram.parse(
      source(
        """
        functions {
          real f(real x);
          int f(int x) { return x; }
          real f(real x) { return x; }
          real f(vector x) { return x[1]; }
          real square(tuple(real, real) x) { return x.1; }
          real two_lpdf(real y, real a) { return y - a; }
          real two_lpmf(int y, real a) { return y - a; }
        }
        model {
          print(f(1), f(1.5), f([1, 2]'), square(2), square((1, 2)), two_lpdf(1 | 2), two_lupmf(1 | 2));
          1 ~ two(2);
          1.5 ~ two(2);
          1 ~ normal(0, 1);
        }
        """))
    guard case .print(let parts) = program.model[0].kind else { throw Missing() }
    let resolutions = parts.map { part in
      if case .call(let call) = part.kind { call.resolution } else { Call.Resolution.open }
    }
    // The forward declaration is left out: the functions count from 0 without it.
    #expect(program.functions.map(\.name.name) == ["f", "f", "f", "square", "two_lpdf", "two_lpmf"])
    #expect(resolutions == [.user(0), .user(1), .user(2), .library, .user(3), .user(4), .user(5)])
    let distributions = program.model.dropFirst().map { statement in
      if case .distribution(let distribution) = statement.kind {
        distribution.resolution
      } else {
        Call.Resolution.open
      }
    }
    #expect(distributions == [.user(5), .user(4), .library])
  }
}
