/// What a worker says of itself again and again: a number that grows, and whether it has left. Below the first line stands what is
/// for readers.
public struct WorkerState: Sendable, Hashable {
  static let format = "wb-worker-1"

  public var beat: Int
  /// The chunks that a worker gave up when it left in good order, which are anyone's; nil while it works. What else it had is done, even
  /// where that cannot be seen yet.
  public var givenUp: Set<Int>?
  public var text: [UInt8]

  public init(beat: Int, givenUp: Set<Int>? = nil, text: [UInt8] = []) {
    self.beat = beat
    self.givenUp = givenUp
    self.text = text
  }

  public var hasLeft: Bool { givenUp != nil }

  /// Reads a file; nil where it is none.
  public init?(file: [UInt8]) {
    let end = file.firstIndex(of: 0x0A) ?? file.endIndex
    let words = file[..<end].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    guard words.count >= 3, words[0] == Self.format, let beat = Int(words[1]) else { return nil }
    self.init(
      beat: beat, givenUp: words[2] == "left" ? Set(words[3...].compactMap { Int($0) }) : nil,
      text: end < file.endIndex ? Array(file[file.index(after: end)...]) : [])
  }

  public var file: [UInt8] {
    let words = givenUp.map { ["left"] + $0.sorted().map(String.init) } ?? ["here"]
    return Array("\(Self.format) \(beat) \(words.joined(separator: " "))\n".utf8) + text
  }
}

/// Keeps a worker's claims alive.
public struct Heartbeat<Folder: SharedFolder> {
  private let folder: Folder
  private let worker: String
  private var beat = 0

  public init(of worker: String, in folder: Folder) {
    self.worker = worker
    self.folder = folder
  }

  /// Says that the worker lives; to be called every `PoolTiming.renewal` seconds.
  public mutating func renew(_ text: [UInt8] = []) throws(FolderError) { try beat(nil, text) }

  /// Says that the worker leaves, and which chunks it leaves to others.
  public mutating func leave(_ givenUp: Set<Int>, _ text: [UInt8] = []) throws(FolderError) {
    try beat(givenUp, text)
  }

  private mutating func beat(_ givenUp: Set<Int>?, _ text: [UInt8]) throws(FolderError) {
    beat += 1
    try folder.replace(
      PoolNames.state(of: worker), WorkerState(beat: beat, givenUp: givenUp, text: text).file)
  }
}

extension Heartbeat: Sendable where Folder: Sendable {}

/// How long things take that nobody can be asked about.
public struct PoolTiming: Sendable, Hashable {
  /// A worker that has not been seen to live for so many seconds, by the clock of the one who looks, is gone.
  public var lease: Double

  public init(lease: Double) { self.lease = lease }

  /// The seconds between two beats: five may be late or unseen.
  public var renewal: Double { lease / 6 }
}

/// The claim of a worker, as its file says it: the worker, and below what is for readers.
enum ClaimText {
  static func file(of worker: String, text: [UInt8]) -> [UInt8] { Array((worker + "\n").utf8) + text }

  static func worker(file: [UInt8]) -> String? {
    let line = file.prefix { $0 != 0x0A }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }
}
