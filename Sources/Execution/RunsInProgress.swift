import Foundation
import Inference
import NumericArrays
import SweepConfig
import Tracking

/// The runs of a group that a worker has under way.
final class RunsInProgress: FitSource {
  /// Steps are handed over in full batches, or once they may have waited for this time: as this is asked at intervals of as much,
  /// none waits for more than twice of it, and what ends before that is written once.
  private static let flushSeconds = 0.5

  private final class Member {
    let run: Run
    /// The worker's shared time when it began, and the seconds that earlier attempts took of what is kept.
    let opened: Double
    let earlierSeconds: Double
    let began: ContinuousClock.Instant
    /// Nothing that is still to be handed over was recorded before.
    var waiting: ContinuousClock.Instant
    /// Whether a file says where it is, or may say where it was.
    var hasFile: Bool
    var steps: StepBatchBuilder
    var points: [(metric: String, points: [PointRecord])] = []

    init(_ run: Run, opened: Double, earlierSeconds: Double, at now: ContinuousClock.Instant, hasFile: Bool) {
      self.run = run
      self.opened = opened
      self.earlierSeconds = earlierSeconds
      began = now
      waiting = now
      self.hasFile = hasFile
      let settings = run.cell.settings
      steps = StepBatchBuilder(expecting: settings.steps / settings.recordEvery + 1)
    }

    func add(_ point: MetricPoint) {
      let record = PointRecord(step: point.step, value: point.value)
      if points.last?.metric == point.metric {
        points[points.count - 1].points.append(record)
      } else {
        points.append((point.metric, [record]))
      }
    }
  }

  private let group: RunGroup
  /// That of the group; nil before its runs are executed.
  private var plan: FitPlan?
  private let worker: Worker
  private var claimed: ClaimedRuns
  private var members: [Int: Member] = [:]
  private var count = 0
  private var timedOut: Set<Int> = []
  private var time = SharedTime()
  private let clock = ContinuousClock()
  private var flushed: ContinuousClock.Instant
  private var saved: ContinuousClock.Instant
  /// The runs of which what is recorded next goes to the queue at once.
  private var flushing: Set<Int> = []

  let team: Team

  init(of group: RunGroup, for worker: Worker, team: Team) {
    self.group = group
    self.team = team
    self.worker = worker
    claimed = ClaimedRuns(of: group, for: worker)
    flushed = clock.now
    saved = flushed
  }

  /// Takes a first run; false where other processes have all of them.
  func claimFirst() -> Bool {
    claimed.claim(1)
    return !claimed.isEmpty
  }

  /// Executes the runs of the group that this process can get.
  func execute() {
    do throws(SettingsProblem) {
      let plan = try group.sharedPlan()
      self.plan = plan
      plan.run(self)
    } catch {
      while !worker.stop.isSet, let (run, claim) = claimed.next(lanes: 1) { refuse(run, claim, error) }
    }
    claimed.giveBack()
  }

  func next() -> FitRun? {
    guard !worker.stop.isSet, let plan, let (run, claim) = claimed.next(lanes: plan.lanes) else {
      return nil
    }
    let settings: RunSettings
    do throws(SettingsProblem) {
      settings = try run.cell.settings.replicate(seed: UInt64(run.seed))
    } catch {
      refuse(run, claim, error)
      return next()
    }
    time.advance(among: members.count)
    count += 1
    let hasFile = worker.checkpoints.hasState(of: run.id)
    let saved = hasFile ? state(of: run, claim, plan) : nil
    let now = clock.now
    members[count] = Member(
      run, opened: time.seconds, earlierSeconds: saved?.seconds ?? 0, at: now, hasFile: hasFile)
    if !claim.isFirst {
      worker.queue.push([.begun(runID: run.id, from: saved?.state.step ?? 0)], steps: 0)
    }
    return FitRun(
      number: count, settings: settings, seed: UInt64(run.seed), state: saved?.state)
  }

  /// Ends a run whose seed draws data that cannot be modelled.
  private func refuse(_ run: Run, _ claim: ClaimedRun, _ problem: SettingsProblem) {
    var outcome = RunOutcome(status: .failed, steps: 0, seconds: 0)
    outcome.fail("the data that its seed draws cannot be modelled: \(problem)")
    let begun: [StoreEvent] = claim.isFirst ? [] : [.begun(runID: run.id, from: 0)]
    let ended = StoreEvent.ended(runID: run.id, outcome, at: Date().timeIntervalSince1970)
    worker.queue.push(begun + [ended], steps: 0)
  }

