/// Reverse-mode differentiation by recording: the gradient is more nodes on the same tape, so it shares common
/// subexpressions with the forward pass and is compiled with it.
extension Tape {
  /// The gradient of a shared scalar with respect to shared inputs, one value in the layout of each input.
  ///
  /// - Precondition: `output` is a shared scalar; every operation between has a rule (all but `trigamma`).
  public func gradient(of output: Traced, withRespectTo inputs: [Traced]) -> [Traced] {
    precondition(output.layout == Layout(.scalar, .shared), "the gradient is of a shared scalar")
    var adjoints = Adjoints(tape: self)
    adjoints.add(constant(1), to: output)
    let needed = dependents(of: inputs, upTo: output)
    for id in stride(from: Int(output.id), through: 0, by: -1) where needed[id] {
      let value = Traced(tape: self, id: Int32(id))
      guard let adjoint = adjoints.total(of: value) else { continue }
      propagate(adjoint, through: value, needed: needed, into: &adjoints)
    }
    return inputs.map { input in
      (adjoints.total(of: input) ?? constant(0)).expanded(to: input.layout)
    }
  }

  /// Which nodes up to `output` depend on one of the inputs (the inputs themselves included).
  fileprivate func dependents(of inputs: [Traced], upTo output: Traced) -> [Bool] {
    var depends = [Bool](repeating: false, count: nodes.count)
    for input in inputs { depends[Int(input.id)] = true }
    for id in 0...Int(output.id) where !depends[id] {
      depends[id] = nodes[id].operands.contains { depends[Int($0)] }
    }
    return depends
  }
}

extension Traced {
  /// Whether this value is computed from `other`.
  public func depends(on other: Traced) -> Bool {
    precondition(tape === other.tape, "values of different tapes")
    guard id >= other.id else { return false }
    return tape.dependents(of: [other], upTo: self)[Int(id)]
  }
}

/// What has been collected for each node during the reverse sweep.
///
/// An adjoint may be held in a narrower layout than its node's: it stands for its broadcast.
struct Adjoints {
  private let tape: Tape
  private var whole: [Int32: Traced] = [:]
  /// Adjoints of slices: (start, adjoint as a vector in the slice's layout).
  private var parts: [Int32: [(start: Int, adjoint: Traced)]] = [:]

  init(tape: Tape) { self.tape = tape }

  mutating func add(_ adjoint: Traced, to value: Traced) {
    whole[value.id] = whole[value.id].map { $0 + adjoint } ?? adjoint
  }

  /// Adds the adjoint of the slice of `value` that starts at `start`.
  mutating func add(_ adjoint: Traced, to value: Traced, from start: Int) {
    parts[value.id, default: []].append((start, adjoint))
  }

  /// The sum of what was added; nil where nothing was.
  mutating func total(of value: Traced) -> Traced? {
    for part in assembledParts(of: value) { add(part, to: value) }
    parts[value.id] = nil
    return whole[value.id]
  }

  /// The slices' adjoints laid side by side, overlapping ones in further vectors, gaps filled with zeros.
  private func assembledParts(of value: Traced) -> [Traced] {
    var remaining = (parts[value.id] ?? []).sorted { $0.start < $1.start }
    var assembled: [Traced] = []
    while !remaining.isEmpty {
      var pieces: [Traced] = []
      var overlapping: [(start: Int, adjoint: Traced)] = []
      var position = 0
      for part in remaining {
        guard part.start >= position else {
          overlapping.append(part)
          continue
        }
        if part.start > position { pieces.append(zeros(part.start - position)) }
        pieces.append(part.adjoint)
        position = part.start + part.adjoint.count
      }
      if position < value.count { pieces.append(zeros(value.count - position)) }
      assembled.append(Traced.concatenated(pieces).reshaped(value.shape))
      remaining = overlapping
    }
    return assembled
  }

  private func zeros(_ count: Int) -> Traced {
    tape.constant([Double](repeating: 0, count: count))
  }
}
