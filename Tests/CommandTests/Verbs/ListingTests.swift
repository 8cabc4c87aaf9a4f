import Foundation
import Testing
import Tracking

@Suite struct ListingTests {
  /// Every verb that lists, on a finished small sweep.
  static let listings: [[String]] = [
    ["plan", "sweep.yaml"], ["ls"], ["ls", "--sweeps"], ["ls", "family = full-rank"], ["show", "@first"],
    ["diff", "@first", "@last"], ["compare"],
    ["compare", "--by", "family", "--baseline", "family = mean-field"],
    ["catalog"], ["catalog", "family"], ["catalog", "low-rank"], ["catalog", "run"],
    ["model", "explain", "sweep.yaml"], ["sql", "SELECT * FROM runs"], ["doctor"], ["ls", "--removed"],
    ["sql", "SELECT * FROM runs LIMIT 0"],
  ]

  private func listing(_ verb: [String], _ format: String) throws -> String {
    let bench = try Finished.bench.get()
    let ids = try bench.store().runs().map(\.record.runID)
    let arguments = verb.map { $0 == "@first" ? ids[0] : $0 == "@last" ? ids[11] : $0 }
    let ended = try bench.start(arguments + ["--format", format]).wait()
    #expect(ended.code == 0, "\(ended.errors)")
    return ended.output
  }

  @Test("JSON is one array of objects", arguments: listings.filter { $0[0] != "compare" })
  func json(verb: [String]) throws {
    let value = try JSONSerialization.jsonObject(with: Data(try listing(verb, "json").utf8))
    #expect(value is [[String: Any]])
  }

  @Test("CSV has a header and as many fields in every row", arguments: listings)
  func csv(verb: [String]) throws {
    let rows = CSV.rows(try listing(verb, "csv"))
    let header = try #require(rows.first)
    #expect(header.allSatisfy { !$0.isEmpty })
    #expect(rows.allSatisfy { $0.count == header.count })
  }

  @Test("a table keeps to 80 columns", arguments: listings.filter { !["sql", "doctor"].contains($0[0]) })
  func table(verb: [String]) throws {
    let lines = try listing(verb, "table").split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines { #expect(line.count <= 80, "\(line)") }
  }

  @Test("markdown is a table", arguments: listings)
  func markdown(verb: [String]) throws {
    let lines = try listing(verb, "markdown").split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("| ---") || $0.hasPrefix("|  --") || $0.contains("---") })
  }
}

/// RFC 4180.
enum CSV {
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    // Scalars: a carriage return and a line feed are one Character.
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"":
        isQuoted.toggle()
        field.unicodeScalars.append(scalar)
      case ",", "\n":
        if isQuoted {
          field.unicodeScalars.append(scalar)
          continue
        }
        row.append(unquoted(field))
        field = ""
        if scalar == "\n" {
          rows.append(row)
          row = []
        }
      case "\r" where !isQuoted: break
      default: field.unicodeScalars.append(scalar)
      }
    }
    return rows
  }

  private static func unquoted(_ field: String) -> String {
    guard field.hasPrefix("\"") else { return field }
    return String(field.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }
}
