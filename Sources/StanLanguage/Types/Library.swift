/// The functions and distributions of the language with what they take and return.
enum Library {
  /// All signatures of a name; none where the language has no such function.
  static func signatures(of name: String) -> [Signature] { table[normalized(name)] ?? [] }

  static func has(_ name: String) -> Bool { table[normalized(name)] != nil }

  /// Every name, in no order.
  static var names: some Sequence<String> { table.keys }

  /// `_lpdf` for `_lupdf`: what leaves constants out takes the same.
  static func normalized(_ name: String) -> String {
    if name.hasSuffix("_lupdf") { return name.dropLast(6) + "_lpdf" }
    if name.hasSuffix("_lupmf") { return name.dropLast(6) + "_lpmf" }
    return name
  }

  /// The distributions by name, with the suffix of their density.
  static let densitySuffixes: [String: String] = lines(distributions).reduce(into: [:]) { result, line in
    let (names, forms, _) = distribution(line)
    for name in names { result[name] = forms.contains("lpmf") ? "_lpmf" : "_lpdf" }
  }

  private static let table: [String: [Signature]] = {
    var table: [String: [Signature]] = [:]
    for line in [scalars, operators, arrays, matrices, draws].flatMap(lines) {
      let (names, alternatives) = halves(line)
      let signatures = Signature.read(alternatives)
      for name in names.split(separator: ",") {
        table[name.trimmingBlanks, default: []] += signatures
      }
    }
    for line in lines(distributions) {
      let (names, forms, taken) = distribution(line)
      for form in forms {
        for suffix in form == "cdf" ? ["_cdf", "_lcdf", "_lccdf"] : ["_" + form] {
          let signatures = suffix == "_rng" ? draws(taken) : [density(taken)]
          for name in names { table[name + suffix, default: []] += signatures }
        }
      }
    }
    return table
  }()

  private static func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

  private static func halves(_ line: Substring) -> (Substring, Substring) {
    guard let colon = line.firstIndex(of: ":") else { preconditionFailure("a line without ':': \(line)") }
    return (line[..<colon], line[line.index(after: colon)...])
  }

  /// The names of a line of distributions, their forms, and the shapes of the outcome and the arguments.
  private static func distribution(
    _ line: Substring
  ) -> (names: [String], forms: [Substring], taken: [[Signature.Shape]]) {
    let (left, right) = halves(line)
    var names = left.split(separator: ",").map(\.trimmingBlanks)
    let last = names.removeLast().split(separator: " ")
    names.append(String(last[0]))
    let (outcome, arguments) = (right.prefix { $0 != "|" }, right.drop { $0 != "|" }.dropFirst())
    let taken = [outcome.trimmingBlanks] + arguments.split(separator: ",").map(\.trimmingBlanks)
    return (names, last.dropFirst().map { $0 }, taken.filter { !$0.isEmpty }.map(shapes))
  }

  /// Alternatives have `~` between them here, where `|` follows the outcome.
  private static func shapes(_ text: String) -> [Signature.Shape] {
    if text == "ints" { return [.exactly(.int), .exactly(.int.array(1))] }
    return text.split(separator: "~").flatMap { Signature.parameters($0)[0] }
  }

  private static func density(_ taken: [[Signature.Shape]]) -> Signature {
    Signature(parameters: taken, result: .exactly(.real))
  }

  /// One outcome of scalars, an array of outcomes where any argument has several elements.
  private static func draws(_ taken: [[Signature.Shape]]) -> [Signature] {
    let outcome: StanType = taken[0].contains(.exactly(.int)) ? .int : .real
    let arguments = taken.dropFirst()
    let single = Signature(
      parameters: arguments.map { $0.filter { $0 == .exactly(.int) || $0 == .exactly(.real) } },
      result: .exactly(outcome))
    let several = Signature(parameters: Array(arguments), result: .exactly(outcome.array(1)))
    return arguments.allSatisfy { $0.count == 1 } ? [single] : [single, several]
  }
}

extension StringProtocol {
  var trimmingBlanks: String {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
