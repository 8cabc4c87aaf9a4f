import Foundation
import Plotting
import Testing

@Suite struct GnuplotErrorTests {
  @Test("a missing gnuplot is named, with how to get it, and the script stays for later")
  func missing() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: PlottingError.self) {
        try Gnuplot(program: "no-such-gnuplot").draw(
          Drawing(name: "f", settings: [], plot: [], data: []), in: folder)
      }
      #expect(
        error?.description
          == "'no-such-gnuplot' cannot be started; install gnuplot (Debian: gnuplot-nox)")
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("f.gp").path))
    }
  }

  @Test("gnuplot's own words come back when it fails", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func failing() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: PlottingError.self) {
        try Gnuplot().draw(Drawing(name: "f", settings: ["set nonsense"], plot: [], data: []), in: folder)
      }
      #expect(error?.description.hasPrefix("gnuplot failed on f.gp: ") == true)
      #expect(error?.description.contains("nonsense") == true)
    }
  }

  @Test("a program that ends before it reads the script is an error, not a broken pipe")
  func deaf() throws {
    try withTemporaryFolder { folder in
      let comments = Array(repeating: "# a line of comment", count: 50_000)
      #expect(throws: PlottingError.gnuplotFailed(script: "f.gp", message: "exit status 1")) {
        try Gnuplot(program: "false").draw(
          Drawing(name: "f", settings: comments, plot: [], data: []), in: folder)
      }
    }
  }

  @Test("a folder that cannot be made is named")
  func noFolder() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      let error = #expect(throws: PlottingError.self) {
        try Gnuplot().draw(Drawing(name: "f", settings: [], plot: [], data: []), in: file)
      }
      #expect(error?.description.hasPrefix("cannot write \(file.path): ") == true)
    }
  }
}
