import Execution
import FileFormats
import Foundation
import Inference
import Reporting
import Tracking

/// The pictures of one run.
extension RunPictures {
  private static let sampleCount = 64
  private static let reconstructionCount = 32
  private static let traversedLatents = 8
  private static let traversedValues = (0...10).map { -3 + 0.6 * Double($0) }

  /// None where the data of the run are no images.
  func pictures(of best: Best) throws -> [ReportImage] {
    let checkpoint = try CheckpointFolder(besides: store.path).read(best.run.record.runID)
    let trained = checkpoint.trained
    guard let size = trained.shape.image else { return [] }
    let sheet = ImageSheet(size, of: trained)
    let latents = try activeLatents(of: best.run, trained)
    let parts =
      [reconstructions(of: checkpoint, on: sheet), samples(of: trained, on: sheet)]
      + [traversal(of: trained, latents, on: sheet)]
    return try parts.compactMap(\.self).map { part in
      ReportImage(
        name: "\(part.name)-\(trained.modelName)-\(best.run.record.runID.prefix(8))",
        title: "\(part.title) of \(trained.modelName)", caption: "\(part.caption) Of \(best.reason).",
        png: Data(try part.picture.file()))
    }
  }

  private struct Part {
    var name: String
    var title: String
    var caption: String
    var picture: PNGImage
  }

  /// The first rows of the test data, else the validation, else the training data; nil where they are not found.
  private func reconstructions(of checkpoint: Checkpoint, on sheet: ImageSheet) -> Part? {
    guard let data = try? LearningData(configuration: checkpoint.configuration, tables: tables) else {
      return nil
    }
    let (name, all) =
      data.test.map { ("test", $0) } ?? data.validation.map { ("validation", $0) } ?? (
        "training", data.training
      )
    let rows = all.first(Self.reconstructionCount)
    let (originals, reconstructions) = checkpoint.trained.reconstruct(rows)
    return Part(
      name: "reconstructions", title: "Reconstructions",
      caption:
        "The first \(rows.rowCount) of the \(name) data, each above E[x given z] at the mean z of its posterior.",
      picture: sheet.pairs(originals, reconstructions, perRow: min(16, rows.rowCount)))
  }

  /// Means of x; of a mixture draws, as it has only one mean for each component.
  private func samples(of trained: TrainedModel, on sheet: ImageSheet) -> Part? {
    let samples = trained.sample(Self.sampleCount, seed: 0)
    let draws = trained.isCategorical ? samples.draws : nil
    return Part(
      name: "samples", title: "Samples",
      caption: draws == nil
        ? "E[x given z] for \(Self.sampleCount) draws of z from the prior."
        : "\(Self.sampleCount) draws of x.",
      picture: sheet.picture(draws ?? samples.means, perRow: 8))
  }

  private func traversal(
    of trained: TrainedModel, _ latents: [(index: Int, variance: Double)], on sheet: ImageSheet
  ) -> Part? {
    if latents.isEmpty { return nil }
    let names = latents.map { "\($0.index + 1) (\(NumberText.rounded($0.variance)))" }
    let which =
      latents.count == 1 ? "A line for the active latent" : "A line for each of the most active latents"
    return Part(
      name: "traversal", title: "Latents",
      caption:
        "\(which) \(names.joined(separator: ", ")), in brackets the variance of its posterior mean: E[x given z] "
        + "for its values from -3 to 3, the others 0.",
      picture: sheet.picture(
        trained.traverse(latents.map(\.index), over: Self.traversedValues), perRow: Self.traversedValues.count
      ))
  }

  /// The latents whose posterior means vary over the data, the most varying first.
  private func activeLatents(of run: RunSummary, _ trained: TrainedModel) throws -> [(
    index: Int, variance: Double
  )] {
    if trained.isCategorical { return [] }
    let id = run.record.runID
    let threshold: Double =
      switch run.value(of: "evaluate.active_variance") {
      case .number(let value): value
      case .integer(let value): Double(value)
      case nil, .null, .text: 0
      }
    let active = try (0..<trained.latentCount).compactMap { index in
      try store.summaries(of: "posterior_mean_variance[\(index + 1)]", runIDs: [id])[id]
        .flatMap { $0.last > threshold ? (index: index, variance: $0.last) : nil }
    }
    return Array(
      active.sorted { ($0.variance, $1.index) > ($1.variance, $0.index) }.prefix(Self.traversedLatents))
  }
}
