import Execution
import FileFormats
import Foundation
import Inference
import Reporting
import Tracking

/// The pictures of a report that models make: for the best run of each kind of images, reconstructions, samples and a
/// traversal of its latents.
struct RunPictures {
  let store: Store
  let tables: any TableSource

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
  struct Best {
    var run: RunSummary
    var reason: String
  }

  /// The run with the highest ELBO per datum: of the test data where it is recorded, else of the training data.
  private func best(of runs: [RunSummary]) throws -> Best? {
    let tested = try store.summaries(of: "test_elbo_per_datum", runIDs: runs.map(\.record.runID))
    func score(_ run: RunSummary) -> Double? {
      if !tested.isEmpty { return tested[run.record.runID].flatMap { $0.last.isNaN ? nil : $0.last } }
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
}
