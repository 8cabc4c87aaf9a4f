/// Why runs cannot be exchanged with another tool; `description` is the sentence for the user.
public enum ExchangeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Something in a file is not as its format has it. `line` counts from 1, nil where the file has no lines.
  case malformed(path: String, line: Int?, what: String, fix: String)
  case unreadable(path: String, why: String)
  case unwritable(path: String, why: String)
  case targetExists(path: String)
  /// The file is a store of wb.
  case isStore(path: String)

  public var description: String {
    switch self {
    case .malformed(let path, let line, let what, let fix):
      "\(path):\(line.map { "\($0):" } ?? "") \(what); \(fix)"
    case .unreadable(let path, let why):
      "\(path): it cannot be read (\(why)); check the name, and that you may"
    case .unwritable(let path, let why):
      "\(path): it cannot be written (\(why)); mend that, or name another place"
    case .targetExists(let path): "\(path) is there already; name another place, or take it away"
    case .isStore(let path): "\(path) is a store of wb; take its runs with: wb merge"
    }
  }
}
