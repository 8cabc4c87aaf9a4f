import NumericArrays
import ReverseTape

/// The slots that carry what a step has computed to the next one, of all lanes.
struct CarriedSlots<Scalar: KernelScalar> {
  /// Each `[elements, lanes]`.
  private let slots:
    [(name: String, now: UnsafeMutableBufferPointer<Scalar>, next: UnsafeBufferPointer<Scalar>)]
  private let lanes: Int

  init(_ evaluator: Evaluator<Scalar>, _ program: StepProgram) {
    lanes = evaluator.program.lanes
    slots = program.carried.compactMap { slot, output, count in
      guard let now = evaluator.slot(slot) else { return nil }
      let next = evaluator.output(output)
      let size = count * evaluator.program.lanes
      precondition(now.count == size && next.count == size, "of another shape")
      return (slot, now, next)
    }
  }

  /// Puts a run into a lane: what a state has of its former steps, or nothing.
  func open(_ lane: Int, _ state: FitState?) {
    for slot in slots {
      let saved = state?.numbers[slot.name] ?? []
      for (index, place) in stride(from: lane, to: slot.now.count, by: lanes).enumerated() {
        slot.now[place] = saved.isEmpty ? 0 : Scalar(saved[index])
      }
    }
  }

  /// Takes all lanes to their next step.
  func advance() {
    for slot in slots { _ = slot.now.update(from: slot.next) }
  }

  /// What a lane has, by the names of the slots.
  func values(of lane: Int) -> [String: [Double]] {
    var values: [String: [Double]] = [:]
    for slot in slots {
      values[slot.name] = stride(from: lane, to: slot.now.count, by: lanes).map { Double(slot.now[$0]) }
    }
    return values
  }
}

extension StepProgram {
  /// Whether a state has what is carried from step to step.
  func takesCarried(_ state: FitState) -> Bool {
    carried.allSatisfy { state.numbers[$0.slot]?.count == $0.count }
  }
}
