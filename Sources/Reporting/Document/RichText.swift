/// Text with a little structure, for every kind of page.
///
/// Written as a literal in which `code` stands between backquotes and **strong** text between double asterisks. What is
/// interpolated is data: it stays text, whatever characters it has.
public struct RichText: Sendable, Hashable, ExpressibleByStringInterpolation {
  struct Span: Sendable, Hashable {
    var text: String
    var isStrong = false
    var isCode = false
    /// The heading that it leads to.
    var target: String?
  }

  private(set) var spans: [Span] = []

  /// The spans that are not empty, those that are strong in a row together.
  var runs: [(isStrong: Bool, spans: [Span])] {
    var runs: [(isStrong: Bool, spans: [Span])] = []
    for span in spans where !span.text.isEmpty {
      if runs.last?.isStrong == span.isStrong {
        runs[runs.count - 1].spans.append(span)
      } else {
        runs.append((span.isStrong, [span]))
      }
    }
    return runs
  }

  public var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

  /// Plain text.
  public init(_ text: String) {
    spans = [Span(text: text)]
  }

  public init(stringLiteral value: String) {
    var interpolation = StringInterpolation(literalCapacity: value.utf8.count, interpolationCount: 0)
    interpolation.appendLiteral(value)
    self.init(stringInterpolation: interpolation)
  }

  public init(stringInterpolation: StringInterpolation) {
    spans = stringInterpolation.spans
  }

  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var spans: [Span] = []
    private var isStrong = false
    private var isCode = false

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) {
      var text = ""
      var rest = literal[...]
      while let character = rest.first {
        if rest.hasPrefix("**") || character == "`" {
          append(text)
          text = ""
          if character == "`" { isCode.toggle() } else { isStrong.toggle() }
          rest = rest.dropFirst(character == "`" ? 1 : 2)
        } else {
          text.append(character)
          rest = rest.dropFirst()
        }
      }
      append(text)
    }

    private mutating func append(_ text: String) {
      if !text.isEmpty { spans.append(Span(text: text, isStrong: isStrong, isCode: isCode)) }
    }

    /// Data, as text.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      append(value.description)
    }

    /// Data, as code.
    public mutating func appendInterpolation(code text: String) {
      spans.append(Span(text: text, isStrong: isStrong, isCode: true))
    }

    public mutating func appendInterpolation(_ text: RichText) {
      for var span in text.spans {
        span.isStrong = span.isStrong || isStrong
        spans.append(span)
      }
    }

    /// A link to a heading of the page.
    public mutating func appendInterpolation(link text: String, to heading: String) {
      spans.append(Span(text: text, isStrong: isStrong, target: heading))
    }
  }

  public static func + (left: RichText, right: RichText) -> RichText {
    var sum = left
    sum.spans += right.spans
    return sum
  }

  public static func += (left: inout RichText, right: RichText) {
    left.spans += right.spans
  }
}

extension Sequence<RichText> {
  func joined(separator: RichText) -> RichText {
    var isFirst = true
    return reduce(into: "") { all, next in
      if !isFirst { all += separator }
      all += next
      isFirst = false
    }
  }
}
