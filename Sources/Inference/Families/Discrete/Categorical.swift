public import ReverseTape

/// Independent latents with several values each. φ are the logits of the values, one a number of z, `[D]`; adding to all logits of a
/// latent changes nothing.
public struct Categorical: DiscreteFamily {
  public static let name = "categorical"
  public static let summary = "independent latents with several values each"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public func obstacle(with model: any Model) -> SettingsProblem? {
    guard model.latents.contains(where: { $0.support.numberCount == 1 }) else { return nil }
    return SettingsProblem(
      path: ["family"],
      what: "'\(Self.name)' is of latents with several values, and not all of '\(model.modelName)' are",
      fix: model.isDiscrete ? "use family: \(Bernoulli.name)" : "use family: \(MeanField.name)")
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("categorical needs parameters and noise") }
    // Gumbel variates, by their quantile function at Φ(ε).
    let gumbels = -(-noise.logStandardNormalCDF()).log()
    var start = 0
    let groups = model.latents.map { latent -> Group in
      defer { start += latent.count }
      let values = latent.support.numberCount
      let shape = Shape(latent.count / values, values)
      let logits = parameters[start..<start + latent.count].reshaped(shape)
      return Group(
        logProbabilities: logits - logits.logSumExpRows().repeatedColumns(values),
        gumbels: gumbels[start..<start + latent.count].reshaped(shape))
    }
    func joined(_ value: (Group) -> Traced) -> Traced { Traced.concatenated(groups.map(value)) }
    let logProbabilities = joined(\.logProbabilities)
    let means = logProbabilities.exp()
    func logDensity(_ z: Traced) -> Traced { (z * logProbabilities).sum() }
    let draw = joined(\.draw)
    return Variational(
      draw: draw, logDensity: logDensity(draw), entropy: -(means * logProbabilities).sum(),
      density: logDensity,
      discrete: DiscreteMarginals(
        means: means,
        factors: StateTable.factors(model.latents).map { means[$0.place..<$0.place + $0.valueCount] }
      ) { temperature in joined { $0.relaxed(temperature) } })
  }

  /// Latents with equally many values, in the rows of matrices.
  private struct Group {
    var logProbabilities: Traced
    var gumbels: Traced

    private var sums: Traced { logProbabilities + gumbels }

    /// 1 where the sum of log probability and Gumbel variate is the largest of its row, and 0 elsewhere (Gumbel 1954; Maddison, Tarlow
    /// & Minka 2014).
    var draw: Traced {
      let (rows, values) = (sums.shape.rows, sums.shape.columns)
      let columns = (0..<values).map { value in sums.gathered((0..<rows).map { $0 * values + value }) }
      let isLargest = columns.indices.map { value in
        let others = columns.indices.filter { $0 != value }.map { columns[$0] }
        return (columns[value] - others.dropFirst().reduce(others[0]) { $0.maximum($1) }).mapped(.step)
      }
      return Traced.concatenated(isLargest).gathered(
        (0..<rows).flatMap { row in (0..<values).map { $0 * rows + row } })
    }

    /// The softmax of the sums over the temperature, row by row.
    func relaxed(_ temperature: Double) -> Traced {
      let scaled = sums * (1 / temperature)
      let shares = (scaled - scaled.logSumExpRows().repeatedColumns(scaled.shape.columns)).exp()
      return shares.reshaped(Shape(shares.count))
    }
  }
}
