import Tracking

/// The name of the sweep and its question.
enum OpeningSection {
  static func markdown(_ input: ReportInput) -> String {
    let question = input.sweep.description.split(whereSeparator: \.isNewline).map {
      Markdown.escaped(String($0))
    }
    return
      (["# \(Markdown.escaped(input.sweep.name))"]
      + (question.isEmpty ? [] : [question.joined(separator: "\n")]))
      .joined(separator: "\n\n") + "\n"
  }
}
