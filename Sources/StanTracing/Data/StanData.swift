package import FileFormats
import StanLanguage

/// The values of a data file, in the JSON form that CmdStan reads.
package struct StanData: Sendable {
  /// What to call the data in messages.
  package let name: String
  private let values: [String: JSONValue]

  package static let none = StanData(name: "no data", values: [:])

  private init(name: String, values: [String: JSONValue]) {
    self.name = name
    self.values = values
  }

  /// - Throws: what is wrong with the text.
  package init(_ bytes: [UInt8], name: String) throws(JSONProblem) {
    let root = try JSONValue(bytes[...])
    guard case .object(let entries) = root else {
      throw JSONProblem(line: 1, what: "the data are no object of names and values")
    }
    self.init(name: name, values: Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) }))
  }

  var names: [String] { values.keys.sorted() }

  subscript(name: String) -> JSONValue? { values[name] }
}

extension Tracer {
  /// Gives every variable of the data block its value and checks it against its declaration.
  func read(_ data: StanData) throws(StanDiagnostic) {
    for statement in program.data {
      guard case .declaration(let declaration) = statement.kind else { continue }
      let name = declaration.name.name
      guard let json = data[name] else {
        // An array without elements may be left out.
        if let empty = try? blank(declaration.type), empty.flattened?.count == 0 {
          variables[declaration.name.symbol] = empty
          continue
        }
        let near = data.names.isEmpty ? "" : "; it has \(data.names.prefix(12).joined(separator: ", "))"
        throw StanDiagnostic(
          at: declaration.name.range, what: "\(data.name) has no value of '\(name)'",
          fix: "add it to the data\(near)")
      }
      let reader = DataReader(name: name, source: data.name, range: declaration.name.range)
      let value = try reader.value(json, declaration.type, in: self).with(.data)
      variables[declaration.name.symbol] = value
      try check(value, declaration, what: "\(data.name): '\(name)'")
    }
  }

  /// Refuses values that are known and outside of their constraint.
  func check(_ value: Value, _ declaration: Declaration, what: String) throws(StanDiagnostic) {
    let range = declaration.name.range
    func require(_ lower: Expression?, _ upper: Expression?) throws(StanDiagnostic) {
      guard let values = value.flattened?.constants else { return }
      let low = try lower.map { bound throws(StanDiagnostic) in try evaluate(bound) }?.flattened?.constants
      let high = try upper.map { bound throws(StanDiagnostic) in try evaluate(bound) }?.flattened?.constants
      for (place, number) in values.enumerated() {
        if let low, let bound = low.count == 1 ? low.first : low.dropFirst(place).first, !(number >= bound) {
          throw StanDiagnostic(
            at: range, what: "\(what) is \(number.short) at element \(place + 1)",
            fix: "it must be \(bound.short) or more")
        }
        if let high, let bound = high.count == 1 ? high.first : high.dropFirst(place).first,
          !(number <= bound)
        {
          throw StanDiagnostic(
            at: range, what: "\(what) is \(number.short) at element \(place + 1)",
            fix: "it must be \(bound.short) or less")
        }
      }
    }
    switch declaration.constraint {
    case .lower(let lower): try require(lower, nil)
    case .upper(let upper): try require(nil, upper)
    case .bounds(let lower, let upper): try require(lower, upper)
    default: break
    }
  }
}

extension Double {
  /// Without a fraction where there is none.
  var short: String { self == rounded() && abs(self) < 1e15 ? String(Int(self)) : "\(self)" }
}

/// Reads one variable's value by its declaration.
private struct DataReader {
  let name: String
  let source: String
  let range: SourceRange

  func value(_ json: JSONValue, _ type: SizedType, in tracer: Tracer) throws(StanDiagnostic) -> Value {
    switch type {
    case .int: return .int(try integer(json), [])
    case .real: return .real(try number(json))
    case .vector(let size): return .numeric(Numeric(.vector, try numbers(json, tracer.size(size))))
    case .rowVector(let size): return .numeric(Numeric(.rowVector, try numbers(json, tracer.size(size))))
    case .matrix(let first, let second):
      let (rows, columns) = (try tracer.size(first), try tracer.size(second))
      var elements: [Double] = []
      let parts = rows == 0 || columns == 0 ? [] : try list(json, rows)
      for part in parts { elements += try numbers(part, columns) }
      return .numeric(Numeric(.matrix, rows: rows, columns: columns, .constant(elements)))
    case .array(let sizes, let element):
      var counts: [Int] = []
      for size in sizes { counts.append(try tracer.size(size)) }
      return try array(json, counts[...], element, in: tracer)
    case .tuple(let parts):
      guard case .object(let entries) = json, entries.count == parts.count else {
        throw wrong("an object with the keys \"1\" to \"\(parts.count)\"")
      }
      var values: [Value] = []
      for (place, part) in parts.enumerated() {
        guard let entry = entries.first(where: { $0.key == String(place + 1) }) else {
          throw wrong("an object with the keys \"1\" to \"\(parts.count)\"")
        }
        values.append(try value(entry.value, part, in: tracer))
      }
      return .tuple(values)
    }
  }

  private func array(_ json: JSONValue, _ counts: ArraySlice<Int>, _ element: SizedType, in tracer: Tracer)
    throws(StanDiagnostic) -> Value
  {
    guard let count = counts.first else { return try value(json, element, in: tracer) }
    let items = try list(json, count)
    if counts.count == 1 {
      switch element {
      case .int:
        var values: [Int] = []
        values.reserveCapacity(items.count)
        for item in items { values.append(try integer(item)) }
        return .ints(values, [])
      case .real: return .numeric(Numeric(.array, try numbers(json, count)))
      default: break
      }
    }
    var values: [Value] = []
    for item in items { values.append(try array(item, counts.dropFirst(), element, in: tracer)) }
    return .array(values)
  }

  private func list(_ json: JSONValue, _ count: Int) throws(StanDiagnostic) -> [JSONValue] {
    guard case .array(let items) = json else {
      // One element may stand without its brackets.
      if count == 1 { return [json] }
      throw wrong("a list of \(count)")
    }
    guard items.count == count else {
      throw StanDiagnostic(
        at: range, what: "\(source): '\(name)' has \(items.count) elements where its sizes ask for \(count)",
        fix: "give as many")
    }
    return items
  }

  private func numbers(_ json: JSONValue, _ count: Int) throws(StanDiagnostic) -> [Double] {
    let items = try list(json, count)
    var values: [Double] = []
    values.reserveCapacity(items.count)
    for item in items { values.append(try number(item)) }
    return values
  }

  private func integer(_ json: JSONValue) throws(StanDiagnostic) -> Int {
    if case .number(let text) = json {
      if let value = Int(text) { return value }
      if let value = Double(text), value == value.rounded(), abs(value) < 9e15 { return Int(value) }
    }
    if case .boolean(let value) = json { return value ? 1 : 0 }
    throw wrong("an integer")
  }

  private func number(_ json: JSONValue) throws(StanDiagnostic) -> Double {
    switch json {
    case .number(let text):
      if let value = Double(text) { return value }
    case .string(let text):
      switch text.lowercased() {
      case "nan": return .nan
      case "inf", "+inf", "infinity", "+infinity": return .infinity
      case "-inf", "-infinity": return -.infinity
      default: break
      }
    default: break
    }
    throw wrong("a number")
  }

  private func wrong(_ expected: String) -> StanDiagnostic {
    StanDiagnostic(
      at: range, what: "\(source): '\(name)' does not hold \(expected) where its declaration asks for it",
      fix: "give it the shape that the program declares")
  }
}
