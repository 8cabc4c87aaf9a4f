/// What this process has seen of other workers, by its own clock: nobody's clock is compared with another's.
struct OwnerWatch {
  private struct Sight {
    /// −1 for a state that is not there.
    var beat: Int
    /// When that beat was seen first.
    var since: Double
  }

  enum Verdict {
    case lives
    /// It has not been watched for a lease yet.
    case unknown
    /// Its heart has not beaten for a lease.
    case gone
    /// It has left in good order, and says what it left to others.
    case left
  }

  private let lease: Double
  private var sights: [String: Sight] = [:]

  init(lease: Double) { self.lease = lease }

  /// - Parameter state: nil where the worker has none that can be read.
  mutating func see(_ worker: String, _ state: WorkerState?, now: Double) -> Verdict {
    if state?.hasLeft ?? false { return .left }
    let beat = state?.beat ?? -1
    guard let seen = sights[worker] else {
      sights[worker] = Sight(beat: beat, since: now)
      return .unknown
    }
    // An older beat is an old copy of the file, and no sign of life; nor is it one of death.
    if beat > seen.beat {
      sights[worker] = Sight(beat: beat, since: now)
      return .lives
    }
    return now - seen.since >= lease ? .gone : .unknown
  }
}
