/// A Stan program: its blocks in their order, checked.
package struct StanProgram: Hashable, Sendable {
  package var source: StanSource
  package var functions: [FunctionDefinition] = []
  package var data: [Statement] = []
  package var transformedData: [Statement] = []
  package var parameters: [Statement] = []
  package var transformedParameters: [Statement] = []
  package var model: [Statement] = []
  package var generatedQuantities: [Statement] = []
  /// How many different names the program has.
  package var symbolCount = 0
  /// What is accepted and should be put otherwise.
  package var warnings: [StanDiagnostic] = []

  package init(source: StanSource) { self.source = source }
}

/// A function that the program defines.
package struct FunctionDefinition: Hashable, Sendable {
  package struct Parameter: Hashable, Sendable {
    package var name: Identifier
    package var type: StanType
    /// Whether it is declared `data`.
    package var isData: Bool

    package init(name: Identifier, type: StanType, isData: Bool) {
      self.name = name
      self.type = type
      self.isData = isData
    }
  }

  package var name: Identifier
  package var returns: StanType
  package var parameters: [Parameter]
  /// Nil for a forward declaration, which the checker leaves out of the program.
  package var body: Statement?

  package init(name: Identifier, returns: StanType, parameters: [Parameter], body: Statement?) {
    self.name = name
    self.returns = returns
    self.parameters = parameters
    self.body = body
  }
}
