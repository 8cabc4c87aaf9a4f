/// How the program of a run ended, and what it wrote.
public struct ProgramOutput: Sendable, Hashable {
  /// nil where a signal ended it, or it never ran.
  public var exitCode: Int?
  /// The signal that ended it.
  public var signal: Int?
  /// What it wrote to its standard output and error, the middle of long ones left out.
  public var standardOutput: String
  public var standardError: String

  public init(exitCode: Int?, signal: Int?, standardOutput: String, standardError: String) {
    self.exitCode = exitCode
    self.signal = signal
    self.standardOutput = standardOutput
    self.standardError = standardError
  }
}
