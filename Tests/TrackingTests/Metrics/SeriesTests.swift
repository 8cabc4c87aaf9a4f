import Testing
import Tracking

/// Metrics of any name, at any steps.
@Suite struct SeriesTests {
  private static let metric = "it's a \"loss\"\n"

  /// Points at steps that are regular for a while, and then are not.
  private static func points(_ count: Int, seed: UInt64) -> [PointRecord] {
    var random = RandomBits(state: seed)
    var step = Int(random.next() % 5)
    return (0..<count).map { index in
      step += index % 700 < 350 ? 10 : 1 + Int(random.next() % 20)
      return PointRecord(step: step, value: random.double())
    }
  }

  private func started() throws -> SampleStore {
    let sample = try SampleStore(runs: ["r1", "r2"])
    try sample.store.write(["r1", "r2"].map { .started(runID: $0, attempt: sample.attempt, at: 1) })
    return sample
  }

  private func write(_ points: [PointRecord], by size: Int, to sample: SampleStore) throws {
    for start in stride(from: 0, to: points.count, by: size) {
      let piece = Array(points[start..<min(start + size, points.count)])
      try sample.store.write([.points(runID: "r1", metric: Self.metric, piece)])
    }
  }

  private func bits(_ points: [PointRecord]) -> [[UInt64]] {
    points.map { [UInt64($0.step), $0.value.bitPattern] }
  }

  @Test(
    "any bits at any steps come back as they were, and through the view as the same numbers",
    arguments: [(1, 1), (3, 1), (150, 1), (150, 150), (9000, 9000), (9000, 1000), (20_000, 4096)])
  func roundTrip(count: Int, size: Int) throws {
    let sample = try started()
    let points = Self.points(count, seed: UInt64(count + size))
    try write(points, by: size, to: sample)
    for isEnded in [false, true] {
      if isEnded { try sample.store.write([.ended(runID: "r1", .finished, at: 2)]) }
      #expect(bits(try sample.store.series(of: Self.metric, runID: "r1")) == bits(points))
      #expect(try sample.store.recordedMetrics(ofRuns: ["r1"]) == [Self.metric])
      let rows = try sample.store.query("SELECT step, value FROM points WHERE run_id = 'r1' ORDER BY step")
        .rows
      #expect(rows.map(\.first) == points.map { .integer($0.step) })
      let numbers = points.map { $0.value.isNaN ? SQLValue.null : .number($0.value) }
      #expect(zip(rows, numbers).allSatisfy { $0[1] == $1 })
    }
    let rows = try sample.store.query(
      "SELECT (SELECT count(*) FROM series) + (SELECT count(*) FROM single)"
    ).rows
    #expect(rows == [[.integer((count + 4095) / 4096)]], "as few as can be")
    let findings = try Store.examine(path: sample.store.path, thoroughly: true)
    #expect(findings.filter { $0.gravity == .damage && $0.check != "results" } == [])
  }

  @Test("steps that are equally far apart take no space, others four bytes")
  func space() throws {
    let sample = try started()
    func size() throws -> SQLValue {
      try sample.store.query("SELECT sum(coalesce(length(step), 0)) FROM series").rows[0][0]
    }
    let regular = (0..<1000).map { PointRecord(step: 7 * $0, value: Double($0)) }
    try sample.store.write([.points(runID: "r1", metric: "a", regular)])
    #expect(try size() == .integer(0))
    let irregular = (0..<1000).map { PointRecord(step: $0 * $0, value: Double($0)) }
    try sample.store.write([.points(runID: "r1", metric: "b", irregular)])
    #expect(try size() == .integer(4000))
  }

  @Test("steps that are very far apart are kept")
  func farApart() throws {
    let sample = try started()
    let points = [0, 1, 5_000_000_000, 5_000_000_003, 90_000_000_000].map { PointRecord(step: $0, value: 1) }
    try write(points, by: 5, to: sample)
    #expect(try sample.store.series(of: Self.metric, runID: "r1") == points)
    let rows = try sample.store.query("SELECT step FROM points ORDER BY step").rows
    #expect(rows == points.map { [.integer($0.step)] })
  }

