import Comparison
import Tracking

/// What was asked: the axes with their values, what all runs have in common, the seeds, the data.
enum AskedSection {
  private static let fixedKeys = [
    "model", "family", "objective", "form", "estimator", "optimizer", "beta", "samples", "steps",
  ]
  private static let mostValues = 12

  static func blocks(_ analysis: ReportAnalysis) -> [DocumentBlock] {
    let runs = analysis.input.runs
    guard !runs.isEmpty else { return [] }
    let axes = RunKeys.varying(in: runs)
    var table = Table(columns: [
      Table.Column("axis"), Table.Column("values", alignment: .right), Table.Column("which", isProse: true),
    ])
    for axis in axes {
      let values = Set(runs.map { Label(key: axis, text: RunKeys.text($0.value(of: axis))) })
      let sorted = values.map { GroupKey([$0]) }.sorted().map { $0.labels[0].text }
      let shown = sorted.prefix(mostValues).joined(separator: ", ") + (sorted.count > mostValues ? ", …" : "")
      table.append([.text(axis), .integer(values.count), .text(shown)])
    }
    let seeds = Set(runs.map(\.record.seed))
    table.append([.text("seed"), .integer(seeds.count), .text(ranges(of: seeds.sorted()))])
    var blocks: [DocumentBlock] = [.heading(2, "What was asked"), .table(table)]
    var (fixed, following): ([RichText], [RichText]) = ([], [])
    for key in fixedKeys where !axes.contains(key) {
      let values = Set(runs.compactMap { run in run.value(of: key).map(RunKeys.text) }).sorted()
      guard let first = values.first else { continue }
      if values.count == 1 {
        fixed.append("\(code: key) \(first)")
      } else {
        following.append("\(code: key) \(values.joined(separator: " or "))")
      }
    }
    if !fixed.isEmpty { blocks.append(.paragraph("The same in all runs: \(fixed.joined(separator: ", ")).")) }
    if !following.isEmpty {
      blocks.append(.paragraph("What follows from these axes: \(following.joined(separator: ", "))."))
    }
    if let data = data(of: runs) { blocks.append(.paragraph(data)) }
    return blocks
  }

  /// `0 to 19`, or a list with gaps.
  private static func ranges(of seeds: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for seed in seeds {
      if let last = ranges.last, last.upperBound + 1 == seed {
        ranges[ranges.count - 1] = last.lowerBound...seed
      } else {
        ranges.append(seed...seed)
      }
    }
    let texts = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
    return texts.prefix(mostValues).joined(separator: ", ") + (texts.count > mostValues ? ", …" : "")
  }

  /// The data by name and digest, where the configuration has them.
  private static func data(of runs: [RunSummary]) -> RichText? {
    var seen: Set<String> = []
    var parts: [RichText] = []
    for run in RunCells(of: runs).examples {
      for parameter in run.record.parameters
      where parameter.key.hasPrefix("model.") && parameter.key.hasSuffix("_digest") {
        let name = String(parameter.key.dropLast("_digest".count))
        guard let path = run.value(of: name), seen.insert("\(name)=\(path)=\(parameter.value)").inserted
        else { continue }
        parts.append("\(code: RunKeys.text(path)) (digest \(code: RunKeys.text(parameter.value)))")
      }
    }
    return parts.isEmpty ? nil : "Data: \(parts.prefix(mostValues).joined(separator: ", "))."
  }
}
