import FileFormats
import Foundation
import Testing
import Tracking

/// What runs of learned models leave beside the store.
@Suite struct CheckpointTests {
  private static func columns() throws -> Workbench {
    let bench = try Workbench(sweep: TrainedBench.ppca)
    try bench.write(TrainedBench.table(40), to: "table.csv")
    return bench
  }

  @Test("every finished run of a learned model has one, other runs have none")
  func present() throws {
    let bench = try TrainedBench.bench.get()
    let runs = try ["pictures", "columns"].flatMap { try bench.store().runs(in: $0) }
    #expect(
      try bench.files(in: "wb.checkpoints").keys.sorted()
        == runs.map { $0.record.runID + ".safetensors" }.sorted())
  }

  @Test("it holds every parameter in its shape and precision, and says what the model is")
  func content() throws {
    let bench = try TrainedBench.bench.get()
    let id = try TrainedBench.id("pictures")
    let file = try Safetensors(file: try bench.bytes("wb.checkpoints/\(id).safetensors"))
    let shapes = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.shape) })
    #expect(
      shapes == [
        "decoder.0.weight": [8, 3], "decoder.0.bias": [8], "decoder.1.weight": [12, 8],
        "decoder.1.bias": [12],
        "encoder.0.weight": [8, 12], "encoder.0.bias": [8], "encoder.1.weight": [6, 8], "encoder.1.bias": [6],
      ])
    for tensor in file.tensors {
      guard case .float32 = tensor.values else {
        Issue.record("\(tensor.name) is not float32")
        continue
      }
    }
    var metadata = file.metadata
    let run = try bench.store().run(id)
    #expect(metadata.removeValue(forKey: "configuration") == run.record.config)
    let version = try bench.done("--version").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(
      metadata == [
        "format": "wb-checkpoint-1", "run_id": id, "seed": "0", "model": "vae", "family": "mean-field",
        "precision": "float32", "wb_version": version, "data_width": "12", "image_rows": "3",
        "image_columns": "4",
      ])
  }

  @Test("the names and moments of columns are in it, and one latent is still a matrix")
  func columns() throws {
    let bench = try Self.columns()
    try bench.done("run", "sweep.yaml", "model.ppca.latents=1")
    let id = try #require(try bench.store().runs().first).record.runID
    let file = try Safetensors(file: try bench.bytes("wb.checkpoints/\(id).safetensors"))
    #expect(file["weights"]?.shape == [3, 1])
    #expect(file["offset"]?.shape == [3])
    #expect(file.metadata["column_names"] == #"["weight","height","count"]"#)
    // The third column is 0 … 4 in turn: mean 2, variance 2.
    #expect(try #require(file.metadata["center"]).hasSuffix(",2]"))
    let scale = try #require(file.metadata["scale"]?.dropLast().split(separator: ",").last).description
    #expect(abs(try #require(Double(scale)) - 2.0.squareRoot()) < 1e-14)
  }

  @Test("it is at the path that show names, whatever the store is called")
  func path() throws {
    let bench = try Self.columns()
    try bench.done("run", "sweep.yaml", "--store", "other.db")
    let id = try #require(try bench.store("other.db").runs().first).record.runID
    let shown = CSV.rows(try bench.done("show", id, "--store", "other.db", "--format", "csv"))
    let path = try #require(shown.first { $0[0] == "checkpoint" })[1]
    #expect(path.hasSuffix("/other.db.checkpoints/\(id).safetensors"))
    #expect(FileManager.default.fileExists(atPath: path))
    try bench.done("sample", id, "--store", "other.db")
    let without = CSV.rows(
      try TrainedBench.bench.get().done("show", try TrainedBench.id("small"), "--format", "csv"))
    #expect(!without.contains { $0[0] == "checkpoint" })
  }

  @Test("a run again writes the same bytes")
  func again() throws {
    let bench = try Self.columns()
    try bench.done("run", "sweep.yaml")
    let first = try bench.files(in: "wb.checkpoints")
    try FileManager.default.removeItem(at: bench.folder.appending(path: "wb.checkpoints"))
    let id = try #require(try bench.store().runs().first).record.runID
    let ended = try bench.wb("sample", id)
    #expect(ended.code == 7)
    let path =
      "\((try bench.store().path as NSString).deletingLastPathComponent)/wb.checkpoints/\(id).safetensors"
    #expect(
      ended.errors
        == "wb: the checkpoint of run \(id) is not at \(path); put it back, or make it again with 'wb run FILE --force'\n"
    )
    try bench.done("run", "sweep.yaml", "--force")
    #expect(try bench.files(in: "wb.checkpoints") == first)
    #expect(first.count == 1)
  }

  @Test("a damaged one is refused with what is wrong with it")
  func damaged() throws {
    let bench = try Self.columns()
    try bench.done("run", "sweep.yaml")
    let id = try #require(try bench.store().runs().first).record.runID
    let name = "wb.checkpoints/\(id).safetensors"
    let bytes = try bench.bytes(name)
    func message() throws -> String {
      let ended = try bench.wb("sample", id)
      #expect(ended.code == 7)
      #expect(ended.output.isEmpty)
      return ended.errors
    }
    let end = "; make it again with 'wb run FILE --force'\n"
    try bench.write(Array(bytes.dropLast(8)), to: name)
    #expect(
      try message().hasSuffix(
        "is damaged: the safetensors data are cut off: \(bytes.count) bytes expected, \(bytes.count - 8) found\(end)"
      ))
    let file = try Safetensors(file: bytes)
    try bench.write(Safetensors(Array(file.tensors.dropLast()), metadata: file.metadata).file(), to: name)
    #expect(try message().hasSuffix("is damaged: parameter 'weights' is missing; give all of them\(end)"))
    var metadata = file.metadata
    metadata["run_id"] = "other"
    try bench.write(Safetensors(file.tensors, metadata: metadata).file(), to: name)
    #expect(try message().hasSuffix("is damaged: it is of run other\(end)"))
    metadata = file.metadata
    metadata["data_width"] = "-3"
    try bench.write(Safetensors(file.tensors, metadata: metadata).file(), to: name)
    #expect(try message().hasSuffix("is damaged: the metadata 'data_width' are '-3', not a number\(end)"))
    metadata["data_width"] = "9223372036854775807"
    metadata["column_names"] = nil
    try bench.write(Safetensors(file.tensors, metadata: metadata).file(), to: name)
    #expect(
      try message().hasSuffix("is damaged: no tensor is as wide as its data, 9223372036854775807\(end)"))
    metadata["data_width"] = nil
    try bench.write(Safetensors(file.tensors, metadata: metadata).file(), to: name)
    #expect(try message().hasSuffix("is damaged: it lacks the metadata 'data_width'\(end)"))
    metadata = file.metadata
    metadata["configuration"] = "{\"model\":"
    try bench.write(Safetensors(file.tensors, metadata: metadata).file(), to: name)
    #expect(try message().contains("is damaged: the metadata 'configuration' are damaged: "))
  }

  @Test("where it cannot be written the run has failed, and runs again")
  func unwritable() throws {
    let bench = try Self.columns()
    try bench.write("in the way", to: "wb.checkpoints")
    let ended = try bench.wb("run", "sweep.yaml")
    #expect(ended.code == 4)
    let run = try #require(try bench.store().runs().first)
    #expect(run.status == .failed)
    #expect(run.outcome?.yardstick == nil)
    let path = "\((try bench.store().path as NSString).deletingLastPathComponent)/wb.checkpoints"
    #expect(
      run.outcome?.reason
        == "the checkpoint \(path)/\(run.record.runID).safetensors cannot be written (Not a directory); mend that, then "
        + "'wb run FILE --retry failed'")
    let sampled = try bench.wb("sample", run.record.runID)
    #expect(sampled.code == 2)
    #expect(
      sampled.errors
        == "wb: run \(run.record.runID) is failed, and only finished runs have checkpoints; 'wb ls \"status = finished\"' "
        + "lists them\n")
    try FileManager.default.removeItem(at: bench.folder.appending(path: "wb.checkpoints"))
    try bench.done("run", "sweep.yaml", "--retry", "failed")
    #expect(try bench.files(in: "wb.checkpoints").count == 1)
  }
}
