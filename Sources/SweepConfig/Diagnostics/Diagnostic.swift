/// One thing wrong with a sweep file or with an argument on the command line, and where.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// Where the text at fault comes from.
  public enum Origin: Hashable, Sendable {
    /// A sweep file, by the path it was given as.
    case file(String)
    /// A `key=value` argument, in full.
    case argument(String)
  }

  public var origin: Origin
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, counted in Unicode scalars.
  public var column: Int
  /// What is wrong and how to fix it, in one sentence; further lines show what is meant.
  public var message: String
  /// The line at fault as it stands in its source; nil where the message is about the file as a whole.
  public var sourceLine: String?
  /// How many cells of the sweep are affected; 0 where the problem is not one of cells.
  public var cellCount: Int

  public init(
    origin: Origin, line: Int, column: Int, message: String, sourceLine: String?, cellCount: Int = 0
  ) {
    self.origin = origin
    self.line = line
    self.column = column
    self.message = message
    self.sourceLine = sourceLine
    self.cellCount = cellCount
  }

  /// `sweep.yaml:12:5: message`, then the line and a caret under the column.
  public var description: String {
    let count = cellCount > 1 ? " (\(cellCount) cells)" : ""
    let place =
      switch origin {
      case .file(let path): sourceLine == nil ? path : "\(path):\(line):\(column)"
      case .argument(let text): "argument '\(visible(text))'"
      }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
    let headline = "\(place): \(lines[0])\(count)"
    let source = sourceLine.map { [excerpt(of: $0, column: column)] } ?? []
    return ([headline] + source + lines.dropFirst()).joined(separator: "\n")
  }
}

/// Everything that is wrong with a sweep, in the order of its text.
public struct SweepError: Error, Hashable, Sendable, CustomStringConvertible {
  public var diagnostics: [Diagnostic]

  /// How many diagnostics `description` prints before it counts the rest.
  public static let printedLimit = 50

  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  public var description: String {
    var parts = diagnostics.prefix(Self.printedLimit).map(\.description)
    let rest = diagnostics.count - parts.count
    if rest > 0 { parts.append("… and \(rest) more") }
    return parts.joined(separator: "\n")
  }
}
