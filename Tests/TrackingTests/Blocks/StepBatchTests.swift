import Testing
import Tracking

@Suite struct StepBatchTests {
  @Test("steps of one cadence and the same terms are one batch; one off it begins another")
  func cadence() {
    let steps = [0, 10, 20, 23, 33, 43].map { StepRecord.sample($0) }
    let batches = steps.batched()
    #expect(batches.map(\.firstStep) == [0, 23])
    #expect(batches.map(\.stride) == [10, 10])
    #expect(batches.map(\.count) == [3, 3])
    #expect(batches.flatMap(\.records) == steps)
  }

  @Test("a term that comes or goes begins a batch")
  func presence() {
    let steps = [1, nil, nil, 3, .nan].enumerated().map { StepRecord.sample($0, elbo: $1) }
    #expect(steps.batched().map(\.count) == [1, 2, 2])
    #expect(steps.batched().map { $0[.elbo] == .absent } == [false, true, false])
  }

  @Test("a batch has at most 4,096 steps")
  func full() {
    let batches = (0..<10_000).map { StepRecord.sample($0) }.batched()
    #expect(batches.map(\.count) == [4096, 4096, 1808])
  }

  @Test("a column is constant where its values have the same bits")
  func constants() {
    #expect(StepBatch.Column(compacting: [2, 2, 2]) == .constant(2))
    #expect(StepBatch.Column(compacting: [0, -0.0]) == .values([0, -0.0]))
    guard case .constant(let value) = StepBatch.Column(compacting: [.nan, .nan]) else {
      Issue.record("NaN is not constant")
      return
    }
    #expect(value.isNaN)
  }

  @Test("any steps come out as they went in", arguments: 1...10)
  func anySteps(seed: Int) {
    var random = RandomBits(state: UInt64(seed))
    let batches = (0..<6).map {
      random.batch(firstStep: 1000 * $0, stride: 1 + $0, count: 1 + Int(random.next() % 40))
    }
    let steps = batches.flatMap(\.records)
    #expect(StepBits.all(steps.batched()) == StepBits.all(batches))
  }
}
