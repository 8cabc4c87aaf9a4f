import Foundation
public import Sharing

/// What a worker says of itself to those who look into the shared folder.
public struct WorkerReport: Sendable, Hashable, Codable {
  public struct Running: Sendable, Hashable, Codable {
    public var run: String
    public var step: Int
  }

  public struct Failure: Sendable, Hashable, Codable {
    public var status: String
    public var reason: String
    public var runs: Int
    /// One of them.
    public var example: String
  }

  public var host: String
  public var process: Int
  /// Of the batch system; nil outside of one.
  public var job: String?
  /// Seconds since 1970, by the worker's clock.
  public var startedAt: Double
  /// Seconds from the start of the process to that of its first run.
  public var firstRunAfter: Double?
  /// The runs whose results are in the folder, by how they ended.
  public var published: [String: Int] = [:]
  public var running: [Running] = []
  /// The updates made so far, and the seconds since the worker began.
  public var steps = 0
  public var seconds = 0.0
  /// The system calls on the shared folder.
  public var operations = 0
  public var failures: [Failure] = []
  /// Of the chunks that are not done: the places of the runs whose results are in the folder.
  public var parts: [Int: [Int]] = [:]

  public init(host: String, process: Int, job: String?, startedAt: Double) {
    self.host = host
    self.process = process
    self.job = job
    self.startedAt = startedAt
  }

  /// nil where the text is none.
  public init?(_ state: WorkerState) {
    guard let report = try? JSONDecoder().decode(WorkerReport.self, from: Data(state.text)) else {
      return nil
    }
    self = report
  }

  var text: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map(Array.init) ?? []
  }
}
