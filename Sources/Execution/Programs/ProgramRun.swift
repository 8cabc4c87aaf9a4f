import Foundation
import Glibc
import Inference
import SweepConfig
import Tracking

/// A run that a program of the user's executes: it is started, what it reports is recorded, and its end is the run's.
struct ProgramRun {
  /// Steps are handed over after this time.
  private static let flushSeconds = 0.5
  /// How long a program that is told to stop may take.
  private static let graceSeconds = 5.0
  /// How long what a program has written is waited for after its end.
  private static let drainSeconds = 1.0
  private static let pollMilliseconds: Int32 = 50

  let task: ProgramTask
  let run: Run
  let claim: ClaimedRun
  let worker: Worker

  /// Executes the run and records its end.
  func execute() {
    let clock = ContinuousClock()
    let start = clock.now
    let folder = ProgramFolder(ofRun: run.id, in: worker.checkpoints)
    var session = ProgramSession(of: run, prefix: task.prefix)
    // What has ended and is executed again starts again.
    if !claim.isFirst, !claim.wasUnfinished { begin(from: 0) }
    var outcome = RunOutcome(status: .failed, steps: 0, seconds: 0)
    var ending: ProgramProcess.Ending?
    var interruption: Interruption?
    do {
      try folder.prepare(run, anew: !claim.wasUnfinished)
      let call = task.call(run.cell.settings.configuration, seed: run.seed, runID: run.id)
      let started = ProgramProcess.start(
        call.words, environment: variables(call.environment, folder), in: task.directory)
      if let process = started.process {
        interruption = watch(process, &session, clock, start)
        ending = process.ending
      } else {
        ending = .notStarted(started.problem)
      }
      outcome = session.outcome(ending, of: call.words[0])
    } catch {
      outcome.reason =
        "its parameters cannot be written to \(folder.parameters): \(error.localizedDescription)"
    }
    hand(over: &session, all: true)
    outcome.seconds = (clock.now - start) / .seconds(1)
    switch interruption {
    // What ends in good order when it is told to has not finished, unless it says so.
    case .stop where outcome.yardstick == nil: outcome.fail(nil, as: .interrupted)
    case .timeout:
      let limit = worker.limits.timeout?.shortest ?? ""
      outcome.fail("timed out after \(limit) s at step \(outcome.steps)")
    default: break
    }
    finish(outcome, session.output(ending), folder)
    if outcome.status == .finished, outcome.yardstick == nil {
      worker.queue.warn(
        "runs of \(task.name) give no final elbo, so nothing ranks them; let the program end with the line "
          + #"{"final": {"elbo": …, "elbo_se": …}}"#, once: "final of \(task.name)")
    }
  }

  private enum Interruption {
    case stop, timeout
  }

  /// Reads what the program writes until it has ended; asks it to stop where it has to, and kills it where it does not.
  private func watch(
    _ process: ProgramProcess, _ session: inout ProgramSession, _ clock: ContinuousClock,
    _ start: ContinuousClock.Instant
  ) -> Interruption? {
    var interruption: Interruption?
    var asked: ContinuousClock.Instant?
    var flushed = clock.now
    while process.ending == nil {
      process.wait(milliseconds: Self.pollMilliseconds) { session.take($0, $1) }
      let now = clock.now
      if asked == nil {
        if worker.stop.isSet {
          interruption = .stop
        } else if let timeout = worker.limits.timeout, now - start > .seconds(timeout) {
          interruption = .timeout
        }
        if interruption != nil || session.problem != nil {
          process.send(SIGTERM)
          asked = now
        }
      } else if let asked, now - asked > .seconds(Self.graceSeconds) {
        process.send(SIGKILL)
      }
      if now - flushed > .seconds(Self.flushSeconds) {
        flushed = now
        hand(over: &session, all: false)
      }
    }
    let ended = clock.now
    while process.isOpen, clock.now - ended < .seconds(Self.drainSeconds) {
      process.wait(milliseconds: Self.pollMilliseconds) { session.take($0, $1) }
    }
    session.close()
    return interruption
  }

  /// What the program's environment holds: this process's own, what the sweep file gives, and what wb tells.
  private func variables(_ given: [(name: String, value: String)], _ folder: ProgramFolder) -> [String] {
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in given { variables[name] = value }
    variables["WB_RUN_ID"] = run.id
    variables["WB_SEED"] = String(run.seed)
    variables["WB_PARAMETERS"] = folder.parameters
    variables["WB_METRICS_FD"] = "3"
    variables["WB_CHECKPOINT_FOLDER"] = folder.path
    variables["WB_STORE"] = worker.claims.store.path
    return variables.map { "\($0.key)=\($0.value)" }
  }

  /// Says that the run begins to record at a step, and what an earlier attempt has recorded from there on goes.
  private func begin(from step: Int) {
    if !claim.isFirst { worker.queue.push([.begun(runID: run.id, from: step)], steps: 0) }
  }

  private func hand(over session: inout ProgramSession, all: Bool) {
    if claim.wasUnfinished, !session.hasBegun, all || session.recorder.firstStep != nil {
      begin(from: session.recorder.firstStep ?? 0)
      session.hasBegun = true
    }
    let (events, steps) = session.recorder.take(all: all, of: run.id)
    if !events.isEmpty { worker.queue.push(events, steps: steps) }
  }

  private func finish(_ outcome: RunOutcome, _ output: ProgramOutput, _ folder: ProgramFolder) {
    worker.queue.push(
      [
        .output(runID: run.id, output), .ended(runID: run.id, outcome, at: Date().timeIntervalSince1970),
      ], steps: 0)
    if outcome.status != .interrupted {
      folder.remove()
      worker.checkpoints.removeIfEmpty()
    }
  }
}

/// What a program has written so far.
struct ProgramSession {
  private let runID: String
  private let prefix: [UInt8]?
  var recorder = MetricRecorder()
  /// Whether the store knows from where on it is recorded.
  var hasBegun = false
  /// The first line of metrics that could not be read.
  private(set) var problem: MetricProblem?
  private var output = BoundedText()
  private var errors = BoundedText()
  private var metrics = LineCutter()
  private var lines = LineCutter()

