import Inference

/// How a sweep is executed: nothing that its numbers depend on, and so no part of what identifies a run. A limit that fits one
/// machine is too short for another; a run that was finished there is finished here.
public struct ExecutionLimits: Sendable, Hashable {
  static let keys = ["timeout", "max_seconds", "checkpoint_seconds"]

  /// The seconds that a run may take: its share of the time, where several are executed together; nil: any.
  public var timeout: Double?
  /// The seconds after which a sweep is stopped; nil: never.
  public var maxSeconds: Double?
  /// The seconds between the checkpoints of a run that is under way; 0: there are none.
  public var checkpointSeconds = 60.0

  public init() {}

  /// Reads the keys of a sweep file's top level.
  mutating func read(_ root: Positioned, findings: inout Findings) {
    timeout = Self.seconds(root, "timeout", findings: &findings)
    maxSeconds = Self.seconds(root, "max_seconds", findings: &findings)
    if let seconds = Self.seconds(root, "checkpoint_seconds", orZero: true, findings: &findings) {
      checkpointSeconds = seconds
    }
  }

  private static func seconds(
    _ root: Positioned, _ key: String, orZero: Bool = false, findings: inout Findings
  ) -> Double? {
    guard let entry = root.entry(key), !entry.value.isNull else { return nil }
    let number: Double? =
      switch entry.value.content {
      case .scalar(.integer(let value)): Double(value)
      case .scalar(.number(let value)): value
      default: nil
      }
    if let number, number.isFinite, number > 0 || (orZero && number == 0) { return number }
    let rule = orZero ? "a number of seconds above 0, or 0 for none" : "a number of seconds above 0"
    findings.add("\(key) is \(spelled(entry.value.value)); use \(rule)", at: entry.value.location)
    return nil
  }
}
