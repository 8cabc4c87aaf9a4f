import Inference
import NumericArrays

/// Keeps one state of a run of a small program, which is asked every 64 steps.
final class StateKeeper: FitSource {
  let team = Team()
  private let settings: RunSettings
  private let step: Int
  private var isTaken = false
  private var requests = 0
  private(set) var state: FitState?

  /// - Parameter step: a multiple of 64, and not 0.
  init(_ settings: RunSettings, at step: Int = 64) {
    self.settings = settings
    self.step = step
  }

  func next() -> FitRun? {
    defer { isTaken = true }
    return isTaken ? nil : FitRun(number: 0, settings: settings, seed: 1)
  }

  func record(_ steps: RecordedSteps, of run: Int) {}
  func measure(_ point: MetricPoint, of run: Int) {}
  func save(_ state: FitState, of run: Int) { self.state = state }
  func end(_ result: FitResult, of run: Int) {}

  func request() -> FitRequest {
    defer { requests += 1 }
    return requests * 64 == step ? .save : .goOn
  }
}
