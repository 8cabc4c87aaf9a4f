public import NumericArrays

/// A run that a plan is asked to execute.
public struct FitRun: Sendable {
  /// What its results are reported under.
  public var number: Int
  /// Settings that share the plan's program: they may differ in β, the learning rate and its schedule, clipping and averaging.
  public var settings: RunSettings
  public var seed: UInt64
  /// Where it goes on; nil: it starts.
  public var state: FitState?
  /// φ where it starts; nil: where its seed does.
  var start: [Double]?

  /// - Precondition: the plan can go on from the state (``FitPlan/canGoOn(from:)``).
  public init(number: Int, settings: RunSettings, seed: UInt64, state: FitState? = nil) {
    self.number = number
    self.settings = settings
    self.seed = seed
    self.state = state
  }
}

/// What the caller wants of a fit that is under way.
public enum FitRequest: Sendable {
  case goOn
  /// Hand over all that is recorded so far.
  case handOver
  /// Hand over all that is recorded so far, and then where every run is.
  case save
  /// End these runs as interrupted.
  case end([Int])
  /// Save, and end every run as interrupted.
  case stop

  /// Whether it asks to end a run.
  func ends(_ run: Int) -> Bool {
    switch self {
    case .stop: true
    case .end(let runs): runs.contains(run)
    case .goOn, .handOver, .save: false
    }
  }
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
  /// Receives where a run is, after all that it has recorded until there.
  func save(_ state: FitState, of run: Int)
  /// Receives the end of a run, after which nothing more is said of it.
  func end(_ result: FitResult, of run: Int)
  /// Asked every few steps.
  func request() -> FitRequest
}

extension FitSource {
  /// Nobody goes on from where the run is.
  public func save(_ state: FitState, of run: Int) {}
}
