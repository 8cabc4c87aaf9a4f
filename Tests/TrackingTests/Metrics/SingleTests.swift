import Testing
import Tracking

/// Metrics of which a run that has ended recorded one value.
@Suite struct SingleTests {
  private static let values: [Double] = [0.25, -0.0, .infinity, -.infinity, .nan, 5e-324, 3]

  private func name(_ index: Int) -> String { "m\(index)" }

  /// A run that ended with the values, each of a metric of its own, at step 7.
  private func ended(together: Bool) throws -> SampleStore {
    let sample = try SampleStore(runs: ["r1", "r2"])
    let points = Self.values.enumerated().map { index, value in
      StoreEvent.points(runID: "r1", metric: name(index), [PointRecord(step: 7, value: value)])
    }
    let events =
      [.started(runID: "r1", attempt: sample.attempt, at: 1)] + points + [
        .ended(runID: "r1", .finished, at: 2)
      ]
    if together {
      try sample.store.write(events)
    } else {
      for event in events { try sample.store.write([event]) }
    }
    return sample
  }

  private func count(_ table: String, _ sample: SampleStore) throws -> SQLValue {
    try sample.store.query("SELECT count(*) FROM \(table)").rows[0][0]
  }

  @Test("all but a NaN are rows of `single` alone, however they came", arguments: [true, false])
  func rows(together: Bool) throws {
    let sample = try ended(together: together)
    #expect(try count("single", sample) == .integer(Self.values.count - 1))
    #expect(try count("series", sample) == .integer(1))
    #expect(try count("summary", sample) == .integer(1))
    let findings = try Store.examine(path: sample.store.path, thoroughly: true)
    #expect(findings.filter { $0.gravity == .damage && $0.check != "results" } == [])
  }

  @Test("every way to read them has their bits, steps and summaries", arguments: [true, false])
  func reading(together: Bool) throws {
    let sample = try ended(together: together)
    let store = sample.store
    #expect(try store.recordedMetrics(ofRuns: ["r1"]) == Self.values.indices.map(name))
    #expect(try store.recordedMetrics(ofRuns: ["r2"]) == [])
    for (index, value) in Self.values.enumerated() {
      let metric = name(index)
      let points = try store.series(of: metric, runID: "r1")
      #expect(points.map(\.step) == [7] && points.map(\.value.bitPattern) == [value.bitPattern], "\(value)")
      let envelope = try store.envelope(of: metric, runID: "r1")
      #expect(envelope.map(\.firstStep) == [7] && envelope.map(\.count) == [1])
      // Few runs are looked up one by one, many in one walk.
      for others in [0, 500] {
        let asked = ["r1", "r2"] + (0..<others).map { "other \($0)" }
        let summaries = try store.summaries(of: metric, runIDs: asked)
        #expect(Array(summaries.keys) == ["r1"])
        let summary = try #require(summaries["r1"])
        #expect(summary.count == 1 && summary.firstStep == 7 && summary.lastStep == 7)
        for part in [summary.minimum, summary.maximum, summary.mean, summary.last] {
          #expect(part == value || part.isNaN && value.isNaN, "\(value)")
        }
        #expect(summary.firstNonFiniteStep == (value.isFinite ? nil : 7))
      }
      let seen = value.isNaN ? SQLValue.null : .number(value)
      let of = "WHERE run_id = 'r1' AND metric = '\(metric)'"
      #expect(try store.query("SELECT step, value FROM points \(of)").rows == [[.integer(7), seen]])
      #expect(
        try store.query("SELECT count, first_step, last_step, mean, last FROM summaries \(of)").rows
          == [[.integer(1), .integer(7), .integer(7), seen, seen]])
    }
  }

  @Test("a value that is added makes a series of both, and the rest stays as it was", arguments: [3, 12])
  func adding(step: Int) throws {
    let sample = try ended(together: true)
    _ = try sample.store.log([(name(0), 0.75)], step: step, of: "r1")
    let points = [PointRecord(step: 7, value: 0.25), PointRecord(step: step, value: 0.75)].sorted {
      $0.step < $1.step
    }
    #expect(try sample.store.series(of: name(0), runID: "r1") == points)
    #expect(try sample.store.summaries(of: name(0), runIDs: ["r1"])["r1"]?.mean == 0.5)
    #expect(try sample.store.summaries(of: name(6), runIDs: ["r1"])["r1"]?.mean == 3)
    #expect(try count("single", sample) == .integer(Self.values.count - 2))
    let findings = try Store.examine(path: sample.store.path, thoroughly: true)
    #expect(findings.filter { $0.gravity == .damage && $0.check != "results" } == [])
  }

  @Test("they go with the attempt that recorded them")
  func startingAgain() throws {
    let sample = try ended(together: true)
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 3)])
    for table in ["single", "series", "summary", "points", "summaries"] {
      #expect(try count(table, sample) == .integer(0), "\(table)")
    }
    try sample.store.write([
      .points(runID: "r1", metric: name(0), [PointRecord(step: 1, value: 1)]),
      .ended(runID: "r1", .finished, at: 4),
    ])
    #expect(try sample.store.series(of: name(0), runID: "r1") == [PointRecord(step: 1, value: 1)])
  }

  @Test("they are deleted with their run")
  func collecting() throws {
    let sample = try ended(together: true)
    #expect(try sample.store.remove(["r1"]) == 1)
    #expect(try count("points", sample) == .integer(0))
    #expect(try count("summaries", sample) == .integer(0))
    #expect(try sample.store.collect(["r1"]).runIDs == ["r1"])
    #expect(try count("single", sample) == .integer(0))
  }
}