  /// Where an earlier attempt has left the run; nil, with a warning, where its file is of no use.
  private func state(of run: Run, _ claim: ClaimedRun, _ plan: FitPlan) -> RunCheckpoint? {
    // What has ended and is executed again starts again.
    guard claim.wasUnfinished else { return nil }
    do throws(CheckpointDamage) {
      return try worker.checkpoints.state(of: run, wbVersion: worker.wbVersion) {
        saved throws(CheckpointDamage) in
        guard plan.canGoOn(from: saved.state) else {
          throw CheckpointDamage(what: "it is of another program")
        }
        let lastRecorded =
          (saved.state.step - 1) / run.cell.settings.recordEvery * run.cell.settings.recordEvery
        guard saved.state.step == 0 || claim.lastStep ?? -1 >= lastRecorded else {
          throw CheckpointDamage(what: "the store lacks steps before step \(saved.state.step)")
        }
      }
    } catch {
      worker.queue.warn(
        "run \(run.id) starts again: the checkpoint \(worker.checkpoints.statePath(of: run.id)) is not used, "
          + error.what)
      return nil
    }
  }

  func record(_ steps: RecordedSteps, of run: Int) {
    guard let member = members[run] else { return }
    member.steps.append(
      firstStep: steps.firstStep, stride: steps.stride, count: steps.count, columns: steps.columns)
    if flushing.contains(run) || member.steps.stepCount >= StepBatchBuilder.batchSize { hand(over: run) }
  }

  func measure(_ point: MetricPoint, of run: Int) {
    members[run]?.add(point)
  }

  func request() -> FitRequest {
    flushing = []
    if worker.stop.isSet { return .stop }
    team.grow(to: worker.threads.perWorker)
    let late = lateRuns()
    if !late.isEmpty { return .end(late) }
    let now = clock.now
    let interval = worker.limits.checkpointSeconds
    let isSaving = interval > 0 && now - saved > .seconds(interval)
    guard isSaving || now - flushed > .seconds(Self.flushSeconds) else { return .goOn }
    flushed = now
    flushing = Set(
      members.filter { isSaving || now - $0.value.waiting > .seconds(Self.flushSeconds) }.keys)
    for run in flushing { hand(over: run) }
    guard isSaving else { return flushing.isEmpty ? .goOn : .handOver }
    saved = now
    return .save
  }

  /// The runs that have taken longer than they may.
  private func lateRuns() -> [Int] {
    guard let timeout = worker.limits.timeout else { return [] }
    time.advance(among: members.count)
    let late = members.filter { seconds(of: $0.value) > timeout }.keys.sorted()
    timedOut.formUnion(late)
    return late
  }

  private func seconds(of member: Member) -> Double { member.earlierSeconds + time.seconds - member.opened }

  func save(_ state: FitState, of run: Int) {
    guard let member = members[run], worker.limits.checkpointSeconds > 0 else { return }
    // What is done before its first checkpoint has none, unless it is stopped.
    let age = (clock.now - member.began) / .seconds(1)
    guard worker.stop.isSet || age >= worker.limits.checkpointSeconds else { return }
    // The store has what was recorded until there before the file says so.
    hand(over: run)
    time.advance(among: members.count)
    let checkpoint = RunCheckpoint(
      runID: member.run.id, wbVersion: worker.wbVersion, seconds: seconds(of: member), state: state)
    member.hasFile = true
    worker.queue.push(file: .write(runID: member.run.id, checkpoint.file()))
  }

  func end(_ result: FitResult, of run: Int) {
    time.advance(among: members.count)
    guard let member = members[run] else { return }
    // Before the end is recorded, so that a finished run has its checkpoint.
    let trouble = keep(result, of: member.run)
    var outcome = RunOutcome(result, seconds: seconds(of: member))
    if let trouble { outcome.fail(trouble.description) }
    if timedOut.remove(run) != nil, result.ending == .interrupted, let timeout = worker.limits.timeout {
      outcome.fail("timed out after \(timeout.shortest) s at step \(result.steps)")
    }
    hand(
      over: run, [.ended(runID: member.run.id, outcome, at: Date().timeIntervalSince1970)])
    if member.hasFile, outcome.status != .interrupted {
      worker.queue.push(file: .remove(runID: member.run.id))
    }
    members[run] = nil
  }

  private func hand(over run: Int, _ more: [StoreEvent] = []) {
    guard let member = members[run] else { return }
    let count = member.steps.stepCount
    var events: [StoreEvent] = member.steps.take().flatMap(\.blocks).map {
      .steps(runID: member.run.id, $0)
    }
    events += member.points.map { .points(runID: member.run.id, metric: $0.metric, $0.points) }
    events += more
    member.points = []
    member.waiting = clock.now
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
