extension Checker {
  /// A function that a name may stand for.
  enum Candidate {
    case library(Signature)
    case user(Int)
  }

  enum Choice {
    case none, several
    case one(Call.Resolution, StanType)
  }

  func candidates(_ name: String) -> [Candidate] {
    functions[Library.normalized(name), default: []].map(Candidate.user)
      + library.signatures(of: name).map(Candidate.library)
  }

  /// The one that makes the fewest integers real; of the program's own no two may make as few.
  func best(among candidates: [Candidate], for types: [StanType]) -> Choice {
    var choice = Choice.none
    var fewest = Int.max
    for candidate in candidates {
      switch candidate {
      case .library(let signature):
        guard let match = signature.match(types), match.promotions < fewest else { continue }
        (choice, fewest) = (.one(.library, match.result), match.promotions)
      case .user(let index):
        let function = program.functions[index]
        guard let promotions = function.promotions(of: types), promotions <= fewest else { continue }
        choice = promotions == fewest ? .several : .one(.user(index), function.returns)
        fewest = promotions
      }
    }
    return choice
  }

  mutating func reportMismatch(_ function: Identifier, _ types: [StanType], of suffixes: [String] = [""]) {
    let hasBar = suffixes != [""] || FunctionRole(function.name).isConditional
    let taken = suffixes.flatMap { candidates(function.name + $0) }.map { candidate in
      let parameters =
        switch candidate {
        case .library(let signature): signature.parameters.map(Signature.described)
        case .user(let index): program.functions[index].parameters.map(\.type.description)
        }
      return parameters.asArguments(hasBar: hasBar)
    }
    let shown = taken.prefix(4).joined(separator: " or ") + (taken.count > 4 ? " or others" : "")
    report(
      at: function.range,
      "'\(function.name)' does not take \(types.map(\.description).asArguments(hasBar: hasBar))",
      fix: "it takes \(shown)")
  }

  mutating func reportUnknownFunction(_ call: Call) {
    if hasSaidEnough { return }
    let name = call.function.name
    let range = call.function.range
    if let suffix = Library.densitySuffixes[name] {
      report(
        at: range, "'\(name)' is a distribution and no function",
        fix: "write \(name)\(suffix)(y | …) for its density, or y ~ \(name)(…)")
      return
    }
    if let fix = otherForm(of: name) {
      report(at: range, "there is no function '\(name)'", fix: fix)
    } else if let variable = variables[call.function.symbol] {
      report(
        at: range, "'\(name)' is \(Self.role(of: variable)) and no function",
        fix: "write an index: \(name)[…]")
    } else {
      let near = nearestName(to: name, among: functions.keys.sorted() + Library.names.sorted())
      report(
        at: range, "there is no function '\(name)'",
        fix: near.map { "did you mean '\($0)'?" } ?? "define it in the block 'functions'")
    }
  }

  /// Whether a function is one of Stan's that wb does not have, which is reported. Its arguments may be functions.
  mutating func isRefused(_ function: Identifier, asDensity suffix: String = "") -> Bool {
    let name = function.name + suffix
    guard candidates(name).isEmpty, let reason = Refusal.reason(name) else { return false }
    report(
      at: function.range, "'\(function.name)', for \(reason), is outside of wb's subset of Stan",
      fix: Refusal.throughBridgeStan)
    return true
  }

  /// What was meant by a form that a distribution does not have: `poisson_lpdf`.
  private func otherForm(of name: String) -> String? {
    for suffix in ["_lpdf", "_lpmf", "_lupdf", "_lupmf", "_pdf", "_pmf", "_cdf", "_lcdf", "_lccdf", "_rng"]
    where name.hasSuffix(suffix) {
      let stem = String(name.dropLast(suffix.count))
      let density = ["_lpdf", "_lpmf"].first { !candidates(stem + $0).isEmpty }
      guard let density else { continue }
      return "'\(stem)' has \(density == "_lpmf" ? "integers" : "real numbers") for outcomes, and no form "
        + "'\(suffix)': its density is \(stem)\(density)(y | …)"
    }
    return nil
  }
}

extension FunctionDefinition {
  /// How many integers of arguments of those types become real; nil where it takes others.
  func promotions(of types: [StanType]) -> Int? {
    guard types.count == parameters.count else { return nil }
    var sum = 0
    for (type, parameter) in zip(types, parameters) {
      guard let count = type.promotions(to: parameter.type) else { return nil }
      sum += count
    }
    return sum
  }
}
