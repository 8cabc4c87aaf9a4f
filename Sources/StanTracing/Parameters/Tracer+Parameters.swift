import StanLanguage

extension Tracer {
  /// The shape of a declared variable: the sizes of its array, and the kind and shape of an element.
  struct DeclaredShape {
    var arraySizes: [Int]
    var kind: Numeric.Kind
    var rows: Int
    var columns: Int
    /// The sizes of an element as they are declared.
    var elementSizes: [Int]

    var arrayCount: Int { arraySizes.reduce(1, *) }
  }

  func shape(of type: SizedType, at range: SourceRange) throws(StanDiagnostic) -> DeclaredShape {
    switch type {
    case .real: return DeclaredShape(arraySizes: [], kind: .real, rows: 1, columns: 1, elementSizes: [])
    case .vector(let count):
      let rows = try size(count)
      return DeclaredShape(arraySizes: [], kind: .vector, rows: rows, columns: 1, elementSizes: [rows])
    case .rowVector(let count):
      let columns = try size(count)
      return DeclaredShape(
        arraySizes: [], kind: .rowVector, rows: 1, columns: columns, elementSizes: [columns])
    case .matrix(let first, let second):
      let (rows, columns) = (try size(first), try size(second))
      return DeclaredShape(
        arraySizes: [], kind: .matrix, rows: rows, columns: columns, elementSizes: [rows, columns])
    case .array(let counts, let element):
      var shape = try shape(of: element, at: range)
      for count in counts { shape.arraySizes.append(try size(count)) }
      return shape
    case .int, .tuple:
      throw StanDiagnostic(
        at: range, what: "a parameter cannot be an integer or a tuple",
        fix: "use real numbers, vectors or matrices; sum integers out of the density")
    }
  }

  /// The parameters in the order of their declaration, with where each starts among the unconstrained ones.
  func declaredParameters() throws(StanDiagnostic) -> [DeclaredParameter] {
    var parameters: [DeclaredParameter] = []
    var start = 0
    for statement in program.parameters {
      guard case .declaration(let declaration) = statement.kind else { continue }
      let shape = try shape(of: declaration.type, at: statement.range)
      let each = ParameterTransform.freeCount(
        declaration.constraint, rows: shape.rows, columns: shape.columns)
      let count = shape.arrayCount * each
      parameters.append(
        DeclaredParameter(
          name: declaration.name.name, range: statement.range, support: declaration.constraint.words,
          dimensions: shape.arraySizes + shape.elementSizes, freeCount: count, freeStart: start))
      start += count
    }
    return parameters
  }

  /// Gives every parameter its constrained value.
  ///
  /// - Returns: the sum of the transforms' log-Jacobians.
  func constrainParameters() throws(StanDiagnostic) -> LinearSum {
    var start = 0
    for statement in program.parameters {
      guard case .declaration(let declaration) = statement.kind else { continue }
      let shape = try shape(of: declaration.type, at: statement.range)
      var transform = ParameterTransform(self, at: statement.range, from: start)
      var elements: [Value] = []
      for _ in 0..<shape.arrayCount {
        elements.append(
          .numeric(
            try transform.constrained(
              declaration.constraint, shape.kind, rows: shape.rows, columns: shape.columns)))
      }
      start = transform.next
      jacobian.add(transform.logJacobian)
      variables[declaration.name.symbol] = Self.nested(elements[...], shape.arraySizes[...])
    }
    return jacobian
  }

  /// Elements as an array of the given sizes; the single one where there are none.
  static func nested(_ elements: ArraySlice<Value>, _ sizes: ArraySlice<Int>) -> Value {
    guard let size = sizes.first else { return elements.first ?? .array([]) }
    if sizes.count == 1 { return Value.array(of: Array(elements)) }
    let width = size > 0 ? elements.count / size : 0
    return .array(
      (0..<size).map { place in
        let start = elements.startIndex + place * width
        return nested(elements[start..<start + width], sizes.dropFirst())
      })
  }
}
