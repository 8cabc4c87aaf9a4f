import Tracking

/// The name of the sweep and its question.
enum OpeningSection {
  static func blocks(_ input: ReportInput) -> [DocumentBlock] {
    let question = input.sweep.description.split(whereSeparator: \.isNewline).joined(separator: " ")
    return [.heading(1, RichText(input.sweep.name))]
      + (question.isEmpty ? [] : [.paragraph(RichText(question))])
  }
}
