import Foundation
import Inference
import SweepConfig
import Testing

@Suite("tables")
struct DataFilesTests {
  private let folder: URL

  init() {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tables-\(UUID().uuidString)")
  }

  private func table(_ content: some Sequence<UInt8>, _ name: String = "data.csv") throws -> DataTable {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(content).write(to: folder.appendingPathComponent(name))
    defer { try? FileManager.default.removeItem(at: folder) }
    return try DataFiles(besides: folder.appendingPathComponent("sweep.yaml").path).table(at: name)
  }

  private func error(_ content: some Sequence<UInt8>, _ name: String = "data.csv") -> String {
    do {
      return "no error: \(try table(content, name).columns)"
    } catch {
      return "\(error)"
    }
  }

  private let expected = [
    DataTable.Column(name: "x", values: [1, 0.001]), DataTable.Column(name: "y z", values: [-2, 3000]),
  ]

  @Test(
    "CSV in every dress is one table",
    arguments: [
      "x,y z\n1,-2\n1e-3,3e3\n", "x,y z\n1,-2\n1e-3,3e3", "x,y z\r\n1,-2\r\n1e-3,3e3\r\n",
      "\u{FEFF}x,y z\n1,-2\n.001,3000.0\n\n", "\"x\",\"y z\"\n\"1\",\"-2\"\n1e-3,\"3e3\"\n",
      "x , y z\n 1 ,\t-2\n\n+1e-3,3e+3\n",
    ])
  func csv(_ text: String) throws {
    let table = try table(text.utf8)
    #expect(table.columns == expected)
    #expect(table.name == "data.csv")
  }

