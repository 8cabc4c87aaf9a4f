import Inference
import NumericArrays
import ReverseTape
import Testing

/// A learned model on its example, or on other data, with a family that can be its posterior.
struct TrainedCase: Sendable, CustomTestStringConvertible {
  var model: String
  /// The options of the model besides its data.
  var options: ConfigMapping
  var data: DataArray
  var family: ConfigValue

  var testDescription: String { "\(model), \(family.inline)" }

  /// Every learned model with every family that can be its posterior.
  static let all: [TrainedCase] = Registry<ModelChoice>.learnedModelTypes.flatMap { type in
    let cases = ["mean-field", "full-rank", "exact"].map { of(type, family: .text($0)) }
    return cases.filter { (try? $0.settings()) != nil }
  }

  private static func of<M: LearnedModel>(_ type: M.Type, family: ConfigValue) -> TrainedCase {
    let (options, data) = M.example
    return TrainedCase(model: M.name, options: options.configuration, data: data, family: family)
  }

  func settings(_ changes: ConfigMapping = [:]) throws -> RunSettings {
    let model: ConfigValue = .mapping([model: .mapping(options.with(["data": .text(data.name)]))])
    let run: ConfigMapping = ["model": model, "family": family]
    return try SettingsResolver(tables: Tables(arrays: [data.name: data])).resolve(run.with(changes))
  }

  /// The model with the parameters that a seed starts from.
  func trained(_ changes: ConfigMapping = [:]) throws -> TrainedModel {
    let settings = try settings(changes.with(["steps": 0]))
    let result = FitPlan(settings).run(seed: 3) { _ in }
    return try #require(TrainedModel(settings, parameters: result.parameters))
  }

  /// The model with given parameters.
  func trained(_ values: [String: [Double]], _ changes: ConfigMapping = [:]) throws -> TrainedModel {
    let settings = try settings(changes)
    return try TrainedModel(
      configuration: settings.configuration, shape: try shape(), standardization: nil, values: values)
  }

  func shape() throws -> LearningData.Shape { try learningData().shape }

  func learningData() throws -> LearningData {
    guard case .learning(let task) = try settings().task else { throw NoTask() }
    return task.data
  }

  struct NoTask: Error {}
}

/// Rows of numbers as an array without names.
func dataArray(_ rows: [[Double]], name: String = "rows.npy", image: DataArray.ImageSize? = nil) -> DataArray
{
  DataArray(
    name: name, rowCount: rows.count, width: rows.first?.count ?? 0, storage: .numbers(rows.flatMap(\.self)),
    image: image, digest: name)
}

/// The mean of each column of numbers `[rows, width]`, and their covariance, divisor N.
func moments(_ numbers: [Double], width: Int) -> (mean: [Double], covariance: Matrix) {
  let count = numbers.count / width
  var mean = [Double](repeating: 0, count: width)
  for (index, number) in numbers.enumerated() { mean[index % width] += number / Double(count) }
  var covariance = Matrix(rows: width, columns: width)
  for row in 0..<count {
    for i in 0..<width {
      for j in 0..<width {
        covariance[i, j] +=
          (numbers[row * width + i] - mean[i]) * (numbers[row * width + j] - mean[j]) / Double(count)
      }
    }
  }
  return (mean, covariance)
}
