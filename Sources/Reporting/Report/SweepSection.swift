import Tracking

/// The sweep file, word for word.
enum SweepSection {
  static func markdown(_ input: ReportInput) -> String {
    var parts = ["## The sweep", Markdown.fenced(input.sweep.source, language: "yaml").trimmingSuffix()]
    if !input.sweep.overrides.isEmpty {
      let overrides = input.sweep.overrides.map { Markdown.code($0) }.joined(separator: ", ")
      parts.append("Overridden on the command line: \(overrides).")
    }
    return parts.joined(separator: "\n\n") + "\n"
  }
}
