import NumericArrays

/// What one of the runs in a replay has for itself, besides its share of the arrays and the number of its step.
final class FitLane {
  let run: FitRun
  let control: StepControl
  var check: IdentityCheck
  /// The first iterate that is averaged; nil where averaging is off.
  private let firstAveraged: Int?
  /// The running mean of the iterates, in Double.
  private var average: [Double] = []
  private var averaged = 0

  init(_ run: FitRun, control: StepControl, total: Int, check: IdentityCheck) {
    self.run = run
    self.control = control
    self.check = check
    firstAveraged = control.firstAveraged(of: total)
  }

  var beta: Beta { run.settings.beta }

  /// Whether something is to be done at steps between the recorded ones.
  var hasChores: Bool {
    firstAveraged != nil || !control.isConstant || control.clipNorm != nil || beta.constant == nil
  }

  func isAveraging(at step: Int) -> Bool { firstAveraged.map { step >= $0 } ?? false }

  /// Takes the iterate `parameters[index · stride]` into the average.
  func addToAverage<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, count: Int, stride: Int
  ) {
    if average.isEmpty { average = [Double](repeating: 0, count: count) }
    averaged += 1
    let share = Double(averaged)
    average.withUnsafeMutableBufferPointer { average in
      for index in average.indices {
        average[index] += (Double(parameters[index * stride]) - average[index]) / share
      }
    }
  }

  /// φ, averaged where averaging is on.
  func parameters<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, count: Int, stride: Int
  ) -> [Double] {
    averaged > 0 ? average : (0..<count).map { Double(parameters[$0 * stride]) }
  }
}
