import Foundation
public import Inference
import NumericArrays
import SweepConfig
public import Tracking

/// A finished inference fitted once more from its configuration and seed: what was fitted is not in the store, and follows from
/// them to the bit.
public struct Refit: Sendable {
  public let settings: RunSettings
  /// φ.
  public let parameters: [Double]

  /// - Parameters:
  ///   - tables: where the run's data are.
  ///   - attempts: the executions of the run, for what to say where its numbers are not found again.
  ///   - version: of this wb.
  /// - Throws: where it is no finished inference, or is not what it was.
  public init(
    _ run: RunSummary, tables: any TableSource, attempts: [RunAttempt], version: String
  ) throws(RefitError) {
    let id = run.record.runID
    guard run.status == .finished, let recorded = run.outcome?.yardstick?.elbo else {
      throw .unfinished(id, run.status)
    }
    let configuration = try Self.configuration(of: run)
    let given = try Self.settings(configuration, tables, id)
    guard
      canonicalJSON(withoutTablePaths(given.configuration))
        == canonicalJSON(withoutTablePaths(configuration))
    else {
      throw .otherConfiguration(
        id, key: Self.firstDifference(given.configuration, configuration),
        version: attempts.last?.record.wbVersion ?? "", now: version)
    }
    let settings: RunSettings
    do throws(SettingsProblem) {
      settings = try given.replicate(seed: UInt64(run.record.seed))
    } catch {
      throw .refused(id, SettingsProblems(problems: [error]))
    }
    let result = FitPlan(settings).run(seed: UInt64(run.record.seed), record: { _ in })
    let elbo = result.yardstick?.elbo ?? .nan
    guard elbo.bitPattern == recorded.bitPattern, result.steps == run.outcome?.steps else {
      throw .otherNumbers(
        id, recorded: recorded, found: elbo, by: attempts.last?.record, version: version, blas: BLAS.coreName)
    }
    self.settings = settings
    parameters = result.parameters
  }

  private static func configuration(of run: RunSummary) throws(RefitError) -> ConfigMapping {
    let id = run.record.runID
    guard let configuration = try? ConfigurationReader.configuration(run.record.config),
      let model = configuration["model"]
    else { throw .noConfiguration(id) }
    let name = model.asMapping?.keys.first ?? model.asText ?? ""
    if configuration["program"] != nil { throw .program(id) }
    if Registry<ModelChoice>.learnedModelTypes.contains(where: { $0.name == name }) {
      throw .learned(id, model: name)
    }
    return configuration
  }

  private static func settings(
    _ configuration: ConfigMapping, _ tables: any TableSource, _ id: String
  ) throws(RefitError) -> RunSettings {
    let resolver = SettingsResolver(tables: tables)
    let settings: RunSettings?
    var changed: [ChangedFile] = []
    do throws(SettingsProblems) {
      changed = try resolver.changedFiles(ofResolved: configuration)
      settings = changed.isEmpty ? try resolver.resolve(resolved: configuration) : nil
    } catch {
      throw .refused(id, error)
    }
    guard let settings else { throw .otherData(id, changed) }
    if settings.family is any PosteriorSampler { throw .sampled(id, family: settings.familyName) }
    guard settings.family.hasDensity else { throw .point(id, family: settings.familyName) }
    return settings
  }

  /// The first dotted key that two configurations have different values for.
  private static func firstDifference(_ a: ConfigMapping, _ b: ConfigMapping) -> String {
    let values = Dictionary(a.flattened().map { ($0.key, $0.value) }) { first, _ in first }
    let others = Dictionary(b.flattened().map { ($0.key, $0.value) }) { first, _ in first }
    return Set(values.keys).union(others.keys).sorted().first { values[$0] != others[$0] } ?? ""
  }
}
