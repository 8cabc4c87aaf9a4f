import Inference
import NumericArrays

/// Tables and arrays by path.
struct Tables: TableSource {
  var tables: [String: DataTable] = [:]
  var arrays: [String: DataArray] = [:]
  var files: [String: LoadedFile] = [:]

  func table(at path: String) throws(SettingsProblem) -> DataTable {
    guard let table = tables[path] else {
      throw SettingsProblem(path: [], what: "no table '\(path)'", fix: "none is expected here")
    }
    return table
  }

  func array(at path: String) throws(SettingsProblem) -> DataArray {
    guard let array = arrays[path] else {
      throw SettingsProblem(path: [], what: "no array '\(path)'", fix: "none is expected here")
    }
    return array
  }

  func bytes(at path: String) throws(SettingsProblem) -> LoadedFile {
    guard let file = files[path] else {
      throw SettingsProblem(path: [], what: "no file '\(path)'", fix: "none is expected here")
    }
    return file
  }
}

/// The settings that a run's mapping resolves to, with tables and arrays by path.
func settings(
  _ run: ConfigMapping, tables: [String: DataTable] = [:], arrays: [String: DataArray] = [:],
  files: [String: LoadedFile] = [:]
) throws -> RunSettings {
  try SettingsResolver(tables: Tables(tables: tables, arrays: arrays, files: files)).resolve(run)
}

extension RunSettings {
  /// The model whose latents are inferred.
  var model: any Model {
    guard case .inference(let task) = task else { preconditionFailure("'\(modelName)' is learned") }
    return task.model
  }

  /// The task of a learned model.
  var learning: LearningTask {
    guard case .learning(let task) = task else { preconditionFailure("'\(modelName)' is not learned") }
    return task
  }
}

/// The recorded steps and the result of one run.
func fit(_ run: ConfigMapping, seed: UInt64 = 0, tables: [String: DataTable] = [:]) throws
  -> (steps: [StepTerms], result: FitResult)
{
  fit(try settings(run, tables: tables), seed: seed)
}

func fit(_ settings: RunSettings, seed: UInt64 = 0) -> (steps: [StepTerms], result: FitResult) {
  var steps: [StepTerms] = []
  let result = FitPlan(settings).run(seed: seed) { steps.append($0) }
  return (steps, result)
}

/// The recorded steps, the other recorded values and the result of one run.
func learn(_ settings: RunSettings, seed: UInt64 = 0) -> (
  steps: [StepTerms], points: [MetricPoint], result: FitResult
) {
  var steps: [StepTerms] = []
  var points: [MetricPoint] = []
  let result = FitPlan(settings).run(
    seed: seed, record: { steps.append($0) }, measure: { points.append($0) }, shouldStop: { false })
  return (steps, points, result)
}

/// Runs of one plan, executed together where they can be.
final class RunsTogether: FitSource {
  let team = Team()
  private var waiting: [FitRun]
  private(set) var steps: [[StepTerms]]
  private(set) var points: [[MetricPoint]]
  private(set) var results: [FitResult?]

  init(_ runs: [(settings: RunSettings, seed: UInt64)]) {
    waiting = runs.enumerated().map {
      FitRun(number: $0.offset, settings: $0.element.settings, seed: $0.element.seed)
    }
    steps = runs.map { _ in [] }
    points = runs.map { _ in [] }
    results = runs.map { _ in nil }
  }

  func next() -> FitRun? { waiting.isEmpty ? nil : waiting.removeFirst() }

  func record(_ steps: RecordedSteps, of run: Int) {
    self.steps[run] += (0..<steps.count).map { steps.terms($0) }
  }

  func measure(_ point: MetricPoint, of run: Int) { points[run].append(point) }
  func end(_ result: FitResult, of run: Int) { results[run] = result }
  func request() -> FitRequest { .goOn }
}

extension Double {
  /// Its bits. The sign of what is not a number is nobody's: it depends on the order of the operands.
  var bits: UInt64 { isNaN ? Double.nan.bitPattern : bitPattern }
}

extension StepTerms {
  /// Every number of the step, as bits.
  var bits: [UInt64?] {
    ([elbo, objective, beta, gradNorm] + Term.allCases.map { terms[$0] }).map { $0?.bits }
  }
}

/// x = 1…5, noise variance 2, prior N(0, 10).
let conjugateNormal: ConfigValue = [
  "conjugate-normal": [
    "observations": [1, 2, 3, 4, 5], "noise_sd": .number(2.0.squareRoot()),
    "prior_sd": .number(10.0.squareRoot()),
  ]
]
