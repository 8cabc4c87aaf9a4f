/// What is refused before a run starts.
extension GaussianMixture {
  public func check(_ data: LearningData) throws(SettingsProblem) {
    if count > data.training.rowCount {
      throw SettingsProblem(
        path: ["components"], what: "is \(count), and there are only \(data.training.rowCount) rows",
        fix: "use at most \(data.training.rowCount)")
    }
    guard options.floor == nil else { return }
    let isConstant = data.training.columnMoments.variance.map { !($0 > 0) }
    // One variance for all columns needs only one that varies.
    if options.covariance == .spherical {
      guard isConstant.allSatisfy(\.self) else { return }
      throw SettingsProblem(
        path: ["data"], what: "all columns are constant, so the likelihood has no maximum", fix: "set floor")
    }
    if let column = isConstant.firstIndex(of: true) {
      throw SettingsProblem(
        path: ["data"], what: "\(shape.name(ofColumn: column)) is constant, so the likelihood has no maximum",
        fix: "leave it out with features, or set floor")
    }
  }

  /// Refuses starts of the wrong length, and ones that would not be used.
  func checkStart() throws(SettingsProblem) {
    let given = [
      ("start_means", options.startMeans, count * width, "\(count) components times \(width) columns"),
      ("start_variances", options.startVariances, width, "one for each column"),
      ("start_weights", options.startWeights, count, "one for each component"),
    ]
    for (name, values, length, reason) in given {
      guard let values else { continue }
      if options.start != .given {
        throw SettingsProblem(
          path: [name], what: "is given, and start is '\(options.start.rawValue)'",
          fix: "set start: given, or remove it")
      }
      if values.count != length {
        throw SettingsProblem(
          path: [name], what: "is a list of \(values.count)",
          fix: "give \(length): \(reason)")
      }
    }
    if options.start == .given, options.startMeans == nil {
      throw SettingsProblem(
        path: ["start"], what: "is 'given', and start_means is not",
        fix: "add start_means: [\(count * width) numbers], one component after another")
    }
  }

  public func obstacle(with optimizer: any Optimizer) -> SettingsProblem? {
    guard let em = optimizer as? ExpectationMaximization else {
      guard let floor = options.floor else { return nil }
      return SettingsProblem(
        path: ["model", Self.name, "floor"],
        what: "is \(floor.shortest), which bounds an M-step, and gradients take none",
        fix: "use optimizer: em, or remove it")
    }
    guard em.starts > 1, options.start == .given else { return nil }
    return SettingsProblem(
      path: ["optimizer", ExpectationMaximization.name, "starts"],
      what: "is \(em.starts), and start: given is always the same",
      fix: "use 1, or start: k-means++")
  }
}
