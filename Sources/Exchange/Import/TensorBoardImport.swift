import Foundation
import Tracking

/// Event files of TensorBoard: a run for each folder that has some, named by its path.
package enum TensorBoardImport {
  package static func runs(path: String, sweep: String) throws(ExchangeError) -> ImportedRuns {
    let folders = try eventFiles(at: path)
    guard !folders.isEmpty else {
      throw .malformed(
        path: path, line: nil, what: "there is no event file in it",
        fix: "name a folder with files events.out.tfevents.…")
    }
    var imported = ImportedRuns(format: .tensorboard)
    var others = 0
    for (name, files) in folders.sorted(by: { $0.key < $1.key }) {
      var collector = RunCollector(path: path, sweep: sweep, repetition: .lastCounts)
      let run = try collector.place(of: name, line: nil)
      var order = 0
      for file in files.sorted() {
        others += try read(file, bytes(file), into: &collector, run, &order, &imported.remarks)
      }
      imported.runs += try collector.finish()
      if collector.repeated > 0 {
        imported.remarks.append(
          "run '\(name)': \(collector.repeated) values were left out: later ones have their steps")
      }
    }
    if others > 0 { imported.remarks.append("\(others) summaries that are no scalars were left out") }
    return imported
  }

  /// The run of one file's bytes.
  package static func runs(_ bytes: [UInt8], path: String, name: String, sweep: String) throws(ExchangeError)
    -> ImportedRuns
  {
    var imported = ImportedRuns(format: .tensorboard)
    var collector = RunCollector(path: path, sweep: sweep, repetition: .lastCounts)
    let run = try collector.place(of: name, line: nil)
    var order = 0
    let others = try read(path, bytes, into: &collector, run, &order, &imported.remarks)
    imported.runs = try collector.finish()
    if others > 0 { imported.remarks.append("\(others) summaries that are no scalars were left out") }
    return imported
  }

  /// Reads the events of a file; returns how many summaries are no scalars.
  private static func read(
    _ path: String, _ bytes: [UInt8], into collector: inout RunCollector, _ run: Int, _ order: inout Int,
    _ remarks: inout [String]
  ) throws(ExchangeError) -> Int {
    var index = 0
    var others = 0
    while index < bytes.count {
      let start = index
      let record: ArraySlice<UInt8>
      do throws(TFRecord.Problem) {
        record = try TFRecord.next(bytes, at: &index)
      } catch {
        guard case .cutOff = error, start > 0 else { throw damaged(path, start) }
        remarks.append("\(path): the last record is cut off at byte \(start), and left out")
        return others
      }
      let event: ScalarEvent
      do throws(Protobuf.Damage) { event = try ScalarEvent(record) } catch { throw damaged(path, start) }
      others += event.others
      for scalar in event.scalars {
        order += 1
        try collector.add(scalar.value, of: scalar.tag, step: event.step, run: run, order: order, line: nil)
      }
      if event.time.isFinite, event.time > 0 {
        collector.change(run) { run in
          run.startedAt = min(run.startedAt ?? event.time, event.time)
          run.endedAt = max(run.endedAt ?? event.time, event.time)
        }
      }
    }
    return others
  }

  private static func damaged(_ path: String, _ start: Int) -> ExchangeError {
    .malformed(
      path: path, line: nil, what: "the record at byte \(start) is damaged",
      fix: "take the file from where it was written")
  }

  /// The event files by the names of their runs: the path of their folder below `path`.
  private static func eventFiles(at path: String) throws(ExchangeError) -> [String: [String]] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .unreadable(path: path, why: "it is not there")
    }
    let url = URL(fileURLWithPath: path)
    guard isFolder.boolValue else { return [url.deletingLastPathComponent().lastPathComponent: [path]] }
    var files: [String: [String]] = [:]
    guard let names = FileManager.default.enumerator(atPath: path) else { return [:] }
    for case let name as String in names where name.contains("tfevents") {
      let file = "\(path)/\(name)"
      guard
        (try? FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType) == .typeRegular
      else { continue }
      let folder = name.split(separator: "/").dropLast().joined(separator: "/")
      files[folder.isEmpty ? url.lastPathComponent : folder, default: []].append(file)
    }
    return files
  }

  private static func bytes(_ path: String) throws(ExchangeError) -> [UInt8] { try ImportFile.bytes(path) }
}
