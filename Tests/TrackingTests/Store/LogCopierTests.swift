import Dispatch
import Foundation
import Synchronization
import Testing
import Tracking

@Suite struct LogCopierTests {
  private let sample: SampleStore

  init() throws {
    sample = try SampleStore()
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 1)])
  }

  /// Writes full blocks of six columns that are no binary32, each in a transaction of its own: 192 KiB and a little more.
  private func write(blocks: Range<Int>) throws {
    for block in blocks {
      let first = block * StepBatchBuilder.batchSize
      let steps = (first..<first + StepBatchBuilder.batchSize).map {
        let value = Double($0) + 0.1
        let terms = BoundTerms(elbo: value, reconstruction: value, klPrior: value, entropy: value)
        return StepRecord(step: $0, terms: terms, objective: value, beta: 1, gradNorm: value)
      }
      try sample.store.write([.steps(runID: "r1", .sample(steps))])
    }
  }

  private func size(of suffix: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: sample.store.path + suffix)
    return attributes[.size] as? Int ?? 0
  }

  @Test("the log goes to the file while the store is open, long before it is long")
  func copies() throws {
    try write(blocks: 0..<24)
    let deadline = ContinuousClock.now + .seconds(30)
    while try size(of: "") < 2 << 20, .now < deadline { Thread.sleep(forTimeInterval: 0.01) }
    #expect(try size(of: "") >= 2 << 20)
    #expect(try size(of: "-wal") < 8 << 20)
  }

  @Test(
    "however much is written the log stays below 40 MB, and a closed store is one file with everything in it")
  func restarts() throws {
    try write(blocks: 0..<256)
    #expect(try size(of: "-wal") < 40_000_000)
    try sample.store.close()
    #expect(try sample.folder.names() == ["wb.sqlite"])
    let store = try Store(path: sample.store.path, mode: .reading)
    let steps = try store.steps(of: "r1")
    #expect(steps.count == 256 * StepBatchBuilder.batchSize)
    #expect(steps.indices.allSatisfy { steps[$0].terms.elbo == Double($0) + 0.1 })
  }

  @Test("whoever reads meanwhile sees whole transactions")
  func reader() throws {
    let problems = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      do {
        if index == 0 { return try write(blocks: 0..<64) }
        let reader = try Store(path: sample.store.path, mode: .reading)
        var last = 0
        while last < 64 * StepBatchBuilder.batchSize {
          let count = try reader.steps(of: "r1").count
          guard count >= last, count % StepBatchBuilder.batchSize == 0 else {
            return problems.withLock { $0.append("\(count) steps after \(last)") }
          }
          last = count
        }
      } catch {
        problems.withLock { $0.append("\(error)") }
      }
    }
    #expect(problems.withLock { $0 } == [])
  }
}
