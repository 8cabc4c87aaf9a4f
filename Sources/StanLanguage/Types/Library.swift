/// The functions and distributions of the language with what they take and return.
///
/// The tables are text: their lines are found by name when the first program is checked, and a line is read where a program
/// uses it.
package enum Library {
  /// Every function's name, those of densities and draws with their suffixes, in no order.
  package static var names: [String] { Array(lines.keys) }

  /// What a function takes and returns; nothing where the language has none of that name.
  package static func signatures(of name: String) -> [Signature] {
    lines[normalized(name), default: []].flatMap { $0.signatures }
  }

  static func has(_ name: String) -> Bool { lines[normalized(name)] != nil }

  /// `_lpdf` for `_lupdf`: what leaves constants out takes the same.
  static func normalized(_ name: String) -> String {
    if name.hasSuffix("_lupdf") { return name.dropLast(6) + "_lpdf" }
    if name.hasSuffix("_lupmf") { return name.dropLast(6) + "_lpmf" }
    return name
  }

  /// The distributions by name, with the suffix of their density.
  static let densitySuffixes: [String: String] = ["_lpdf", "_lpmf"].reduce(into: [:]) { result, suffix in
    for name in lines.keys where name.hasSuffix(suffix) { result[String(name.dropLast(5))] = suffix }
  }

  /// What a line says after its names.
  private enum Line {
    case functions(Substring)
    case density(Substring)
    case draws(Substring)

    var signatures: [Signature] {
      switch self {
      case .functions(let text): Signature.read(text)
      case .density(let text): [Signature(parameters: outcomeAndArguments(text), result: .exactly(.real))]
      case .draws(let text): Library.draws(outcomeAndArguments(text))
      }
    }
  }

  private static let lines: [String: [Line]] = {
    var lines: [String: [Line]] = [:]
    for (left, right) in [scalars, operators, arrays, matrices, draws].flatMap(halves) {
      for name in left.pieces(",") { lines[name, default: []].append(.functions(right)) }
    }
    for (left, right) in halves(distributions) {
      // The forms follow the last name.
      let words = left.pieces(",").flatMap { Substring($0).pieces(" ") }
      let names = words.filter { !forms.contains($0) }
      for form in words where forms.contains(form) {
        for suffix in form == "cdf" ? ["_cdf", "_lcdf", "_lccdf"] : ["_" + form] {
          let line: Line = form == "rng" ? .draws(right) : .density(right)
          for name in names { lines[name + suffix, default: []].append(line) }
        }
      }
    }
    return lines
  }()

  private static let forms: Set = ["lpdf", "lpmf", "cdf", "rng"]

  /// The lines of a table, before and after the colon.
  private static func halves(_ table: String) -> [(Substring, Substring)] {
    table.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      let halves = line.split(separator: UInt8(ascii: ":"), maxSplits: 1)
      precondition(halves.count == 2, "a line without ':': \(Substring(line))")
      return (Substring(halves[0]), Substring(halves[1]))
    }
  }

  /// The shapes of a distribution's outcome and arguments: `reals | reals, reals`.
  private static func outcomeAndArguments(_ text: Substring) -> [[Signature.Shape]] {
    let outcome = text.prefix { $0 != "|" }
    let arguments = text.dropFirst(outcome.count + 1)
    return (outcome.pieces(",") + arguments.pieces(",")).map(shapes)
  }

  /// Alternatives have `~` between them here, where `|` follows the outcome.
  private static func shapes(_ text: String) -> [Signature.Shape] {
    if text == "ints" { return [.exactly(.int), .exactly(.int.array(1))] }
    return Substring(text).pieces("~").flatMap { Signature.parameters($0)[0] }
  }

  /// One outcome of scalars, an array of outcomes where any argument has several elements.
  private static func draws(_ taken: [[Signature.Shape]]) -> [Signature] {
    let outcome: StanType = taken[0].contains(.exactly(.int)) ? .int : .real
    let arguments = Array(taken.dropFirst())
    let single = Signature(
      parameters: arguments.map { $0.filter { $0 == .exactly(.int) || $0 == .exactly(.real) } },
      result: .exactly(outcome))
    let several = Signature(parameters: arguments, result: .exactly(outcome.array(1)))
    return arguments.allSatisfy { $0.count == 1 } ? [single] : [single, several]
  }
}

extension Substring {
  /// What stands between separators, without the blanks around it; nothing of blanks alone.
  func pieces(_ separator: Unicode.Scalar) -> [String] {
    utf8.split { $0 == UInt8(ascii: separator) }.map { Substring($0).trimmingBlanks }.filter { !$0.isEmpty }
  }
}

extension StringProtocol {
  /// Without the blanks around it.
  var trimmingBlanks: String {
    let blank = UInt8(ascii: " ")
    var bytes = Array(utf8.drop { $0 == blank })
    while bytes.last == blank { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
