import Tracking

/// The sweep file, word for word.
enum SweepSection {
  static func blocks(_ input: ReportInput) -> [DocumentBlock] {
    let file: [DocumentBlock] = [.heading(2, "The sweep"), .code(input.sweep.source, language: "yaml")]
    guard !input.sweep.overrides.isEmpty else { return file }
    let overrides = input.sweep.overrides.map { "\(code: $0)" as RichText }.joined(separator: ", ")
    return file + [.paragraph("Overridden on the command line: \(overrides).")]
  }
}
