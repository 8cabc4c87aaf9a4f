import Foundation
import Testing

/// The scripts of the committed reports, and of reports that are made now, as anybody would redraw them.
@Suite(
  .enabled("gnuplot is not installed") {
    try Workbench().start(["gnuplot", "--version"], program: "/usr/bin/env").wait().code == 0
  })
struct ReportPlotTests {
  /// Redraws every script under a folder, in a copy of its own.
  private func redrawAll(under folder: URL, in bench: Workbench) throws {
    let plots = folder.appending(path: "plots")
    let names = try FileManager.default.contentsOfDirectory(atPath: plots.path).sorted()
    var count = 0
    for name in names {
      let copy = bench.folder.appending(path: "copy-\(name)")
      try FileManager.default.copyItem(at: plots.appending(path: name), to: copy)
      // Pictures that models made have no script.
      guard FileManager.default.fileExists(atPath: copy.appending(path: "\(name).gp").path) else { continue }
      let arguments = ["-C", copy.path, "LC_ALL=C.UTF-8", "gnuplot", "\(name).gp"]
      let ended = try bench.start(arguments, program: "/usr/bin/env").wait()
      #expect(ended.code == 0 && ended.errors == "" && ended.output == "", "\(name): \(ended.errors)")
      count += 1
    }
    #expect(count > 0)
  }

  private static let reports = Binary.repository.appending(path: "Reports")

  @Test(
    "stock gnuplot redraws every plot of every committed report without a warning",
    .enabled("there is no folder Reports yet") { FileManager.default.fileExists(atPath: reports.path) },
    arguments: Experiment.names)
  func committed(name: String) throws {
    try redrawAll(under: Self.reports.appending(path: name), in: Workbench())
  }

  @Test(
    "and every plot of a report that is made now",
    arguments: ["eight-schools", "three-elbos", "em-climbs", "two-kls"])
  func fresh(name: String) throws {
    let bench = try Workbench()
    let sweep = Experiment.folder.appending(path: "\(name)/sweep.yaml").path
    try bench.done("run", sweep, "--progress", "none")
    try bench.done("report")
    try redrawAll(under: bench.folder.appending(path: "Reports/\(name)"), in: bench)
  }
}
