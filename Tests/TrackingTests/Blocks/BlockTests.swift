import Testing
import Tracking

@Suite struct BlockTests {
  private func blocks(_ sample: SampleStore) throws -> [[SQLValue]] {
    try sample.store.query("SELECT first_step, stride, count, sealed FROM block ORDER BY run, first_step")
      .rows
  }

  @Test(
    "any bits come back from the store as they were, and through the views as the same numbers",
    arguments: 1...12)
  func roundTrip(seed: Int) throws {
    let sample = try SampleStore()
    var random = RandomBits(state: UInt64(seed))
    var batches: [StepBatch] = []
    var next = 0
    for count in [1, 2, 3, 5, 130, 1 + seed * 7] {
      let stride = 1 + Int(random.next() % 9)
      batches.append(random.batch(firstStep: next, stride: stride, count: count))
      next += stride * count + Int(random.next() % 3)
    }
    try sample.store.write(
      [.started(runID: "r1", attempt: sample.attempt, at: 1)]
        + batches.flatMap(\.blocks).map { .steps(runID: "r1", $0) })
    let bits = StepBits.all(batches)
    #expect(StepBits.all(try sample.store.batches(of: "r1")) == bits)
    try expectViews(sample, bits)
    try sample.store.write([.ended(runID: "r1", .finished, at: 2)])
    #expect(StepBits.all(try sample.store.batches(of: "r1")) == bits, "after what was short is joined")
    try expectViews(sample, bits)
  }

