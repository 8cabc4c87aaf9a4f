import FileFormats
import Foundation
import Testing
import Tracking

/// The pictures of reports that models make.
@Suite struct ReportPictureTests {
  /// A copy of the finished image runs, to report on.
  private func copy(data: Bool = true) throws -> Workbench {
    let bench = try Workbench()
    let source = try TrainedBench.bench.get()
    for name in ["wb.sqlite", "wb.checkpoints"] + (data ? ["images.npy"] : []) {
      try FileManager.default.copyItem(
        at: source.folder.appending(path: name), to: bench.folder.appending(path: name))
    }
    return bench
  }

  private func pictures(_ bench: Workbench, _ sweep: String = "pictures") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bench.path("Reports/\(sweep)/plots")).filter { name in
      ["reconstructions", "samples", "traversal"].contains { name.hasPrefix($0) }
    }.sorted()
  }

  /// The run with the higher last test ELBO per datum, with that.
  private func best(_ bench: Workbench) throws -> (id: String, elbo: Double) {
    let runs = try bench.store().runs(in: "pictures").map { run in
      let points = try bench.store().series(of: "test_elbo_per_datum", runID: run.record.runID)
      return (String(run.record.runID.prefix(8)), try #require(points.last).value)
    }
    #expect(runs.count == 2)
    return try #require(runs.max { $0.1 < $1.1 })
  }

  @Test("a report of images shows what its best run makes")
  func images() throws {
    let bench = try copy()
    try bench.done("report", "pictures")
    let best = try best(bench)
    let names = ["reconstructions", "samples", "traversal"].map { "\($0)-vae-\(best.id)" }
    #expect(try pictures(bench) == names)
    for name in names {
      #expect(
        try bench.bytes("Reports/pictures/plots/\(name)/\(name).png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
    let text = try bench.read("Reports/pictures/report.md")
    let elbo = String(format: "%.2f", best.elbo)
    #expect(text.contains("with test ELBO \(elbo) nats per datum, the highest of 2 runs."))
    #expect(text.contains("The first 18 of the test data, each above E"))
  }

  @Test("the same report is written twice to the same bytes")
  func same() throws {
    let bench = try copy()
    try bench.done("report", "pictures")
    let name = try #require(try pictures(bench).first)
    let first = try bench.bytes("Reports/pictures/plots/\(name)/\(name).png")
    try bench.done("report", "pictures")
    #expect(try bench.bytes("Reports/pictures/plots/\(name)/\(name).png") == first)
  }

  @Test("reconstructions are left out where the data are not found or have changed, and WB_DATA finds them")
  func missingData() throws {
    let bench = try copy(data: false)
    let source = try TrainedBench.bench.get()
    try bench.done("report", "pictures")
    #expect(try pictures(bench).map { $0.prefix(4) } == ["samp", "trav"])
    try bench.write(NPYArray.file(TrainedBench.images(89), shape: [89, 3, 4]), to: "images.npy")
    try bench.done("report", "pictures")
    #expect(try pictures(bench).map { $0.prefix(4) } == ["samp", "trav"])
    try FileManager.default.removeItem(at: bench.folder.appending(path: "images.npy"))
    let ended = try bench.wb("report", "pictures", environment: ["WB_DATA": source.folder.path])
    #expect(ended.code == 0)
    #expect(try pictures(bench).map { $0.prefix(4) } == ["reco", "samp", "trav"])
  }

  @Test("data that are no images, and runs without checkpoints, have no pictures")
  func none() throws {
    let bench = try copy()
    try bench.done("report", "columns")
    #expect(try pictures(bench, "columns").isEmpty)
    try FileManager.default.removeItem(at: bench.folder.appending(path: "wb.checkpoints"))
    let ended = try bench.wb("report", "pictures")
    #expect(ended.code == 0)
    #expect(ended.errors.isEmpty)
    #expect(try pictures(bench).isEmpty)
  }

  @Test("a damaged checkpoint is named, and the report is written without its pictures")
  func damaged() throws {
    let bench = try copy()
    for name in try bench.files(in: "wb.checkpoints").keys {
      try bench.write("x", to: "wb.checkpoints/\(name)")
    }
    let ended = try bench.wb("report", "pictures")
    #expect(ended.code == 0)
    #expect(ended.errors.hasPrefix("wb: the checkpoint "))
    #expect(ended.errors.hasSuffix("; the report is without its pictures\n"))
    #expect(try pictures(bench).isEmpty)
  }
}
