extension Signature {
  /// The signatures in a text: `(real, real) real; (vector, vector) real`.
  static func read(_ text: some StringProtocol) -> [Signature] {
    text.split(separator: ";").map { alternative in
      guard let open = alternative.firstIndex(of: "("), let close = alternative.firstIndex(of: ")") else {
        preconditionFailure("a signature without parentheses: \(alternative)")
      }
      let taken = alternative[alternative.index(after: open)..<close]
      let returned = alternative[alternative.index(after: close)...]
      return Signature(parameters: parameters(taken), result: result(returned.trimmingBlanks))
    }
  }

  /// The arguments in a text with commas between them. Commas within brackets part none: `int[,]` is one.
  static func parameters(_ text: some StringProtocol) -> [[Shape]] {
    if text.trimmingBlanks.isEmpty { return [] }
    var pieces: [String] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      if let last = pieces.last, last.count(where: { $0 == "[" }) > last.count(where: { $0 == "]" }) {
        pieces[pieces.count - 1] = last + "," + piece
      } else {
        pieces.append(String(piece))
      }
    }
    return pieces.map { $0.split(separator: "|").flatMap(shapes) }
  }

  private static func shapes(_ text: Substring) -> [Shape] {
    let name = text.trimmingBlanks
    switch name {
    case "num": return [.numeric]
    case "ints": return [.integers]
    case "any": return [.anything]
    case "any[]": return [.anyArray]
    // Short for what most functions and distributions take.
    case "vec": return [.exactly(.vector), .exactly(.rowVector)]
    case "seq": return [.exactly(.vector), .exactly(.rowVector), .exactly(.real.array(1))]
    case "reals": return [.exactly(.real)] + shapes("seq")
    case "vectors":
      return shapes("vec") + [.exactly(.vector.array(1)), .exactly(.rowVector.array(1))]
    default:
      if name.hasPrefix("$"), let place = Int(name.dropFirst()) { return [.same(place - 1)] }
      if name.hasPrefix("int$"), let place = Int(name.dropFirst(4)) { return [.countOf(place - 1)] }
      return [.exactly(type(name))]
    }
  }

  private static func result(_ name: String) -> Result {
    if name.hasPrefix("real$"), let place = Int(name.dropFirst(5)) { return .realArgument(place - 1) }
    if name.hasPrefix("$"), let place = name.dropFirst().first?.wholeNumberValue {
      return .argument(place - 1, dimensions: dimensions(name.dropFirst(2)))
    }
    if name.hasPrefix("(") {
      return .exactly(
        .tuple(name.dropFirst().dropLast().split(separator: ",").map { type($0.trimmingBlanks) }))
    }
    return .exactly(type(name))
  }

  /// Of `[]`, `[,]` and so on; 0 of nothing.
  private static func dimensions(_ brackets: Substring) -> Int {
    brackets.isEmpty ? 0 : brackets.filter { $0 == "," }.count + 1
  }

  private static func type(_ name: String) -> StanType {
    let word = name.prefix { $0 != "[" }
    let element: StanType
    switch word {
    case "int": element = .int
    case "real": element = .real
    case "vector": element = .vector
    case "row_vector": element = .rowVector
    case "matrix": element = .matrix
    case "void": element = .void
    default: preconditionFailure("'\(name)' is no type of a signature")
    }
    return element.array(dimensions(name.dropFirst(word.count)))
  }
}
