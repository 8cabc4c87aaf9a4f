import Comparison
import Inference
import Plotting
import Reporting
import SweepConfig
import Tracking

/// The exit codes that scripts rely on.
enum ExitStatus: Int32 {
  case done = 0
  case failure = 1
  case usage = 2
  case invalidConfiguration = 3
  case someRunsFailed = 4
  case notComparable = 6
  case storeError = 7
  case interrupted = 75
}

/// What to print and how to exit.
struct Failure: Error {
  var code: ExitStatus
  /// Empty where everything has been said.
  var message: String

  init(_ code: ExitStatus, _ message: String = "") {
    self.code = code
    self.message = message
  }

  /// The failure that a library's error is; nil for what the argument parser throws.
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as SweepError: self.init(.invalidConfiguration, error.description)
    case let error as StoreError: self.init(.storeError, "wb: \(error)")
    case let error as FilterError: self.init(.usage, "wb: \(error)")
    case let error as GroupingError: self.init(.usage, "wb: \(error)")
    case let error as PlottingError: self.init(.failure, "wb: \(error)")
    case let error as SettingsProblems: self.init(.invalidConfiguration, error.description)
    default: return nil
    }
  }
}
