public import ReverseTape

/// One draw of the latents: the unconstrained vector z and the constrained variables by name.
public struct LatentDraw {
  /// z `[D]`, on the unconstrained scale.
  public let unconstrained: Traced
  private let latents: [Latent]

  public init(_ unconstrained: Traced, latents: [Latent]) {
    self.unconstrained = unconstrained
    self.latents = latents
  }

  /// The latent of that name on the constrained scale, `[count]`.
  ///
  /// - Precondition: the model declares it.
  public subscript(name: String) -> Traced {
    let (latent, part) = part(of: name)
    return latent.support.constrain(part)
  }

  /// The latent of that name on the unconstrained scale, `[count]`: the log of a positive one.
  public func unconstrained(_ name: String) -> Traced { part(of: name).1 }

  /// The sum of the transforms' log-Jacobians; nil where every latent is real.
  public var logJacobian: Traced? {
    let terms = latents.compactMap { latent in
      latent.support.logJacobian(part(of: latent.name).1)?.sum()
    }
    return terms.isEmpty ? nil : terms.dropFirst().reduce(terms[0], +)
  }

  private func part(of name: String) -> (Latent, Traced) {
    var start = 0
    for latent in latents {
      if latent.name == name { return (latent, unconstrained[start..<start + latent.count]) }
      start += latent.count
    }
    preconditionFailure("the model has no latent '\(name)'")
  }
}
