import Foundation
import Testing

/// What moves on a terminal while runs execute.
@Suite struct ProgressTests {
  /// What `wb run` writes to a terminal of so many columns, with both outputs on it.
  private func terminal(columns: Int, _ options: String, environment: [String: String] = [:]) throws -> String
  {
    let bench = try Workbench(sweep: SampleSweep.long)
    try bench.write("stty cols \(columns); exec \"$0\" run sweep.yaml seeds=2 \(options)\n", to: "run.sh")
    let command = "sh -c '. ./run.sh' \(Binary.path)"
    let ended = try bench.start(
      ["script", "-qec", command, "typescript"], program: "/usr/bin/env",
      environment: ["TERM": "xterm"].merging(environment) { $1 }
    ).wait()
    #expect(ended.code == 0)
    return ended.output
  }

  private static let hasScript = Tool.works(["script", "--version"])

  @Test(
    "a terminal gets a bar that keeps to its width and is taken away",
    .enabled("no script here") { hasScript })
  func bar() throws {
    for columns in [80, 40] {
      let text = try terminal(columns: columns, "")
      let frames = text.split(separator: "\r").filter { $0.contains("/4 runs, ") }
      #expect(!frames.isEmpty)
      for frame in frames {
        let shown = frame.replacing("\u{1B}[32m", with: "").replacing("\u{1B}[0m", with: "")
          .replacing("\u{1B}[K", with: "")
        #expect(shown.count < columns)
      }
      #expect(text.contains("\r\u{1B}[Klong: 4 runs, 4 finished; 4 executed in "))
    }
  }

  @Test(
    "NO_COLOR and --no-color are obeyed", .enabled("no script here") { hasScript },
    arguments: [("", ["NO_COLOR": "1"]), ("--no-color", [:])])
  func color(options: String, environment: [String: String]) throws {
    #expect(try terminal(columns: 80, "").contains("\u{1B}[32m"))
    #expect(try !terminal(columns: 80, options, environment: environment).contains("\u{1B}[32m"))
  }

  @Test("a file or a dumb terminal gets no escapes", .enabled("no script here") { hasScript })
  func plain() throws {
    #expect(try !terminal(columns: 80, "", environment: ["TERM": "dumb"]).contains("\u{1B}"))
    let bench = try Workbench(sweep: SampleSweep.small)
    #expect(try bench.wb("run", "sweep.yaml").errors == "next: wb compare, or wb report\n")
    #expect(try bench.wb("run", "sweep.yaml", "--force", "--progress", "none").code == 0)
  }

  @Test("a reader that leaves is no failure, and a full disk is one")
  func outputs() throws {
    let bench = try Finished.bench.get()
    try bench.write(
      "\"$1\" sql 'SELECT * FROM steps' | head -1\n\"$1\" ls > /dev/full\necho $?\n", to: "pipe.sh")
    let ended = try bench.start(["sh", "pipe.sh", Binary.path], program: "/usr/bin/env").wait()
    #expect(ended.errors == "wb: the result cannot be written: No space left on device\n")
    #expect(ended.output.hasSuffix("\n1\n"))
  }
}
