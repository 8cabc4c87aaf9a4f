import Foundation
import Inference
import NumericArrays
import SweepConfig
import Tracking

/// Executes groups of runs one after another and hands what they record to the queue.
struct Worker {
  let list: WorkList
  let threads: ThreadShare
  let queue: EventQueue
  let attempt: AttemptID
  let stop: StopRequest
  let checkpoints: CheckpointFolder
  let wbVersion: String

  func work() {
    let team = Team(threads: threads.perWorker)
    while !stop.isSet, let group = list.take() {
      group.sharedPlan().run(RunsInProgress(of: group, for: self, team: team))
    }
    threads.leave()
    queue.closeOne()
  }
}

/// The runs of a group that a worker has under way.
final class RunsInProgress: FitSource {
  /// Steps are handed over in full batches, or after this time.
  private static let flushSeconds = 0.5

  private struct Member {
    let run: Run
    let opened: Double
    var steps = StepBatchBuilder()
    var points: [(metric: String, points: [PointRecord])] = []

    mutating func add(_ point: MetricPoint) {
      let record = PointRecord(step: point.step, value: point.value)
      if points.last?.metric == point.metric {
        points[points.count - 1].points.append(record)
      } else {
        points.append((point.metric, [record]))
      }
    }
  }

  private let group: RunGroup
  private let worker: Worker
  private var members: [Int: Member] = [:]
  private var count = 0
  private var time = SharedTime()
  private let clock = ContinuousClock()
  private var flushed: ContinuousClock.Instant
  /// Whether what is recorded goes to the queue at once.
  private var isFlushing = false

  let team: Team

  init(of group: RunGroup, for worker: Worker, team: Team) {
    self.group = group
    self.team = team
    self.worker = worker
    flushed = clock.now
  }

  func next() -> FitRun? {
    guard !worker.stop.isSet, let run = group.take() else { return nil }
    time.advance(among: members.count)
    count += 1
    members[count] = Member(run: run, opened: time.seconds)
    // At once: who looks at the store sees that the run is taken.
    worker.queue.push(
      [.started(runID: run.id, attempt: worker.attempt, at: Date().timeIntervalSince1970)], steps: 0)
    return FitRun(number: count, settings: run.cell.settings, seed: UInt64(run.seed))
  }

  func record(_ steps: RecordedSteps, of run: Int) {
    members[run]?.steps.append(
      firstStep: steps.firstStep, stride: steps.stride, count: steps.count, columns: steps.columns)
    if isFlushing || members[run]?.steps.stepCount ?? 0 >= StepBatchBuilder.batchSize { hand(over: run) }
  }

  func measure(_ point: MetricPoint, of run: Int) {
    members[run]?.add(point)
  }

  func request() -> FitRequest {
    if worker.stop.isSet { return .stop }
    team.grow(to: worker.threads.perWorker)
    isFlushing = clock.now - flushed > .seconds(Self.flushSeconds)
    guard isFlushing else { return .goOn }
    flushed = clock.now
    for run in members.keys { hand(over: run) }
    return .handOver
  }

  func end(_ result: FitResult, of run: Int) {
    time.advance(among: members.count)
    guard let member = members[run] else { return }
    // Before the end is recorded, so that a finished run has its checkpoint.
    let trouble = keep(result, of: member.run)
    var outcome = RunOutcome(result, seconds: time.seconds - member.opened)
    if let trouble { outcome.fail(trouble.description) }
    hand(
      over: run, [.ended(runID: member.run.id, outcome, at: Date().timeIntervalSince1970)])
    members[run] = nil
  }

  private func hand(over run: Int, _ more: [StoreEvent] = []) {
    guard var member = members[run] else { return }
    let count = member.steps.stepCount
    var events: [StoreEvent] = member.steps.take().map { .steps(runID: member.run.id, $0) }
    events += member.points.map { .points(runID: member.run.id, metric: $0.metric, $0.points) }
    events += more
    member.points = []
    members[run] = member
    if !events.isEmpty { worker.queue.push(events, steps: count) }
  }

  /// Writes the checkpoint of a finished run of a learned model; returns what kept it from that.
  private func keep(_ result: FitResult, of run: Run) -> CheckpointError? {
    guard result.ending == .finished,
      let trained = TrainedModel(run.cell.settings, parameters: result.parameters)
    else { return nil }
    do throws(CheckpointError) {
      try worker.checkpoints.write(Checkpoint(run: run, trained: trained, wbVersion: worker.wbVersion))
      return nil
    } catch {
      return error
    }
  }
}

/// Time that passes the slower the more runs share it: a run's seconds are its share of the worker's, so that those of all runs
/// add up to what they took.
private struct SharedTime {
  private(set) var seconds = 0.0
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant

  init() { last = clock.now }

  /// Takes the time up to now, which `count` runs have shared.
  mutating func advance(among count: Int) {
    let now = clock.now
    if count > 0 { seconds += (now - last) / .seconds(1) / Double(count) }
    last = now
  }
}