  @Test("quoted names keep commas, quotes and line breaks")
  func quotes() throws {
    #expect(
      try table("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\n1,2,3\n".utf8).columns.map(\.name) == [
        "a,b", "say \"x\"", "two\nlines",
      ])
  }

  @Test("a cell that is not a number is remembered with its line, for when its column is used")
  func badCells() throws {
    let columns = try table("x,y,z\n1,NA,0x10\n2,,nan\n3,5,6\n".utf8).columns
    #expect(columns[0].firstBadCell == nil)
    #expect(columns[1].firstBadCell == DataTable.BadCell(location: "data.csv:2", text: "NA"))
    #expect(columns[2].firstBadCell == DataTable.BadCell(location: "data.csv:2", text: "0x10"))
    #expect(columns[1].values[1].isNaN && columns[1].values[2] == 5)
  }

  @Test(
    "a malformed CSV says its line",
    arguments: [
      ("", "data.csv: the file is empty; give it a header and rows"),
      ("\n\n", "data.csv: the file is empty; give it a header and rows"),
      ("x,y\n", "data.csv: the file has a header and no rows; add rows below the header"),
      (
        "x,y\n1,2\n3\n",
        "data.csv:3: the row has 1 cell and the header 2; give every row as many cells as the header"
      ),
      (
        "x,y\r\n1,2\r\n3,4,5\r\n",
        "data.csv:3: the row has 3 cells and the header 2; give every row as many cells as the header"
      ),
      ("x,y\n1,\"2\n3,4\n", "data.csv:2: a quote is not closed; add the closing quote"),
      (
        "x,y\n1,\"2\"3\n",
        "data.csv:2: text after a closing quote; put the whole cell in quotes, and double quotes in it"
      ),
      ("x,x\n1,2\n", "data.csv:1: column 'x' appears twice; rename one of them"),
      ("x,\n1,2\n", "data.csv:1: column 2 has no name; name it in the header"),
      ("x\n1\u{0}\n", "data.csv: the file is binary; use CSV or JSON, plain or gzipped"),
    ])
  func malformedCSV(_ text: String, _ message: String) {
    #expect(error(text.utf8) == message)
  }

  @Test(
    "JSON as arrays or as objects is the same table",
    arguments: [
      #"{"N": 2, "x": [1, 1e-3], "y z": [-2, 3000], "note": "text"}"#,
      #"[{"x": 1, "y z": -2}, {"y z": 3e3, "x": 0.001}]"#,
    ])
  func json(_ text: String) throws {
    #expect(try table(text.utf8, "data.json").columns == expected)
  }

  @Test("an array of arrays is a column for each place")
  func nestedJSON() throws {
    let columns = try table(#"{"X": [[1, 2], [3, null]], "y": [5, 6]}"#.utf8, "data.json").columns
    #expect(columns.map(\.name) == ["X.1", "X.2", "y"])
    #expect(columns[0].values == [1, 3])
    #expect(columns[1].firstBadCell == DataTable.BadCell(location: "data.json:1", text: "null"))
  }

  @Test(
    "a malformed JSON says its line",
    arguments: [
      ("{\"x\": [1,\n2,,3]}", "data.json:2: an unexpected character; make it valid JSON"),
      ("{\"x\": [1,\n2", "data.json:2: a JSON array lacks ',' or ']'; make it valid JSON"),
      ("{\"x\": [01e]}", "data.json:1: '01e' is not a JSON value; make it valid JSON"),
      ("{\"x\" [1]}", "data.json:1: key \"x\" lacks its ':'; make it valid JSON"),
      ("{\"x\": [1]} 2", "data.json:1: text after the end of the JSON value; make it valid JSON"),
      (
        "{\"x\": [1],\n\"y\": [1, 2]}",
        "data.json:2: column 'y' has 2 values and 'x' has 1; make the arrays equally long"
      ),
      (
        "{\"X\": [[1],\n[1, 2]]}",
        "data.json:2: the rows of 'X' have different lengths; make the inner arrays equally long"
      ),
      ("[{\"x\": 1},\n{\"y\": 1}]", "data.json:2: the row has no 'x'; give every row the keys of the first"),
      ("3", "data.json:1: the file is a single value; use an object of arrays, or an array of objects"),
      (
        "{\"x\": 3}",
        "data.json: the file has no columns of numbers; use an object of arrays, or an array of objects"
      ),
      (String(repeating: "[", count: 1000), "data.json:1: JSON nested more than 64 deep; make it valid JSON"),
    ])
  func malformedJSON(_ text: String, _ message: String) {
    #expect(error(text.utf8, "data.json") == message)
  }

  /// `printf 'x,y z\n1,-2\n1e-3,3e3\n' | gzip -n`
  private let gzipped: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xAB, 0xD0, 0xA9, 0x54, 0xA8, 0xE2, 0x32,
    0xD4, 0xD1, 0x35, 0xE2, 0x32, 0x4C, 0xD5, 0x35, 0xD6, 0x31, 0x4E, 0x35, 0xE6, 0x02, 0x00, 0x78, 0x12,
    0xFC, 0x07, 0x14, 0x00, 0x00, 0x00,
  ]

  @Test("a gzipped table has the columns and the digest of the plain one")
  func gzip() throws {
    let zipped = try table(gzipped, "data.csv.gz")
    #expect(zipped.columns == expected)
    #expect(zipped.digest == "a6dab2482beef650")
  }

  @Test("gzip members one after another are one file")
  func gzipMembers() throws {
    #expect(error(gzipped + gzipped, "data.csv.gz").hasPrefix("no error"))
  }

  @Test(
    "a file's bytes come decompressed, with its absolute path and the digest of a table of the same bytes")
  func files() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, content) in [("own.bin", [0, 255, 7]), ("data.csv.gz", gzipped)] {
      try Data(content).write(to: folder.appendingPathComponent(name))
    }
    let files = DataFiles(besides: folder.appendingPathComponent("sweep.yaml").path)
    let own = try files.bytes(at: "own.bin")
    #expect(own.bytes == [0, 255, 7] && own.name == "own.bin")
    #expect(own.place == folder.standardizedFileURL.appendingPathComponent("own.bin").path)
    let zipped = try files.bytes(at: "data.csv.gz")
    #expect(zipped.digest == "a6dab2482beef650" && zipped.bytes.starts(with: "x,y z\n".utf8))
    #expect(throws: SettingsProblem.self) { try files.bytes(at: "none.bin") }
  }

  @Test("damaged gzip is refused")
  func damagedGzip() {
    let message = "data.csv.gz: the gzip data are damaged or cut off; make the file again"
    #expect(error(gzipped.dropLast(5), "data.csv.gz") == message)
    #expect(error(gzipped + [1, 2, 3], "data.csv.gz") == message)
    var flipped = gzipped
    flipped[flipped.count - 6] ^= 1
    #expect(error(flipped, "data.csv.gz") == message)
  }
}
