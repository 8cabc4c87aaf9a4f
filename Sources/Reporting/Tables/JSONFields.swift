/// A JSON document with its fields in the order in which they are said.
indirect enum JSONFields {
  case object([(String, JSONFields)])
  case list([JSONFields])
  case text(String)
  case integer(Int)
  /// null where it is not finite.
  case number(Double)
  case flag(Bool)
  case null

  static func optional(_ value: Double?) -> JSONFields { value.map(JSONFields.number) ?? .null }

  /// Two blanks for each level; what holds plain values alone, or lists of them, stands on one line.
  func text(indent: String = "") -> String {
    switch self {
    case .text(let text): JSONTable.string(text)
    case .integer(let number): "\(number)"
    case .number(let number): number.isFinite ? NumberText.exact(number) : "null"
    case .flag(let flag): "\(flag)"
    case .null: "null"
    case .list(let items): enclosed(items.map { ("", $0) }, "[", "]", indent)
    case .object(let fields):
      enclosed(fields.map { (JSONTable.string($0.0) + ": ", $0.1) }, "{", "}", indent)
    }
  }

  private func enclosed(
    _ items: [(String, JSONFields)], _ open: String, _ close: String, _ indent: String
  ) -> String {
    if !isNested {
      return open + items.map { $0.0 + $0.1.text() }.joined(separator: ", ") + close
    }
    let inner = indent + "  "
    let lines = items.map { inner + $0.0 + $0.1.text(indent: inner) }
    return open + "\n" + lines.joined(separator: ",\n") + "\n" + indent + close
  }

  private var isNested: Bool {
    switch self {
    case .object(let fields): fields.contains { $0.1.isNested || $0.1.isObject }
    case .list(let items): items.contains { $0.isNested || $0.isObject }
    default: false
    }
  }

  private var isObject: Bool {
    if case .object = self { true } else { false }
  }
}
