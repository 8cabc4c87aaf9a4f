import Inference
import SweepConfig
import Tracking

/// The runs of a group that programs execute, one after another.
struct ProgramRuns {
  let task: ProgramTask
  let worker: Worker
  var claimed: ClaimedRuns

  /// Executes the runs of the group that this process can get.
  mutating func execute() {
    while !worker.stop.isSet, worker.gate.enter(task.threads, unless: worker.stop) {
      defer { worker.gate.leave(task.threads) }
      guard let (run, claim) = claimed.next(lanes: 1) else { break }
      ProgramRun(task: task, run: run, claim: claim, worker: worker).execute()
    }
    claimed.giveBack()
  }
}
