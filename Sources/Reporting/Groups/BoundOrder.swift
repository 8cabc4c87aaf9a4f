import Tracking

/// Which bounds on log p(x) are below which at every q, and so at their optima over one family.
enum BoundOrder {
  /// A kind of bound from below, with what places it among its kind.
  private enum Kind {
    case elbo
    /// Rises with K (Burda, Grosse & Salakhutdinov 2016, theorem 1).
    case importanceWeighted(samples: Int)
    /// Falls with α, from the evidence at 0 through the ELBO at 1 (Li & Turner 2016, theorem 1).
    case renyi(alpha: Double)
    /// A left Riemann sum of a rising integrand, which begins at the ELBO (Masrani, Le & Wood 2019, section 3).
    case thermodynamic

    init?(_ run: RunSummary) {
      switch run.record.objective {
      case "elbo": self = .elbo
      case "iwae":
        guard let samples = run.integer("objective.iwae.k") else { return nil }
        self = .importanceWeighted(samples: samples)
      case "renyi":
        guard let alpha = run.number("objective.renyi.alpha") else { return nil }
        self = .renyi(alpha: alpha)
      case "tvo": self = .thermodynamic
      default: return nil
      }
    }
  }

  static func isLower(_ run: RunSummary) -> Bool { Kind(run) != nil }

  static func isUpper(_ run: RunSummary) -> Bool { run.record.objective == "cubo" }

  /// Whether the bound of `lower` is below that of `higher` or equal, at every q.
  static func isBelow(_ lower: RunSummary, _ higher: RunSummary) -> Bool {
    guard let lower = Kind(lower), let higher = Kind(higher) else { return false }
    switch (lower, higher) {
    case (.elbo, .importanceWeighted), (.elbo, .thermodynamic): return true
    case (.importanceWeighted(let few), .importanceWeighted(let many)): return few < many
    case (.elbo, .renyi(let alpha)): return alpha < 1
    case (.renyi(let alpha), .elbo), (.renyi(let alpha), .importanceWeighted),
      (.renyi(let alpha), .thermodynamic):
      return alpha >= 1
    case (.renyi(let one), .renyi(let other)): return one > other
    default: return false
    }
  }
}