  /// A NaN has no bits in SQL: it is NULL, as an absent term is; `points` has a row of it.
  private func expectViews(_ sample: SampleStore, _ bits: [StepBits]) throws {
    func number(_ value: UInt64?) -> UInt64? {
      value.flatMap { Double(bitPattern: $0).isNaN ? nil : $0 }
    }
    func read(_ value: SQLValue) throws -> UInt64? {
      switch value {
      case .null: return nil
      case .number(let value): return value.bitPattern
      default:
        Issue.record("a value is \(value)")
        return nil
      }
    }
    let names = StepColumn.allCases.map(\.name)
    let rows = try sample.store.query(
      "SELECT step, \(names.joined(separator: ", ")) FROM steps WHERE run_id = 'r1'"
    ).rows
    #expect(rows.map(\.first) == bits.map { .integer($0.step) })
    for (row, step) in zip(rows, bits) { #expect(try row.dropFirst().map(read) == step.values.map(number)) }
    for column in StepColumn.allCases {
      let points = try sample.store.query(
        "SELECT step, value FROM points WHERE run_id = 'r1' AND metric = '\(column.name)'"
      ).rows
      let recorded = bits.filter { $0.values[column.rawValue] != nil }
      #expect(points.map(\.first) == recorded.map { .integer($0.step) })
      #expect(try points.map { try read($0[1]) } == recorded.map { number($0.values[column.rawValue]) })
      let series = try sample.store.series(of: column.name, runID: "r1")
      #expect(series.map(\.step) == recorded.map(\.step))
      #expect(series.map(\.value.bitPattern) == recorded.map { $0.values[column.rawValue] })
    }
  }

  @Test(
    "a value takes four bytes where all of a column are binary32, three or more of them, and else eight",
    arguments: [1, 2, 3, 64, 65, 4096])
  func width(count: Int) throws {
    let sample = try SampleStore()
    var random = RandomBits(state: UInt64(count))
    func values(_ value: () -> Double) -> [Double] { (0..<count).map { _ in value() } }
    // A tenth, and a number with the bit after the last of binary32, are none.
    let narrow = values { Double(random.single()) }
    var columns = StepColumn.allCases.map { _ in StepBatch.Column.absent }
    columns[0] = .values(narrow)
    columns[1] = .values(values { random.double() })
    for (column, place) in [(2, 0), (3, count / 2), (4, count - 1), (5, count / 3)] {
      var own = narrow
      own[place] = column == 5 ? 0.1 : 1 + 0.5 * Double(Float.ulpOfOne)
      columns[column] = .values(own)
    }
    let batch = StepBatch(firstStep: 0, stride: 1, count: count, columns: columns)
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1), .steps(runID: "r1", StepBlock(batch)),
      .ended(runID: "r1", RunOutcome(status: .finished, steps: count - 1, seconds: 1), at: 2),
    ])
    #expect(StepBits.all(try sample.store.batches(of: "r1")) == StepBits.all([batch]))
    try expectViews(sample, StepBits.all([batch]))
    let names = StepColumn.allCases.prefix(6).map(\.name)
    let wide = SQLValue.integer(8 * count)
    #expect(
      try sample.store.query("SELECT \(names.map { "length(\($0))" }.joined(separator: ", ")) FROM block")
        .rows
        == [[count > 2 ? .integer(4 * count) : wide, wide, wide, wide, wide, wide]])
    let filterNames = FilterNames(parameters: [], metrics: names, lowerIsBetter: { _ in false })
    for (column, name) in names.enumerated() {
      guard let step = (0..<count).last(where: { columns[column].value(at: $0)?.isFinite == true }),
        let value = columns[column].value(at: step)
      else { continue }
      let filter = try FilterExpression(parsing: "\(name).at(\(step)) = \(value)", names: filterNames)
      #expect(try sample.store.runs(matching: filter).count == 1, "\(name) at \(step)")
    }
    #expect(
      try Store.examine(path: sample.store.path, thoroughly: true).filter { $0.gravity == .damage } == [])
  }

  @Test(
    "a finished run has full blocks, whatever the size of the batches it came in",
    arguments: [1, 17, 1000, 4095, 4096, 9000])
  func joining(size: Int) throws {
    let sample = try SampleStore()
    var random = RandomBits(state: 7)
    let total = size == 1 ? 5000 : 20_000
    var batches: [StepBatch] = []
    for first in stride(from: 0, to: total, by: size) {
      let count = min(size, total - first)
      var columns = StepColumn.allCases.map { _ in StepBatch.Column.absent }
      columns[0] = .init(compacting: (0..<count).map { _ in random.double() })
      columns[8] = .constant(0.5)
      batches.append(
        StepBatch(firstStep: 10 * first, stride: size == 1 ? 1 : 10, count: count, columns: columns))
    }
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 1)])
    for batch in batches {
      try sample.store.write(batch.blocks.map { .steps(runID: "r1", $0) })
    }
    #expect(try blocks(sample).count < total / 4096 + 34, "what waits is bounded")
    try sample.store.write([.ended(runID: "r1", .finished, at: 2)])
    let full = stride(from: 0, to: total, by: 4096).map { first -> [SQLValue] in
      [.integer(10 * first), .integer(10), .integer(min(4096, total - first)), .integer(1)]
    }
    #expect(try blocks(sample) == full)
    #expect(StepBits.all(try sample.store.batches(of: "r1")) == StepBits.all(batches))
    #expect(
      try sample.store.query("SELECT DISTINCT typeof(elbo), typeof(beta), typeof(entropy) FROM block").rows
        == [[.text("blob"), .text("real"), .text("null")]])
  }

  @Test("what cannot be joined stays apart and is not tried again")
  func irregular() throws {
    let sample = try SampleStore()
    let steps = (0..<200).map { StepRecord.sample($0 * $0, elbo: $0 % 2 == 0 ? 1 : nil) }
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 1)])
    for step in steps { try sample.store.write([.steps(runID: "r1", .sample([step]))]) }
    #expect(try sample.store.steps(of: "r1") == steps)
    #expect(
      try sample.store.query("SELECT count(*) < 33 FROM block WHERE NOT sealed").rows == [[.integer(1)]])
    try sample.store.write([.ended(runID: "r1", .finished, at: 2)])
    #expect(try sample.store.steps(of: "r1") == steps)
    #expect(try sample.store.query("SELECT min(sealed) FROM block").rows == [[.integer(1)]])
  }

  @Test("the blocks of an ended run are the same, whatever the batches it came in", arguments: 1...20)
  func sameBlocks(seed: Int) throws {
    var random = RandomBits(state: UInt64(seed))
    var steps: [StepRecord] = []
    var next = 0
    while steps.count < 400 {
      let stride = 1 + Int(random.next() % 3)
      let hasElbo = random.next() % 4 != 0
      for _ in 0..<1 + random.next() % 5 {
        steps.append(.sample(next, elbo: hasElbo ? Double(next) : nil))
        next += stride
      }
    }
    func blocks(by size: () -> Int) throws -> [[SQLValue]] {
      let sample = try SampleStore()
      try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 1)])
      var rest = steps[...]
      while !rest.isEmpty {
        let taken = rest.prefix(size())
        rest = rest.dropFirst(taken.count)
        try sample.store.write(taken.batched().flatMap(\.blocks).map { .steps(runID: "r1", $0) })
      }
      try sample.store.write([.ended(runID: "r1", .finished, at: 2)])
      #expect(try sample.store.steps(of: "r1") == steps)
      return try self.blocks(sample)
    }
    let whole = try blocks { 400 }
    #expect(try blocks { 1 } == whole)
    #expect(try blocks { 1 + Int(random.next() % 50) } == whole)
  }

  @Test("a run started again has nothing of before, and one that is killed keeps what it wrote")
  func restart() throws {
    let sample = try SampleStore(runs: ["r1", "r2"])
    var random = RandomBits(state: 3)
    let old = random.batch(firstStep: 0, stride: 1, count: 5000)
    let other = random.batch(firstStep: 0, stride: 1, count: 300)
    try sample.store.write(
      [
        .started(runID: "r1", attempt: sample.attempt, at: 1),
        .started(runID: "r2", attempt: sample.attempt, at: 1), .steps(runID: "r2", StepBlock(other)),
      ] + old.blocks.map { .steps(runID: "r1", $0) })
    // Another process opens what the first one left, as after a kill.
    let store = try Store(path: sample.store.path, mode: .writing, settings: .fixed())
    #expect(StepBits.all(try store.batches(of: "r1")) == StepBits.all([old]))
    let attempt = try store.beginAttempt(.sample)
    let new = random.batch(firstStep: 0, stride: 2, count: 10)
    try store.write([.started(runID: "r1", attempt: attempt, at: 2), .steps(runID: "r1", StepBlock(new))])
    #expect(StepBits.all(try store.batches(of: "r1")) == StepBits.all([new]))
    #expect(StepBits.all(try store.batches(of: "r2")) == StepBits.all([other]))
  }

  @Test("the last and the largest value of a column are those of its steps", arguments: 1...8)
  func headers(seed: Int) throws {
    let sample = try SampleStore()
    var random = RandomBits(state: UInt64(seed))
    let batches = (0..<4).map { random.batch(firstStep: 100 * $0, stride: 1, count: 1 + 11 * $0) }
    try sample.store.write(
      [.started(runID: "r1", attempt: sample.attempt, at: 1)]
        + batches.flatMap(\.blocks).map { .steps(runID: "r1", $0) })
    for column in StepColumn.allCases {
      let values = try sample.store.series(of: column.name, runID: "r1").map(\.value)
      #expect(
        try sample.store.summaries(of: column.name, runIDs: ["r1"])["r1"]?.last.bitPattern
          == values.last?.bitPattern)
      let largest = try sample.store.summaries(of: column.name, runIDs: ["r1"])["r1"]?.maximum
      #expect(largest.flatMap { $0.isNaN ? nil : $0 } == values.filter { !$0.isNaN }.max())
    }
  }
}
