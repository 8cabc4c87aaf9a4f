import FileFormats
import Inference
import SweepConfig

/// Where an unfinished run is, in a file of its own: a safetensors file of doubles, with a sum over everything in it.
///
/// Its metadata are `format`, `run_id`, `wb_version`, `step`, `seconds`, `sum`, `empty` (the names of tensors without numbers)
/// and `text.NAME` for each text.
struct RunCheckpoint {
  private static let format = "wb-run-1"
  private static let textPrefix = "text."

  var runID: String
  var wbVersion: String
  /// What the run has taken so far.
  var seconds: Double
  var state: FitState

  init(runID: String, wbVersion: String, seconds: Double, state: FitState) {
    self.runID = runID
    self.wbVersion = wbVersion
    self.seconds = seconds
    self.state = state
  }

  func file() -> [UInt8] {
    var metadata = [
      "format": Self.format, "run_id": runID, "wb_version": wbVersion, "step": String(state.step),
      "seconds": String(seconds), "sum": sum,
      "empty": state.numbers.filter(\.value.isEmpty).keys.sorted().joined(separator: ","),
    ]
    for (name, text) in state.texts { metadata[Self.textPrefix + name] = text }
    let tensors = state.numbers.filter { !$0.value.isEmpty }.map { name, values in
      Safetensors.Tensor(name: name, shape: [values.count], values: .float64(values))
    }
    return Safetensors(tensors, metadata: metadata).file()
  }

  /// Reads a file's bytes.
  init(file bytes: [UInt8]) throws(CheckpointDamage) {
    let tensors: Safetensors
    do throws(FormatError) {
      tensors = try Safetensors(file: bytes)
    } catch {
      throw CheckpointDamage(what: error.what)
    }
    let metadata = tensors.metadata
    guard let format = metadata["format"], format == Self.format else {
      throw CheckpointDamage(what: "its format is not '\(Self.format)'")
    }
    guard let runID = metadata["run_id"], let wbVersion = metadata["wb_version"],
      let step = metadata["step"].flatMap(Int.init), let seconds = metadata["seconds"].flatMap(Double.init),
      let empty = metadata["empty"], step >= 0, seconds.isFinite
    else { throw CheckpointDamage(what: "its metadata are damaged") }
    var state = FitState(step: step)
    for name in empty.split(separator: ",") { state.numbers[String(name)] = [] }
    for tensor in tensors.tensors {
      guard case .float64(let values) = tensor.values else {
        throw CheckpointDamage(what: "tensor '\(tensor.name)' is not of doubles")
      }
      state.numbers[tensor.name] = values
    }
    for (key, text) in metadata where key.hasPrefix(Self.textPrefix) {
      state.texts[String(key.dropFirst(Self.textPrefix.count))] = text
    }
    self.init(runID: runID, wbVersion: wbVersion, seconds: seconds, state: state)
    guard metadata["sum"] == sum else {
      throw CheckpointDamage(what: "its numbers are not those that were written")
    }
  }

  /// A sum over all that the file says, by which damage is found (FNV-1a, by words of 64 bits; Fowler, Noll & Vo 1991).
  private var sum: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01b3 }
    func add(_ text: String) {
      add(UInt64(text.utf8.count))
      for byte in text.utf8 { add(UInt64(byte)) }
    }
    for text in [Self.format, runID, wbVersion] { add(text) }
    add(UInt64(bitPattern: Int64(state.step)))
    add(seconds.bitPattern)
    for (name, values) in state.numbers.sorted(by: { $0.key < $1.key }) {
      add(name)
      add(UInt64(values.count))
      // The multiplication carries upwards only: a turn brings the high bits down.
      for value in values {
        add(value.bitPattern)
        hash = hash << 29 | hash >> 35
      }
    }
    for (name, text) in state.texts.sorted(by: { $0.key < $1.key }) {
      add(name)
      add(text)
    }
    return String(hash, radix: 16)
  }
}

/// What happens to the file of an unfinished run, once the store has what the run recorded before.
enum RunFileEvent {
  case write(runID: String, [UInt8])
  case remove(runID: String)

  var runID: String {
    switch self {
    case .write(let runID, _), .remove(let runID): runID
    }
  }
}

/// The unfinished runs beside a store: of `wb.sqlite` those are `wb.checkpoints/RUN.unfinished.safetensors`.
extension CheckpointFolder {
  private static let stateSuffix = ".unfinished.safetensors"

  /// What a file is called while it is written; a kill may leave it.
  private static func partName(_ id: String) -> String { ".\(id)\(stateSuffix).part" }

  func statePath(of id: String) -> String { "\(path)/\(id)\(Self.stateSuffix)" }

  func hasState(of id: String) -> Bool { fileExists(statePath(of: id)) }

  /// Reads where a run is.
  ///
  /// - Parameter check: throws where it cannot go on from there.
  func state(
    of run: Run, wbVersion: String, check: (RunCheckpoint) throws(CheckpointDamage) -> Void
  ) throws(CheckpointDamage) -> RunCheckpoint {
    guard let bytes = contents(statePath(of: run.id)) else {
      throw CheckpointDamage(what: "it cannot be read")
    }
    let saved = try RunCheckpoint(file: bytes)
    guard saved.runID == run.id else { throw CheckpointDamage(what: "it is of run \(saved.runID)") }
    guard saved.wbVersion == wbVersion else {
      throw CheckpointDamage(what: "it is of wb \(saved.wbVersion), and this is \(wbVersion)")
    }
    try check(saved)
    return saved
  }

  /// Does what happens to the files of runs, the last thing that happens to each; returns what could not be written.
  func apply(_ events: [RunFileEvent]) -> [CheckpointError] {
    var last: [String: Int] = [:]
    for (index, event) in events.enumerated() { last[event.runID] = index }
    return events.enumerated().compactMap { index, event in
      guard last[event.runID] == index else { return nil }
      switch event {
      case .remove(let runID):
        remove(statePath(of: runID))
        return nil
      case .write(let runID, let bytes):
        do throws(CheckpointError) {
          try write(bytes, to: statePath(of: runID), part: "\(path)/\(Self.partName(runID))")
          return nil
        } catch {
          return error
        }
      }
    }
  }

  /// Removes what runs that have ended have left, and the folder where nothing else is in it.
  func removeStates(of ended: some Sequence<String>) {
    guard fileExists(path) else { return }
    let names = Set(names)
    for id in ended {
      for name in [id + Self.stateSuffix, Self.partName(id)] where names.contains(name) {
        remove("\(path)/\(name)")
      }
    }
    removeIfEmpty()
  }
}
