extension OptionKind {
  /// What the option takes, for listings: `a number above 0`, `one of centered, noncentered`.
  public var description: String {
    switch self {
    case .number(let bounds): bounds.description
    case .integer(let range): Self.description(of: range)
    case .boolean: "true or false"
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .text: "text"
    case .numbers(let bounds): bounds.description + ", or a list"
    case .texts: "a list of names"
    case .textLists: "a list of lists of names"
    case .settings(let options, let names):
      (names + ["{\(options.map { "\($0.name): …" }.joined(separator: ", "))}"]).joined(separator: " or ")
    case .component(.betaSchedule): "a number or a beta-schedule"
    case .component(let kind): ("aeiou".contains(kind.rawValue.prefix(1)) ? "an " : "a ") + kind.rawValue
    case .table: "a table's path"
    case .array: "an array's path"
    case .file: "a file's path"
    case .program: "a program's path, or its text"
    case .fileOrValues: "a file's path, or a mapping of names to values"
    case .integers(let range): Self.description(of: range) + ", or a list"
    case .words: "a list of words"
    case .wordMapping: "a mapping of names to words"
    case .values: "a mapping of any names to values"
    }
  }

  static func description(of range: ClosedRange<Int>) -> String {
    range.upperBound == .max
      ? "an integer from \(range.lowerBound)" : "an integer from \(range.lowerBound) to \(range.upperBound)"
  }
}
