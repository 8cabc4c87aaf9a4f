import Foundation
import Inference
import NumericArrays
import SweepConfig
import Synchronization
import Tracking

/// The runs still to be taken by the workers, in order.
final class WorkList: Sendable {
  private let runs: [Run]
  private let next = Atomic(0)

  init(_ runs: [Run]) { self.runs = runs }

  func take() -> Run? {
    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < runs.count ? runs[index] : nil
  }
}

/// Executes runs one after another and hands their steps to the queue; owns the programs of the cell it is at.
struct Worker {
  /// Steps are handed over in batches of this many, or after `flushSeconds`.
  private static let batchSize = 4096
  private static let flushSeconds = 0.5

  let list: WorkList
  let threads: ThreadShare
  let queue: EventQueue
  let attempt: AttemptID
  let stop: StopRequest
  let checkpoints: CheckpointFolder
  let wbVersion: String

  func work() {
    let team = Team(threads: threads.perWorker)
    var plan: (cell: String, plan: FitPlan)?
    while !stop.isSet, let run = list.take() {
      if plan?.cell != run.cell.id { plan = (run.cell.id, FitPlan(run.cell.settings)) }
      if let plan { execute(run, plan.plan, team: team) }
    }
    threads.leave()
    queue.closeOne()
  }

  private func execute(_ run: Run, _ plan: FitPlan, team: Team) {
    let started = Date().timeIntervalSince1970
    let clock = ContinuousClock()
    let start = clock.now
    var flushed = start
    var events: [StoreEvent] = []
    var steps: [StepRecord] = []
    var points: [(metric: String, points: [PointRecord])] = []

    func hand(over more: [StoreEvent] = []) {
      if !steps.isEmpty { events.append(.steps(runID: run.id, steps)) }
      events += points.map { .points(runID: run.id, metric: $0.metric, $0.points) }
      queue.push(events + more, steps: steps.count)
      events = []
      points = []
      steps.removeAll(keepingCapacity: true)
      flushed = clock.now
    }

    // At once: who looks at the store sees that the run is taken.
    queue.push([.started(runID: run.id, attempt: attempt, at: started)], steps: 0)
    let result = plan.run(seed: UInt64(run.seed), team: team) { step in
      steps.append(StepRecord(step))
      if steps.count >= Self.batchSize { hand() }
    } measure: { point in
      let record = PointRecord(step: point.step, value: point.value)
      if points.last?.metric == point.metric {
        points[points.count - 1].points.append(record)
      } else {
        points.append((point.metric, [record]))
      }
    } shouldStop: {
      if clock.now - flushed > .seconds(Self.flushSeconds) { hand() }
      team.grow(to: threads.perWorker)
      return stop.isSet
    }
    // Before the end is recorded, so that a finished run has its checkpoint.
    let trouble = keep(result, of: run)
    let seconds = (clock.now - start) / .seconds(1)
    let ended = Date().timeIntervalSince1970
    var outcome = RunOutcome(result, seconds: seconds)
    if let trouble { outcome.fail(trouble.description) }
    hand(over: [.ended(runID: run.id, outcome, at: ended)])
  }

  /// Writes the checkpoint of a finished run of a learned model; returns what kept it from that.
  private func keep(_ result: FitResult, of run: Run) -> CheckpointError? {
    guard result.ending == .finished,
      let trained = TrainedModel(run.cell.settings, parameters: result.parameters)
    else { return nil }
    do throws(CheckpointError) {
      try checkpoints.write(Checkpoint(run: run, trained: trained, wbVersion: wbVersion))
      return nil
    } catch {
      return error
    }
  }
}
