import Execution
import FileFormats
import Foundation
import Inference
import Reporting
import Tracking

/// The pictures of a report that models make: for the best run of each kind of images, reconstructions, samples and a
/// traversal of its latents.
struct RunPictures {
  private static let sampleCount = 64
  private static let reconstructionCount = 32
  private static let traversedLatents = 8
  private static let traversedValues = (0...10).map { -3 + 0.6 * Double($0) }

  private let store: Store
  private let tables: any TableSource

  /// - Parameter tables: where the data of the runs are found.
  init(_ store: Store, tables: any TableSource) {
    self.store = store
    self.tables = tables
  }

  /// The pictures, the best run of each kind after another in the order of the runs.
  ///
  /// Runs without a checkpoint, or whose data are no images, have none; runs whose data are not found have no
  /// reconstructions.
  func images(of runs: [RunSummary]) throws -> [ReportImage] {
    var images: [ReportImage] = []
    for kind in kinds(of: runs) {
      guard let best = try best(of: kind) else { continue }
      do {
        images += try pictures(of: best)
      } catch let error as CheckpointError {
        Console.error("wb: \(error); the report is without its pictures")
      }
    }
    return images
  }

  // MARK: Which runs

  /// The options of a model that say what its likelihood is of, without which bounds cannot be ranked.
  private static let kindOptions: Set<String> = [
    "features", "standardize", "divide_by", "binarize", "validation_fraction", "test_fraction", "likelihood",
  ]

  /// The finished runs with a checkpoint, those of one model on the same data together.
  private func kinds(of runs: [RunSummary]) -> [[RunSummary]] {
    let folder = CheckpointFolder(besides: store.path)
    var order: [[String]] = []
    var kinds: [[String]: [RunSummary]] = [:]
    for run in runs where run.status == .finished && folder.has(run.record.runID) {
      let key =
        [run.record.model]
        + run.record.parameters.filter { parameter in
          let option = parameter.key.split(separator: ".").last.map(String.init) ?? ""
          return parameter.key.hasPrefix("model.")
            && (option.hasSuffix("_digest") || Self.kindOptions.contains(option))
        }.map { "\($0.key)=\($0.value)" }
      if kinds[key] == nil { order.append(key) }
      kinds[key, default: []].append(run)
    }
    return order.compactMap { kinds[$0] }
  }

  /// A run, and why it was chosen.
  private struct Best {
    var run: RunSummary
    var reason: String
  }

  /// The run with the highest ELBO per datum: of the test data where it is recorded, else of the training data.
  private func best(of runs: [RunSummary]) throws -> Best? {
    let tested = try store.lastValues(of: "test_elbo_per_datum", runIDs: runs.map(\.record.runID))
    func score(_ run: RunSummary) -> Double? {
      if !tested.isEmpty { return tested[run.record.runID].flatMap { $0.isNaN ? nil : $0 } }
      guard case .integer(let count) = run.value(of: "data_count"), count > 0 else { return nil }
      return run.outcome?.yardstick?.elbo.map { $0 / Double(count) }
    }
    var best: (run: RunSummary, score: Double)?
    for run in runs {
      if let score = score(run), score > best?.score ?? -.infinity { best = (run, score) }
    }
    guard let best else { return nil }
    let measure = tested.isEmpty ? "ELBO" : "test ELBO"
    let value = NumberText.fixed(best.score, digits: 2)
    return Best(
      run: best.run,
      reason:
        "run \(best.run.record.runID.prefix(8)) (seed \(best.run.record.seed)) with \(measure) \(value) nats per "
        + "datum" + (runs.count > 1 ? ", the highest of \(runs.count) runs" : ""))
  }

  // MARK: What they make

  private func pictures(of best: Best) throws -> [ReportImage] {
    let checkpoint = try CheckpointFolder(besides: store.path).read(best.run.record.runID)
    let trained = checkpoint.trained
    guard let size = trained.shape.image else { return [] }
    let sheet = ImageSheet(size, of: trained)
    func image(_ name: String, _ title: String, _ caption: String, _ picture: PNGImage) throws -> ReportImage
    {
      ReportImage(
        name: "\(name)-\(trained.modelName)-\(best.run.record.runID.prefix(8))",
        title: "\(title) of \(trained.modelName)", caption: "\(caption) Of \(best.reason).",
        png: Data(try picture.file()))
    }
    var images: [ReportImage] = []
    if let (rows, name) = rows(of: checkpoint) {
      let (originals, reconstructions) = trained.reconstruct(rows)
      let picture = sheet.pairs(originals, reconstructions, perRow: min(16, rows.rowCount))
      images.append(
        try image(
          "reconstructions", "Reconstructions",
          "The first \(rows.rowCount) of the \(name) data, each above E[x given z] at the mean z of its posterior.",
          picture))
    }
    images.append(
      try image(
        "samples", "Samples", "E[x given z] for \(Self.sampleCount) draws of z from the prior.",
        sheet.picture(trained.sample(Self.sampleCount, seed: 0).means, perRow: 8)))
    let latents = try activeLatents(of: best.run, trained)
    if !latents.isEmpty {
      let numbers = trained.traverse(latents.map(\.index), over: Self.traversedValues)
      let names = latents.map { "\($0.index + 1) (\(NumberText.rounded($0.variance)))" }
      images.append(
        try image(
          "traversal", "Latents",
          "A line for each of the \(latents.count == 1 ? "active latent" : "most active latents") "
            + "\(names.joined(separator: ", ")), in brackets the variance of its posterior mean: E[x given z] for values from "
            + "-3 to 3, the others 0.",
          sheet.picture(numbers, perRow: Self.traversedValues.count)))
    }
    return images
  }

  /// The first rows of the test data, else the validation, else the training data; nil where they are not found.
  private func rows(of checkpoint: Checkpoint) -> (rows: DataRows, name: String)? {
    guard let data = try? LearningData(configuration: checkpoint.configuration, tables: tables) else {
      return nil
    }
    let parts = [("test", data.test), ("validation", data.validation), ("training", data.training)]
    for (name, rows) in parts {
      if let rows { return (rows.first(Self.reconstructionCount), name) }
    }
    return nil
  }

  /// The latents whose posterior means vary over the data, the most varying first.
  private func activeLatents(of run: RunSummary, _ trained: TrainedModel) throws -> [(
    index: Int, variance: Double
  )] {
    if trained.isCategorical { return [] }
    var threshold = 0.01
    if case .number(let value) = run.value(of: "evaluate.active_variance") { threshold = value }
    var latents: [(index: Int, variance: Double)] = []
    for index in 0..<trained.latentCount {
      let metric = "posterior_mean_variance[\(index + 1)]"
      let last = try store.lastValues(of: metric, runIDs: [run.record.runID])[run.record.runID]
      if let last, last > threshold { latents.append((index, last)) }
    }
    return Array(
      latents.sorted { ($0.variance, $1.index) > ($1.variance, $0.index) }.prefix(Self.traversedLatents))
  }
}
