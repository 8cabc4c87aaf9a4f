public import Inference
public import Tracking

/// Why a run cannot be fitted once more to the numbers that it has.
public enum RefitError: Error, CustomStringConvertible {
  case unfinished(_ run: String, RunStatus)
  /// The run came from elsewhere, with numbers alone.
  case noConfiguration(_ run: String)
  case program(_ run: String)
  case learned(_ run: String, model: String)
  case point(_ run: String, family: String)
  case sampled(_ run: String, family: String)
  case otherData(_ run: String, [ChangedFile])
  case refused(_ run: String, SettingsProblems)
  case otherConfiguration(_ run: String, key: String, version: String, now: String)
  case otherNumbers(
    _ run: String, recorded: Double, found: Double, by: AttemptRecord?, version: String, blas: String)

  /// Whether the run is of a kind that has no draws, rather than changed.
  public var isUsage: Bool {
    switch self {
    case .unfinished, .noConfiguration, .program, .learned, .point, .sampled: true
    case .otherData, .refused, .otherConfiguration, .otherNumbers: false
    }
  }

  public var description: String {
    switch self {
    case .unfinished(let run, let status):
      "run \(run) is \(status.rawValue), and only finished runs have a posterior to draw from; "
        + "'wb ls \"status = finished\"' lists them"
    case .noConfiguration(let run):
      "run \(run) has no configuration that wb could fit again; execute its sweep here with: wb run FILE"
    case .program(let run):
      "run \(run) is of a program of yours, and wb has no posterior of it; have the program write its draws"
    case .learned(let run, let model):
      "run \(run) is of '\(model)', whose parameters are learned; 'wb sample \(run)' draws from it, and "
        + "'wb encode \(run) FILE' writes the posteriors of data"
    case .point(let run, let family):
      "run \(run) is of family '\(family)', a point without a spread; draw from a run of mean-field, full-rank or low-rank"
    case .sampled(let run, let family):
      "run \(run) is of '\(family)', whose draws are not kept: means, standard deviations and the evidence are; draw from a "
        + "run of another family"
    case .otherData(let run, let files):
      "run \(run) was fitted to other data: "
        + files.map { "\($0.option) '\($0.path)' has the digest \($0.found), and had \($0.recorded)" }
        .joined(separator: "; ")
        + "; bring the file back, name the sweep file beside it with --file, or fit what is there now with: wb run FILE"
    case .refused(let run, let problems):
      "run \(run) cannot be fitted again:\n" + problems.description
        + "\nrelative paths begin at the folder of the sweep file: name it with --file"
    case .otherConfiguration(let run, let key, let version, let now):
      "run \(run) means something else to this wb: '\(key)' is resolved to another value (executed by wb \(version), this is "
        + "wb \(now)); execute its sweep again with: wb run FILE"
    case .otherNumbers(let run, let recorded, let found, let attempt, let version, let blas):
      "run \(run) comes out differently here: its elbo is \(recorded), and that of the refit \(found); "
        + (attempt.map {
          "it was executed by wb \($0.wbVersion) with BLAS for \($0.blasCore), and this is wb \(version) with \(blas); "
        }
          ?? "")
        + "draw where it was executed, or execute it here with: wb run FILE --force"
    }
  }
}
