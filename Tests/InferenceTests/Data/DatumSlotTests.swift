import Inference
import NumericArrays
import ReverseTape
import Testing

@Suite struct DatumSlotTests {
  /// The rows that each step sees, by the number that each of the 12 rows holds.
  private func visits(size: Int?, samples: Int = 1, seed: UInt64 = 0, steps: Range<Int>) throws -> [[Int]] {
    let array = DataArray(
      name: "rows", rowCount: 12, width: 1, storage: .numbers((0..<12).map { Double($0) }), digest: "rows")
    let data = try LearningData(DataOptions(), arrays: ["data": array]).training
    let tape = Tape(draws: (size ?? 12) * samples)
    let x = tape.slot(Slot(BoundTape.datumSlot, Shape(1), .perDraw))
    let evaluator = Evaluator<Double>(Program(tape, outputs: [x + 0]))
    var slot = try #require(DatumSlot(evaluator, data: data, size: size, samples: samples, seed: seed))
    return steps.map { step in
      slot.fill(step: step)
      evaluator.run()
      return evaluator.output(0).map { Int($0) }
    }
  }

  @Test(
    "an epoch's minibatches visit every row once, and every epoch in another order",
    arguments: [1, 3, 4, 6, 12])
  func everyRow(_ size: Int) throws {
    let batches = 12 / size
    let visits = try visits(size: size, steps: 0..<5 * batches)
    let epochs = (0..<5).map { Array(visits[$0 * batches..<($0 + 1) * batches].joined()) }
    for epoch in epochs { #expect(epoch.sorted() == Array(0..<12)) }
    #expect(Set(epochs).count == 5)
  }

  @Test("rows that do not fill a minibatch wait for another epoch", arguments: [5, 7, 8])
  func remainder(_ size: Int) throws {
    let batches = 12 / size
    let visits = try visits(size: size, steps: 0..<40 * batches)
    for epoch in 0..<40 {
      let seen = Array(visits[epoch * batches..<(epoch + 1) * batches].joined())
      #expect(Set(seen).count == batches * size)
    }
    #expect(Set(visits.joined()) == Set(0..<12))
  }

  @Test("the order is of the seed and the step, not of the steps before")
  func order() throws {
    let all = try visits(size: 4, steps: 0..<12)
    #expect(try visits(size: 4, steps: 7..<12) == Array(all[7...]))
    #expect(try visits(size: 4, seed: 1, steps: 0..<12) != all)
  }

  @Test("every sample sees the same rows; without minibatches all, in order")
  func samples() throws {
    let visits = try visits(size: 4, samples: 3, steps: 0..<6)
    for visit in visits {
      #expect(Array(visit[0..<4]) == Array(visit[4..<8]) && Array(visit[0..<4]) == Array(visit[8..<12]))
    }
    #expect(
      try self.visits(size: nil, samples: 2, steps: 0..<2) == [
        Array(0..<12) + Array(0..<12), Array(0..<12) + Array(0..<12),
      ])
  }
}
