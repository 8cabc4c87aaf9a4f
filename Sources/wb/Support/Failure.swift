import ArgumentParser
import Comparison
import Exchange
import Execution
import FileFormats
import Foundation
import Inference
import Plotting
import Reporting
import Sharing
import SweepConfig
import Tracking

/// The exit codes that scripts rely on.
enum ExitStatus: Int32 {
  case done = 0
  case failure = 1
  case usage = 2
  case invalidConfiguration = 3
  case someRunsFailed = 4
  case worse = 5
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

  /// The failure that an error is; nil for what the argument parser throws.
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as SweepError: self.init(.invalidConfiguration, error.description)
    case let error as StoreError: self.init(error.code, "wb: \(error)")
    case let error as FilterError: self.init(.usage, "wb: \(error)")
    case let error as GroupingError: self.init(.usage, "wb: \(error)")
    case let error as MetricError: self.init(.usage, "wb: \(error)")
    case let error as PlottingError: self.init(.failure, "wb: \(error)")
    case let error as SettingsProblem: self.init(.invalidConfiguration, "wb: \(error)")
    case let error as RefitError: self.init(error.isUsage ? .usage : .failure, "wb: \(error)")
    case let error as GenerationProblem: self.init(.failure, "wb: \(error)")
    case let error as FolderError: self.init(.storeError, "wb: \(error)")
    case let error as PoolError: self.init(error.code, "wb: \(error)")
    case let error as PoolTrouble: self.init(.storeError, "wb: \(error)")
    case let error as CheckpointError: self.init(.storeError, "wb: \(error)")
    case let error as ExchangeError: self.init(.failure, "wb: \(error)")
    case let error as FormatError: self.init(.failure, "wb: \(error)")
    case let error as SettingsProblems: self.init(.invalidConfiguration, error.description)
    case let error as CocoaError:
      let file = error.filePath.map { "\($0): " } ?? ""
      self.init(.failure, "wb: \(file)\(error.localizedDescription)")
    default: return nil
    }
  }

  /// The message, with everything that steers a terminal shown as an escape.
  var visibleMessage: String {
    message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText.escaped(String($0)) }.joined(separator: "\n")
  }
}

extension StoreError {
  fileprivate var code: ExitStatus {
    switch self {
    // The store is fine, and what was asked of it is not there or not allowed.
    case .unknownRun, .removedRun, .ambiguousRun, .unknownSweep, .writingQuery, .severalStatements,
      .invalidQuery:
      .usage
    case .slowQuery: .failure
    default: .storeError
    }
  }
}

extension PoolError {
  fileprivate var code: ExitStatus {
    switch self {
    case .folder, .damaged, .missing: .storeError
    case .otherSweep, .otherProgram, .otherArithmetic: .failure
    }
  }
}