  init(of run: Run, prefix: String?) {
    runID = run.id
    self.prefix = prefix.map { Array($0.utf8) }
  }

  mutating func take(_ stream: ProgramProcess.Stream, _ bytes: ArraySlice<UInt8>) {
    switch stream {
    case .error: errors.append(bytes)
    case .output where prefix == nil: output.append(bytes)
    case .output: for line in lines.lines(adding: bytes) { take(outputLine: line + [UInt8(ascii: "\n")]) }
    case .metrics:
      for line in metrics.lines(adding: bytes) { read(line) }
      if metrics.isOverrun { note(MetricProblem(what: "a line of its metrics is longer than 1 MB")) }
    }
  }

  /// Reads what has no end of a line: nothing more comes.
  mutating func close() {
    if let line = lines.last() { take(outputLine: line) }
    if let line = metrics.last() { read(line) }
  }

  private mutating func take(outputLine line: [UInt8]) {
    if let prefix, line.starts(with: prefix) {
      read(line.dropFirst(prefix.count).filter { $0 != UInt8(ascii: "\n") })
    } else {
      output.append(line)
    }
  }

  private mutating func read(_ line: [UInt8]) {
    guard problem == nil else { return }
    do throws(MetricProblem) {
      try recorder.read(line)
    } catch {
      note(error)
    }
  }

  private mutating func note(_ problem: MetricProblem) { self.problem = self.problem ?? problem }

  /// How the program ended and what it wrote.
  func output(_ ending: ProgramProcess.Ending?) -> ProgramOutput {
    var result = ProgramOutput(
      exitCode: nil, signal: nil, standardOutput: output.text, standardError: errors.text)
    switch ending {
    case .exited(let code): result.exitCode = code
    case .killed(let signal): result.signal = signal
    case .notStarted, nil: break
    }
    return result
  }

  /// What becomes of the run; its seconds are still to be set.
  ///
  /// - Parameter word: what was to be started.
  func outcome(_ ending: ProgramProcess.Ending?, of word: String) -> RunOutcome {
    var outcome = RunOutcome(status: .finished, steps: recorder.lastStep, seconds: 0)
    let last = errors.lastLine
    let said = last.isEmpty ? "" : ": \(last)"
    if let problem {
      outcome.fail(problem.what)
      return outcome
    }
    switch ending {
    case .exited(0): break
    case .exited(let code): outcome.fail("\(word) ended with exit code \(code)\(said)")
    case .killed(let signal): outcome.fail("\(word) was ended by signal \(signal)\(said)")
    case .notStarted(let reason): outcome.fail("\(word) cannot be started: \(reason)")
    case nil: outcome.fail("\(word) was lost")
    }
    guard outcome.status == .finished, let final = recorder.yardstick else { return outcome }
    func value(_ name: String) -> Double? { final.first { $0.name == name }?.value }
    if let elbo = value("elbo"), !elbo.isFinite {
      outcome.fail("the final elbo is \(elbo)", as: .diverged)
      return outcome
    }
    guard value("elbo") != nil else { return outcome }
    outcome.yardstick = BoundTerms(
      elbo: value("elbo"), reconstruction: value("reconstruction"), klPrior: value("kl_prior"),
      klPosterior: value("kl_posterior"), logJoint: value("log_joint"), entropy: value("entropy"),
      logEvidence: value("log_evidence"))
    outcome.elboStandardError = value("elbo_se")
    outcome.logEvidenceStandardError = value("log_evidence_se")
    return outcome
  }
}
