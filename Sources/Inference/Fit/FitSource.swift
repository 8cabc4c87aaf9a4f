public import NumericArrays

/// A run that a plan is asked to execute.
public struct FitRun: Sendable {
  /// What its results are reported under.
  public var number: Int
  /// Settings that share the plan's program: they may differ in β, the learning rate and its schedule, clipping and averaging.
  public var settings: RunSettings
  public var seed: UInt64

  public init(number: Int, settings: RunSettings, seed: UInt64) {
    self.number = number
    self.settings = settings
    self.seed = seed
  }
}

/// What the caller wants of a fit that is under way.
public enum FitRequest: Sendable {
  case goOn
  /// Hand over all that is recorded so far.
  case handOver
  /// End every run as interrupted.
  case stop
}

/// Where the runs of a plan come from and where their results go.
public protocol FitSource: AnyObject {
  /// The threads that share the work of large programs; how many changes no number.
  var team: Team { get }
  /// The next run to be executed; nil when there is none.
  func next() -> FitRun?
  /// Receives recorded steps, in order for each run.
  func record(_ steps: RecordedSteps, of run: Int)
  /// Receives a recorded value that is no term of the bound.
  func measure(_ point: MetricPoint, of run: Int)
  /// Receives the end of a run, after which nothing more is said of it.
  func end(_ result: FitResult, of run: Int)
  /// Asked every few steps.
  func request() -> FitRequest
}
