import Tracking

/// Event files of TensorBoard, a folder for each run: `SWEEP/RUN/events.out.tfevents.0.wb`.
///
/// Values are floats there (seven digits, infinite beyond 3.4e38): TensorBoard shows no others.
struct TensorBoardExport {
  private let export: RunExport

  init(_ export: RunExport) { self.export = export }

  func write(to path: String) throws -> Int {
    try OutputText.folder(path)
    var count = 0
    for run in export.runs {
      let folder = "\(path)/\(Self.fileName(run.record.sweep))/\(Self.fileName(run.record.runID))"
      try OutputText.folder(folder)
      try OutputText.file("\(folder)/events.out.tfevents.0.wb") { count += try write(run, to: $0) }
    }
    return count
  }

  private func write(_ run: RunSummary, to output: OutputText) throws -> Int {
    let time = run.startedAt ?? 0
    var bytes: [UInt8] = []
    TFRecord.append(ScalarEvent.fileVersion(time: time), to: &bytes)
    var count = 0
    var (name, tag) = ("", [UInt8]())
    try export.forEachPoint(of: run) { metric, point in
      if metric != name {
        name = metric
        tag = Array(metric.utf8)
      }
      TFRecord.append(
        ScalarEvent.event(time: time, step: point.step, tag: tag, value: point.value), to: &bytes)
      count += 1
      if bytes.count >= 1 << 16 {
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try output.write(bytes)
    return count
  }

  /// A name as that of a file: letters, digits, `-`, `_` and `.` that is not the first; others are `_`, and what is long is
  /// cut to 100.
  static func fileName(_ name: String) -> String {
    let safe = name.unicodeScalars.prefix(100).map { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "-_.".unicodeScalars.contains(scalar))
        ? Character(scalar) : "_"
    }
    let text = String(safe)
    return text.isEmpty ? "_" : text.hasPrefix(".") ? "_" + text.dropFirst() : text
  }
}
