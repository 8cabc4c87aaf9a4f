/// One line of what an examination of a store has found.
public struct StoreFinding: Sendable, Hashable {
  public enum Gravity: String, Sendable, Hashable, CaseIterable {
    /// As it should be.
    case ok
    /// Good to know.
    case note
    /// Worth a look; nothing is lost.
    case warning
    /// The file is not what was written.
    case damage
  }

  /// What was looked at: integrity, schema, blocks, claims, space, …
  public var check: String
  public var gravity: Gravity
  /// The run that it is about; nil where it is about no single one.
  public var runID: String?
  public var what: String
  /// What to do about it; nil where there is nothing to do.
  public var fix: String?

  public init(_ check: String, _ gravity: Gravity, runID: String? = nil, _ what: String, fix: String? = nil) {
    self.check = check
    self.gravity = gravity
    self.runID = runID
    self.what = what
    self.fix = fix
  }

  /// As many as a reader takes in, and one that says how many more there are.
  static func abridged(_ findings: [StoreFinding]) -> [StoreFinding] {
    let most = 10
    guard findings.count > most + 1, let last = findings.last else { return findings }
    return findings.prefix(most)
      + [
        StoreFinding(last.check, last.gravity, "and \(findings.count - most) more like these", fix: last.fix)
      ]
  }
}
