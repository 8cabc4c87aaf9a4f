import StanLanguage
import Testing

@Suite struct LibraryTests {
  /// A value of every type that a signature names, by a variable of it.
  private static let variables: [StanType: String] = {
    var variables: [StanType: String] = [:]
    for (place, element) in [StanType.int, .real, .vector, .rowVector, .matrix].enumerated() {
      variables[element] = "x\(place)"
      for dimensions in 1...5 {
        variables[.array(of: element, dimensions: dimensions)] = "x\(place)_\(dimensions)"
      }
    }
    return variables
  }()

  private static var declarations: String {
    variables.map { type, name in
      switch type {
      case .array(let element, let dimensions):
        "array[\(Array(repeating: "2", count: dimensions).joined(separator: ", "))] \(sized(element)) \(name);"
      default: "\(sized(type)) \(name);"
      }
    }.joined(separator: "\n")
  }

  private static func sized(_ type: StanType) -> String {
    switch type {
    case .matrix: "matrix[2, 2]"
    case .vector, .rowVector: "\(type)[2]"
    default: "\(type)"
    }
  }

  /// Types of arguments that fit a signature, by the last that each argument takes.
  private static func arguments(of signature: Signature) throws -> [StanType] {
    var types: [StanType?] = signature.parameters.map { shapes in
      switch shapes.last {
      case .exactly(let type): type
      case .numeric, .anything: .vector
      case .integers: .array(of: .int, dimensions: 1)
      case .anyArray: .array(of: .vector, dimensions: 1)
      case .same, .countOf, nil: nil
      }
    }
    for (place, shapes) in signature.parameters.enumerated() where types[place] == nil {
      if case .same(let other) = shapes.last { types[place] = types[other] }
      if case .countOf = shapes.last { types[place] = .array(of: .int, dimensions: 1) }
    }
    return try types.map { type throws(Missing) in
      guard let type else { throw Missing() }
      return type
    }
  }

  @Test("every signature of the library can be called, and returns what it says")
  func everySignature() throws {
    var calls: [String] = []
    var results: [String] = []
    for name in Library.names.sorted() {
      for signature in Library.signatures(of: name) {
        let types = try Self.arguments(of: signature)
        guard let result = signature.match(types)?.result else { throw Missing() }
        let names = types.compactMap { Self.variables[$0] }
        #expect(names.count == types.count, "\(name)")
        let isConditional = ["_lpdf", "_lpmf", "_cdf", "_lcdf", "_lccdf"].contains { name.hasSuffix($0) }
        let arguments =
          isConditional && names.count > 1
          ? "\(names[0]) | \(names.dropFirst().joined(separator: ", "))" : names.joined(separator: ", ")
        calls.append("\(name)(\(arguments))")
        results.append("\(calls[calls.count - 1]) is \(result)")
      }
    }
    let text =
      "data {\n\(Self.declarations)\n}\ngenerated quantities {\nprint(\(calls.joined(separator: ",\n")));\n}"
    #expect(problems(text) == "")
    guard case .print(let parts) = try StanProgram.parse(source(text)).generatedQuantities[0].kind else {
      throw Missing()
    }
    let found = zip(calls, parts).map { "\($0) is \($1.type)" }
    #expect(zip(found, results).filter { $0 != $1 }.map { "\($0), not \($1)" } == [])
    #expect(calls.count > 500)
  }

  @Test(
    "distributions have the forms that the Functions Reference gives them",
    arguments: [
      ("normal", "_lpdf _lupdf _cdf _lcdf _lccdf _rng"), ("poisson", "_lpmf _lupmf _cdf _lcdf _lccdf _rng"),
      ("bernoulli_logit", "_lpmf _lupmf _rng"), ("lkj_corr_cholesky", "_lpdf _lupdf _rng"),
      ("wiener", "_lpdf _lupdf"),
      ("categorical", "_lpmf _lupmf _rng"), ("normal_id_glm", "_lpdf _lupdf"),
      ("multi_normal_prec", "_lpdf _lupdf"),
    ])
  func forms(distribution: String, forms: String) {
    let all = ["_lpdf", "_lupdf", "_lpmf", "_lupmf", "_cdf", "_lcdf", "_lccdf", "_rng"]
    let found = all.filter { !Library.signatures(of: distribution + $0).isEmpty }
    #expect(found.joined(separator: " ") == forms)
  }
}
