import SweepConfig
import Tracking

/// Takes runs for this process: a claim is a transaction in the store, so that of several processes one gets each run.
struct Claims: Sendable {
  let store: Store
  let attempt: AttemptID
  let stop: StopRequest
  /// The number of attempts of the runs that are wanted again though they have ended.
  let againAfter: [String: Int]

  /// Takes the first `limit` of the runs that nobody else has; the number of runs looked at is `seen`.
  func take(
    _ runs: ArraySlice<Run>, limit: Int
  ) throws(StoreError) -> (taken: [(run: Run, claim: ClaimedRun)], seen: Int) {
    let wanted = runs.map { WantedRun(runID: $0.id, againAfter: againAfter[$0.id]) }
    let (claimed, seen) = try patiently(stop) { () throws(StoreError) in
      try store.claim(wanted, limit: limit, for: attempt)
    }
    var rest = claimed[...]
    let taken = runs.compactMap { run in
      rest.first?.runID == run.id ? rest.popFirst().map { (run, $0) } : nil
    }
    return (taken, seen)
  }
}

/// Repeats what finds the store's file busy with another process until it succeeds; once a stop is asked for, a minute longer.
func patiently<Value>(
  _ stop: StopRequest, _ body: () throws(StoreError) -> Value
) throws(StoreError) -> Value {
  // Each attempt waits for the file itself, 10 seconds.
  var attemptsLeft = 6
  while true {
    do throws(StoreError) {
      return try body()
    } catch {
      if stop.isSet { attemptsLeft -= 1 }
      guard error.isBusy, attemptsLeft > 0 else { throw error }
    }
  }
}
