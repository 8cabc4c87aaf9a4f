import NumericArrays
public import ReverseTape

/// The sufficient statistics of a model's latents, by name, or their expectations under a q whose latents are independent.
///
/// A log density that is linear in the statistics of each latent has its expectation where theirs stand in their place.
public struct LatentStatistics {
  private let latents: [String: LatentStatistic]

  init(_ latents: [String: LatentStatistic]) { self.latents = latents }

  /// Those of one draw.
  public init(_ draw: LatentDraw, of latents: [Latent]) {
    self.latents = Dictionary(
      uniqueKeysWithValues: latents.map { latent in
        (latent.name, LatentStatistic(draw.unconstrained(latent.name), latent.support))
      })
  }

  /// z `[count]` of a real or positive latent.
  public func value(_ name: String) -> Traced { self[name, \.value] }
  /// log z `[count]` of a latent that is positive or between 0 and 1.
  public func log(_ name: String) -> Traced { self[name, \.log] }
  /// log(1 − z) `[count]` of one between 0 and 1.
  public func logComplement(_ name: String) -> Traced { self[name, \.logComplement] }

  /// |t − A z|² of a real latent: linear in z and z zᵀ.
  ///
  /// - Parameters:
  ///   - target: t `[rows]`, shared.
  ///   - design: A `[rows, count]`, shared.
  public func squaredDistance(_ name: String, from target: Traced, through design: Traced) -> Traced {
    self[name, \.squaredDistance](target, design)
  }

  /// The log-Jacobians of the transforms; nil where every latent is real.
  var logJacobian: Traced? {
    // Names in a fixed order: so is the sum.
    let terms = latents.keys.sorted().compactMap { latents[$0]?.logJacobian }
    return terms.isEmpty ? nil : terms.dropFirst().reduce(terms[0], +)
  }

  private subscript<Value>(name: String, statistic: KeyPath<LatentStatistic, Value?>) -> Value {
    guard let value = latents[name]?[keyPath: statistic] else {
      preconditionFailure("'\(name)' has no such statistic")
    }
    return value
  }
}

/// The statistics of one latent: those that its support has.
struct LatentStatistic {
  var value: Traced?
  var log: Traced?
  var logComplement: Traced?
  var squaredDistance: ((_ target: Traced, _ design: Traced) -> Traced)?

  /// log |dz/du|: log z of z = exp(u), log z + log(1 − z) of z = 1 / (1 + exp(−u)).
  var logJacobian: Traced? {
    guard let log = log?.sum() else { return nil }
    return logComplement.map { log + $0.sum() } ?? log
  }
}

extension LatentStatistic {
  /// Those of a draw u on the unconstrained scale.
  init(_ u: Traced, _ support: Support) {
    switch support {
    case .positive:
      self.init(value: u.exp(), log: u)
    case .interval(lower: 0, upper: 1):
      self.init(log: -(-u).softplus(), logComplement: -u.softplus())
    default:
      self.init(value: u, squaredDistance: { target, design in (target - design.times(u)).square().sum() })
    }
  }
}

extension Tape {
  /// A matrix that never changes between replays.
  func constant(_ matrix: Matrix) -> Traced {
    constant(matrix.elements, Shape(matrix.rows, matrix.columns))
  }
}
