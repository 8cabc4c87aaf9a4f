package import Tracking

/// Writes runs of a store for other tools.
package struct RunExport {
  let store: Store
  let runs: [RunSummary]

  package init(_ runs: [RunSummary], of store: Store) {
    self.store = store
    self.runs = runs
  }

  /// Writes to a file or folder, where there is none.
  ///
  /// - Parameter raw: whether texts go into CSV without what keeps a spreadsheet from executing them.
  /// - Returns: how many values were written.
  package func write(as format: ExchangeFormat, to path: String, raw: Bool) throws -> Int {
    switch format {
    case .csv:
      try OutputText.folder(path)
      var count = 0
      for part in CSVExport.Part.allCases {
        try OutputText.file("\(path)/\(part.rawValue).csv") {
          count += try CSVExport(self, raw: raw).write(part, to: $0)
        }
      }
      return count
    case .jsonl:
      var count = 0
      try OutputText.file(path) { count = try JSONLinesExport(self).write(to: $0) }
      return count
    case .mlflow: return try MLflowExport(self).write(to: path)
    case .tensorboard: return try TensorBoardExport(self).write(to: path)
    }
  }

  /// Writes one part as CSV, or all as lines of JSON, to `print`.
  package func print(_ part: CSVExport.Part?, raw: Bool, _ print: @escaping (String) throws -> Void) throws {
    let output = OutputText(print: print)
    if let part {
      _ = try CSVExport(self, raw: raw).write(part, to: output)
    } else {
      _ = try JSONLinesExport(self).write(to: output)
    }
    try output.close()
  }

  /// Calls `body` with each recorded value of a run: those of `steps` in the order of steps, then metric by metric.
  func forEachPoint(of run: RunSummary, _ body: (String, PointRecord) throws -> Void) throws {
    let id = run.record.runID
    try store.forEachBatch(of: id) { batch in
      for column in StepColumn.allCases {
        for index in 0..<batch.count {
          guard let value = batch[column].value(at: index) else { break }
          try body(column.name, PointRecord(step: batch.firstStep + batch.stride * index, value: value))
        }
      }
    }
    for metric in try store.metrics(of: id) {
      try store.forEachPiece(of: metric, runID: id) { points in
        for point in points { try body(metric, point) }
      }
    }
  }
}
