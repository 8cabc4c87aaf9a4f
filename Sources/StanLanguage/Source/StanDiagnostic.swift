/// An error or a warning at a place of a Stan program.
package struct StanDiagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning }

  package var severity: Severity
  package var range: SourceRange
  /// What is wrong.
  package var what: String
  /// How to put it right.
  package var fix: String

  package init(_ severity: Severity = .error, at range: SourceRange, what: String, fix: String) {
    self.severity = severity
    self.range = range
    self.what = what
    self.fix = fix
  }
}

/// All errors of a program that does not check.
package struct StanProblems: Error, Hashable, Sendable {
  package var problems: [StanDiagnostic]

  package init(_ problems: [StanDiagnostic]) { self.problems = problems }
}
