import StanLanguage
import StanTracing

/// What a reader is told of a program: its parameters, the statements that add to its density, and what deserves a second look.
extension StanModel {
  public var facts: [(fact: String, value: String)] {
    traced.parameters.map { ("parameter \($0.name)", Self.words(of: $0)) }
      + traced.factors.map { (place(of: $0), words(of: $0)) }
  }

  public var warnings: [String] {
    traced.warnings.map { $0.described(in: traced.program.source) } + notes.map { "warning: \($0)" }
  }

  private static func words(of parameter: DeclaredParameter) -> String {
    let size = parameter.dimensions.map(String.init).joined(separator: " × ")
    let free =
      parameter.freeCount == parameter.dimensions.reduce(1, *)
      ? "" : "; \(parameter.freeCount) unconstrained"
    return (size.isEmpty ? "a number" : size) + ", " + (parameter.support ?? "real") + free
  }

  private func place(of factor: TracedFactor) -> String {
    "\(traced.program.source.name):\(traced.program.source.lineNumber(of: factor.range.start))"
  }

  private func words(of factor: TracedFactor) -> String {
    let part =
      switch factor.part {
      case .prior: "prior"
      case .likelihood: "likelihood"
      case .mixed: "neither: it depends on data, but not as the density of an outcome"
      }
    let turns = factor.turns == 1 ? "" : ", \(factor.turns) turns"
    let outcomes = factor.outcomes == 1 ? "1 value" : "\(factor.outcomes) values"
    return "\(part): \(factor.distribution ?? "expression"), \(outcomes)\(turns)"
  }
}
