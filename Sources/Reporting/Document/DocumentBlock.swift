import Plotting

/// A piece of a page: what a report is made of, whatever it is written as.
public enum DocumentBlock: Sendable, Hashable {
  /// Of level 1 (the title) to 3.
  case heading(Int, RichText)
  case paragraph(RichText)
  case items([RichText])
  case table(Table)
  /// A table under a title, folded away where the page can do that.
  case folded(RichText, Table)
  case picture(DocumentPicture)
  /// Text as it is.
  case code(String, language: String)
}

/// A picture in `plots/NAME`.
public struct DocumentPicture: Sendable, Hashable {
  /// The folder and the stem of its files.
  public var name: String
  public var title: String
  /// What a reader must know to read it; may be empty.
  public var caption: String
  /// Whether gnuplot draws it from a script beside it; else it is a picture that a model made.
  public var isDrawn: Bool

  public init(name: String, title: String, caption: String, isDrawn: Bool) {
    self.name = name
    self.title = title
    self.caption = caption
    self.isDrawn = isDrawn
  }

  /// The path of one of its files from the page.
  func file(_ suffix: String) -> String { "plots/\(name)/\(name).\(suffix)" }
}

/// What a report can be written as: `--format`.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
  case markdown, html, latex

  /// The pictures that it shows or links to.
  var pictures: [PictureFormat] {
    switch self {
    case .markdown: [.svg, .png]
    case .html: [.svg]
    case .latex: [.pdf]
    }
  }

  public var fileName: String {
    switch self {
    case .markdown: "report.md"
    case .html: "report.html"
    case .latex: "report.tex"
    }
  }
}
