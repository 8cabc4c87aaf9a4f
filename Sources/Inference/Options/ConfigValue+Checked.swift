/// Reading values with their bounds, for the options.
extension ConfigValue {
  func number(in bounds: Bounds) throws(SettingsProblem) -> Double {
    guard let number = asNumber else { throw .wrongKind(self, expected: bounds.description) }
    guard bounds.contains(number) else {
      throw SettingsProblem(path: [], what: "is \(number.shortest)", fix: "use \(bounds.description)")
    }
    return number
  }

  func integer(in range: ClosedRange<Int>) throws(SettingsProblem) -> Int {
    let words = OptionKind.description(of: range)
    let number: Int
    switch self {
    case .integer(let value): number = value
    case .number(let value):
      guard let whole = Int(exactly: value) else {
        throw SettingsProblem(path: [], what: "is \(value.shortest)", fix: "use \(words)")
      }
      number = whole
    default: throw .wrongKind(self, expected: words)
    }
    guard range.contains(number) else {
      throw SettingsProblem(path: [], what: "is \(number)", fix: "use \(words)")
    }
    return number
  }

  /// A number, or a list of them.
  func numbers(in bounds: Bounds) throws(SettingsProblem) -> [Double] {
    guard case .list(let items) = self else {
      guard asNumber != nil else { throw .wrongKind(self, expected: "a number or a list of numbers") }
      return [try number(in: bounds)]
    }
    var numbers: [Double] = []
    for (index, item) in items.enumerated() {
      do throws(SettingsProblem) {
        numbers.append(try item.number(in: bounds))
      } catch {
        throw error.prefixed([String(index)])
      }
    }
    return numbers
  }

  /// A whole number, or a list of them.
  func integers(in range: ClosedRange<Int>) throws(SettingsProblem) -> [Int] {
    guard case .list(let items) = self else { return [try integer(in: range)] }
    var numbers: [Int] = []
    for (index, item) in items.enumerated() {
      do throws(SettingsProblem) {
        numbers.append(try item.integer(in: range))
      } catch {
        throw error.prefixed([String(index)])
      }
    }
    return numbers
  }

  /// One of an enumeration's raw values.
  func choice<Choice: RawRepresentable<String> & CaseIterable>() throws(SettingsProblem) -> Choice {
    let names = Choice.allCases.map(\.rawValue)
    guard case .text(let text) = self else {
      throw .wrongKind(self, expected: "one of \(names.joined(separator: ", "))")
    }
    guard let choice = Choice(rawValue: text) else {
      throw .unknownName(text, kind: "value", valid: names, at: [])
    }
    return choice
  }
}

extension Double {
  /// The shortest text that reads back as the same number, without a trailing `.0`.
  package var shortest: String {
    self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self)
  }
}