  @Test("a step that does not come after the last one is refused", arguments: [0, 4, 5])
  func order(step: Int) throws {
    let sample = try started()
    let points = [PointRecord(step: 4, value: 1), PointRecord(step: 5, value: 1)]
    try sample.store.write([.points(runID: "r1", metric: "a", points)])
    #expect(throws: StoreError.self) {
      try sample.store.write([.points(runID: "r1", metric: "a", [PointRecord(step: step, value: 2)])])
    }
    #expect(try sample.store.series(of: "a", runID: "r1") == points)
  }

  @Test("a metric of several events is one row where the run ends with them")
  func lastEvents() throws {
    let sample = try started()
    let points = Self.points(9, seed: 1)
    try sample.store.write([
      .points(runID: "r1", metric: Self.metric, Array(points[..<1])),
      .points(runID: "r1", metric: "single", [PointRecord(step: 3, value: 1)]),
      .points(runID: "r1", metric: Self.metric, Array(points[1...])),
      .ended(runID: "r1", .finished, at: 2),
    ])
    #expect(try sample.store.query("SELECT count, sealed FROM series").rows == [[.integer(9), .integer(1)]])
    #expect(try sample.store.query("SELECT count(*) FROM single").rows == [[.integer(1)]])
    #expect(bits(try sample.store.series(of: Self.metric, runID: "r1")) == bits(points))
  }

  @Test(
    "an envelope has every step once, and of each place the extremes and the mean",
    arguments: [1, 64, 65, 4096, 10_001])
  func envelope(count: Int) throws {
    let sample = try started()
    let points = Self.points(count, seed: UInt64(count)).map {
      PointRecord(step: $0.step, value: $0.value.isFinite ? $0.value.remainder(dividingBy: 1000) : $0.value)
    }
    try write(points, by: 3000, to: sample)
    var random = RandomBits(state: 3)
    let batch = random.batch(firstStep: 5, stride: 3, count: min(count, 4096))
    try sample.store.write([.steps(runID: "r1", StepBlock(batch)), .ended(runID: "r1", .finished, at: 2)])
    for metric in [Self.metric] + StepColumn.allCases.map(\.name) {
      let values = try sample.store.series(of: metric, runID: "r1")
      var rest = values[...]
      for place in try sample.store.envelope(of: metric, runID: "r1") {
        let own = rest.prefix(place.count)
        rest = rest.dropFirst(place.count)
        let numbers = own.map(\.value).filter { !$0.isNaN }
        #expect(place.firstStep == own.first?.step && place.lastStep == own.last?.step)
        #expect(place.minimum == numbers.min() || numbers.isEmpty && place.minimum.isNaN)
        #expect(place.maximum == numbers.max() || numbers.isEmpty && place.maximum.isNaN)
        let isConstant = Set(own.map(\.value.bitPattern)).count == 1
        #expect(place.count <= 64 || isConstant, "a row of one value is one place")
        let sum = own.reduce(0) { $0 + $1.value }
        // Sums of n numbers in another order differ by at most n roundings of the sum of their sizes.
        let scale = own.reduce(0) { $0 + $1.value.magnitude }
        let error = abs(place.mean * Double(own.count) - sum)
        #expect(error <= Double(own.count) * scale * .ulpOfOne || !error.isFinite || !scale.isFinite)
        if own.allSatisfy(\.value.isFinite) {
          #expect(place.mean.isFinite || !scale.isFinite)
        } else {
          #expect(!place.mean.isFinite)
        }
      }
      #expect(rest.isEmpty)
    }
  }

  @Test("what is truncated goes on at its last step", arguments: [0, 1, 4000, 4096, 8999])
  func truncation(kept: Int) throws {
    let sample = try SampleStore()
    let points = Self.points(9000, seed: 5)
    _ = try sample.store.claim([WantedRun(runID: "r1")], limit: 1, for: sample.attempt)
    try write(points, by: 2000, to: sample)
    try sample.store.write([
      .ended(runID: "r1", RunOutcome(status: .interrupted, steps: 1, seconds: 1), at: 3)
    ])
    _ = try sample.store.claim([WantedRun(runID: "r1")], limit: 1, for: sample.attempt)
    try sample.store.write([.begun(runID: "r1", from: points[kept].step)], of: sample.attempt)
    #expect(bits(try sample.store.series(of: Self.metric, runID: "r1")) == bits(Array(points.prefix(kept))))
    try write(Array(points.dropFirst(kept)), by: 2000, to: sample)
    try sample.store.write([.ended(runID: "r1", .finished, at: 4)])
    #expect(bits(try sample.store.series(of: Self.metric, runID: "r1")) == bits(points))
    #expect(try sample.store.query("SELECT count(*) FROM series").rows == [[.integer(3)]])
  }
}
