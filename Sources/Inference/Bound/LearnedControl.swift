import Foundation
import ReverseTape

/// A learned control variate on the tape of a step. It depends on the former steps alone, by sums of theirs in slots, so that the
/// expectation of the gradient stays what it is.
///
/// With γ the decay, f a step's mean signal, H its mean of ∇ log q and F that of (signal − b) ∇ log q, and every sum over the former
/// steps, each weighed by γ to the power of its age:
///
///     b = Σ f / Σ 1                  (Mnih & Gregor 2014, §2.2)
///     a = Σ F H / Σ H²               of each parameter: Cov[F, H] / Var[H], E[H] being 0 (Ranganath, Gerrish & Blei 2014, §4)
///
/// The coefficient of means over a step's draws is that of single draws: both moments have 1/draws of them. A step's own draws would
/// correlate with a; and of single draws there are no gradients on a tape, only of their sum.
package struct LearnedControl {
  package static let stepsSlot = "control_variate_steps"
  package static let signalsSlot = "control_variate_signals"
  package static let productsSlot = "control_variate_products"
  package static let squaresSlot = "control_variate_squares"

  /// a is 0 before so many steps: the ratio by one or two of them has no variance.
  static let fewestSteps = 10

  /// What a step has of the draws.
  struct Step {
    /// f, a scalar.
    var signal: Traced
    /// F and H, `[parameters]`.
    var product: Traced
    var score: Traced
  }

  private let decay: Double
  /// Σ 1 and Σ f.
  private let steps: Traced
  private let signals: Traced
  /// Σ F H and Σ H², `[parameters]`; nil where no parameter has a coefficient of its own.
  private let sums: (products: Traced, squares: Traced)?

  init(_ rule: LearnedControlVariate, parameterCount: Int, on tape: Tape) {
    decay = rule.decay
    steps = tape.slot(Slot(Self.stepsSlot, .scalar))
    signals = tape.slot(Slot(Self.signalsSlot, .scalar))
    let shape = Shape(parameterCount)
    sums =
      rule.isOfEachParameter
      ? (tape.slot(Slot(Self.productsSlot, shape)), tape.slot(Slot(Self.squaresSlot, shape))) : nil
  }

  /// b, a scalar; 0 at the first step. Σ 1 is 0 there and at least 1 later.
  var mean: Traced { signals / steps.maximum(steps.tape.constant(1)) }

  /// a, `[parameters]`; nil where there is none.
  private var coefficient: Traced? {
    guard let sums else { return nil }
    let fewest = (1 - pow(decay, Double(Self.fewestSteps))) / (1 - decay)
    // Σ 1 rises to 1/(1 − γ); rounding must not keep it from what it is after so many steps.
    let isKnown = (steps - fewest * (1 - 1e-6)).mapped(.step)
    // A parameter that log q does not depend on has no squares.
    return isKnown * sums.products / sums.squares.maximum(steps.tape.constant(1e-30))
  }

  /// F − a H, the estimate of the gradient `[parameters]`.
  func estimate(_ step: Step) -> Traced { coefficient.map { step.product - $0 * step.score } ?? step.product }

  /// What the slots hold at the next step. The first step has no b, so that its product is left out.
  func carried(after step: Step) -> [(slot: String, next: Traced)] {
    var next = [(Self.stepsSlot, decay * steps + 1), (Self.signalsSlot, decay * signals + step.signal)]
    if let sums {
      let counts = steps.minimum(steps.tape.constant(1))
      next += [
        (Self.productsSlot, decay * sums.products + counts * (step.product * step.score)),
        (Self.squaresSlot, decay * sums.squares + counts * step.score.square()),
      ]
    }
    return next
  }
}
