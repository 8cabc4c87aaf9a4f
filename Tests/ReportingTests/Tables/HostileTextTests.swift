import Foundation
import Reporting
import Testing

/// Names that try to be more than names.
let hostileNames = [
  "it's", "a \"quoted\" name", "back\\slash", "line\nbreak", "a\r\nb", "tab\there", "'; DROP TABLE runs; --",
  "=HYPERLINK(\"http://x\")", "+1", "-1+1", "@SUM(A1)", "a|b", "`code`", "```", "$(touch pwned)", "$x$",
  "<script>",
  "[link](http://x)", "![i](x)", "**bold**", "_it_", "a_b", "# title", "\u{202E}evil\u{202C}", "\u{0}nul",
  "\u{1B}[31mred", "zero\u{200B}width", "\u{2028}sep", "漢字 🎉", "", String(repeating: "x", count: 10_000),
]

@Suite struct HostileTextTests {
  private func table(_ name: String) -> Table {
    Table(
      columns: [Table.Column(name), Table.Column("n", alignment: .right)], rows: [[.text(name), .integer(1)]])
  }

  @Test("a plain table keeps one line per row and passes nothing to the terminal", arguments: hostileNames)
  func plain(name: String) {
    let text = TableFormat.table.render(table(name))
    #expect(text.unicodeScalars.count { $0 == "\n" } == 3)
    #expect(
      text.unicodeScalars.allSatisfy {
        $0 == "\n" || ![.control, .format].contains($0.properties.generalCategory)
      })
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("a markdown table keeps its two columns and holds no raw HTML", arguments: hostileNames)
  func markdown(name: String) {
    let text = TableFormat.markdown.render(table(name))
    for line in text.split(separator: "\n") {
      let bare = line.replacing("\\\\", with: "").replacing("\\|", with: "")
      #expect(bare.count { $0 == "|" } == 3)
      #expect(!line.contains("<"))
    }
  }

  @Test("CSV gives the name back, formulas with an apostrophe in front", arguments: hostileNames)
  func csv(name: String) throws {
    let fields = parseCSV(TableFormat.csv.render(table(name)))
    let field = try #require(fields.dropFirst(2).first)
    #expect(field == name || field == "'" + name)
    #expect(!"=+-@".contains(field.first ?? " "))
    #expect(fields.last == "1")
  }

  @Test("JSON gives the name back", arguments: hostileNames)
  func json(name: String) throws {
    let object = try JSONSerialization.jsonObject(with: Data(TableFormat.json.render(table(name)).utf8))
    let row = try #require((object as? [[String: Any]])?.first)
    if name != "n" { #expect(row[name] as? String == name) }
  }

  /// The fields of a CSV text, by the rules of RFC 4180.
  private func parseCSV(_ text: String) -> [String] {
    var fields: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isQuoted {
        if scalar != "\"" {
          field.append(scalar)
        } else if scalars.first == "\"" {
          field.append(scalars.removeFirst())
        } else {
          isQuoted = false
        }
      } else if scalar == "\"" {
        isQuoted = true
      } else if scalar == "," || scalar == "\n" {
        fields.append(String(field))
        field = String.UnicodeScalarView()
      } else if scalar != "\r" {
        field.append(scalar)
      }
    }
    return fields
  }
}
