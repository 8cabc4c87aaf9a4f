extension Checker {
  private static let densities = ["_lpdf", "_lpmf"]

  /// `outcome ~ distribution(arguments) T[lower, upper]`.
  mutating func check(_ statement: inout DistributionStatement, at range: SourceRange) {
    if isRefused(statement.distribution, asDensity: "_lpmf") { return }
    _ = check(&statement.outcome)
    _ = checkEach(&statement.arguments)
    if var truncation = statement.truncation {
      check(&truncation.lower)
      check(&truncation.upper)
      statement.truncation = truncation
    }
    expectTarget(at: range, "'~'")
    let name = statement.distribution
    if FunctionRole(name.name).isConditional {
      let stem = name.name.split(separator: "_").dropLast().joined(separator: "_")
      report(
        at: name.range, "'~' takes the name of a distribution, not of its density", fix: "write '\(stem)'")
      return
    }
    guard Self.densities.contains(where: { !candidates(name.name + $0).isEmpty }) else {
      reportUnknownDistribution(name)
      return
    }
    let types = [statement.outcome.type] + statement.arguments.map(\.type)
    if types.contains(.void) { return }
    guard let resolution = density(name, types) else { return }
    statement.resolution = resolution
    if let truncation = statement.truncation { expectProbabilities(of: name, types, for: truncation) }
  }

  /// A bound of a truncation.
  private mutating func check(_ bound: inout Expression?) {
    guard var value = bound else { return }
    _ = check(&value)
    expect(value, toBe: .real, as: "a bound of the truncation")
    bound = value
  }

  /// What the density of a distribution is; nil after an error.
  private mutating func density(_ name: Identifier, _ types: [StanType]) -> Call.Resolution? {
    // Where a name has both, integers have a mass and real numbers a density.
    for suffix in types[0].isOfIntegers ? Self.densities.reversed() : Self.densities {
      switch best(among: candidates(name.name + suffix), for: types) {
      case .none: continue
      case .one(let resolution, _): return resolution
      case .several:
        report(
          at: name.range,
          "several densities '\(name.name)' take (\(types.map(\.description).joined(separator: ", ")))",
          fix: "make integers real where they should be: 1.0")
        return nil
      }
    }
    reportMismatch(name, types, of: Self.densities)
    return nil
  }

  /// What truncates takes the probability of what is cut off.
  private mutating func expectProbabilities(
    of name: Identifier, _ types: [StanType], for truncation: Truncation
  ) {
    let bounds = [truncation.lower, truncation.upper].compactMap { $0?.type }
    for bound in bounds where bound.isScalar {
      let taken = [bound] + types.dropFirst()
      for suffix in ["_lcdf", "_lccdf"] {
        if case .one = best(among: candidates(name.name + suffix), for: taken) { continue }
        report(
          at: truncation.range,
          "'\(name.name)' cannot be truncated: it has no '\(name.name)\(suffix)' of its arguments",
          fix: (functions[name.name + "_lpdf"] ?? functions[name.name + "_lpmf"]) == nil
            ? "take 'T[…]' out, and subtract the log of the kept mass from the target"
            : "define '\(name.name)_lcdf' and '\(name.name)_lccdf'")
        return
      }
    }
  }

  private mutating func reportUnknownDistribution(_ name: Identifier) {
    if hasSaidEnough { return }
    let own = functions.keys.filter { FunctionRole($0) == .density }.map { String($0.dropLast(5)) }
    let known = own.sorted() + Library.densitySuffixes.keys.sorted()
    let near = nearestName(to: name.name, among: known)
    report(
      at: name.range, "there is no distribution '\(name.name)'",
      fix: near.map { "did you mean '\($0)'?" }
        ?? "define '\(name.name)_lpdf' or '\(name.name)_lpmf' in 'functions'")
  }
}
