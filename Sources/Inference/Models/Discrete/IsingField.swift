import Foundation
import NumericArrays
public import ReverseTape

/// Spins s = ±1 on a grid, of which noisy numbers are observed: p(s) ∝ exp(J Σ_edges s_i s_j + h Σ s_i), x_i ~ N(s_i, σ²) (Geman &
/// Geman 1984; Murphy 2012, §21.3.2).
public struct IsingField: DiscreteModel {
  public struct Options: Configurable {
    public var rows = 3
    public var columns = 3
    public var coupling = 0.5
    public var field = 0.0
    public var noiseSD = 1.0
    public var observations: [Double] = []
    public static var options: [Option<Self>] {
      [
        .integer("rows", \.rows, 1...16, "rows of the grid"),
        .integer("columns", \.columns, 1...16, "columns of the grid"),
        .number("coupling", \.coupling, .any, "J, by which neighbours agree"),
        .number("field", \.field, .any, "h, by which spins are +1"),
        .number("noise_sd", \.noiseSD, .positive, "sd of an observation around its spin"),
        .numbers(
          "observations", \.observations, .any, "a number for each spin, row after row; none: no data"),
      ]
    }
    public init() {}
  }

  public static let name = "ising"
  public static let summary = "noisy spins on a grid that agree with their neighbours; exact by enumeration"
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    (options.rows, options.columns) = (2, 3)
    options.observations = [0.8, -0.4, 1.3, 0.1, -1.6, 0.3]
    return (options, ModelData())
  }

  public let latents: [Latent]
  public private(set) var states = StateTable()
  private let edges: [(Int, Int)]
  private let options: Options
  /// log Σ exp(J Σ s_i s_j + h Σ s_i).
  private let logPartition: Double

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let (rows, columns) = (options.rows, options.columns)
    let count = rows * columns
    try StateTable.check(values: 2, latents: count, option: "rows")
    guard options.observations.isEmpty || options.observations.count == count else {
      throw SettingsProblem(
        path: ["observations"], what: "is a list of \(options.observations.count)",
        fix: "give \(count) numbers, one for each spin of \(rows) rows and \(columns) columns, or none")
    }
    self.options = options
    latents = [Latent("z", count: count, .binary)]
    let edges = Self.edges(rows: rows, columns: columns)
    self.edges = edges
    var sum = LogSum()
    for state in 0..<1 << count {
      let spins = (0..<count).map { state >> $0 & 1 == 1 ? 1.0 : -1.0 }
      let agreement = edges.reduce(0.0) { $0 + spins[$1.0] * spins[$1.1] }
      sum.add(options.coupling * agreement + options.field * spins.reduce(0, +))
    }
    logPartition = sum.value
    states = StateTable(of: self)
  }

  /// The pairs of neighbours, to the right and below.
  private static func edges(rows: Int, columns: Int) -> [(Int, Int)] {
    var edges: [(Int, Int)] = []
    for place in 0..<rows * columns {
      if place % columns + 1 < columns { edges.append((place, place + 1)) }
      if place + columns < rows * columns { edges.append((place, place + columns)) }
    }
    return edges
  }

  public var observationCount: Int { options.observations.count }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    let z = draw["z"]
    guard !options.observations.isEmpty else { return z.tape.constant(0) }
    return LogDensity.normal(
      z.tape.constant(options.observations), mean: 2 * z - 1, sd: options.noiseSD
    ).sum()
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let spins = 2 * draw["z"] - 1
    let field = options.field * spins.sum() - logPartition
    guard !edges.isEmpty else { return field }
    return options.coupling * (spins.gathered(edges.map(\.0)) * spins.gathered(edges.map(\.1))).sum() + field
  }
}
