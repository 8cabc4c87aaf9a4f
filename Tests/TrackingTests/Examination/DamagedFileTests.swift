import Foundation
import Testing
import Tracking

/// Files whose bytes were changed by something that is no database.
@Suite struct DamagedFileTests {
  /// A closed store of two runs with 3,000 steps each; the elbo of run r at step i is 1,000 r + i / 7, in eight bytes.
  private static func store() throws -> (folder: TemporaryFolder, bytes: [UInt8]) {
    let sample = try SampleStore(runs: ["r1", "r2"])
    for (index, run) in ["r1", "r2"].enumerated() {
      let steps = (0..<3000).map { step -> StepRecord in
        let value = Double(1000 * (index + 1)) + Double(step) / 7
        return StepRecord(
          step: step, terms: BoundTerms(elbo: value, klPrior: -value), objective: 2 * value, beta: 1,
          gradNorm: value / 2)
      }
      try sample.store.write(
        [.started(runID: run, attempt: sample.attempt, at: 1)]
          + steps.batched().flatMap(\.blocks).map { .steps(runID: run, $0) }
          + [.ended(runID: run, RunOutcome(status: .finished, steps: 2999, seconds: 1), at: 3)])
    }
    try sample.store.close()
    return (sample.folder, Array(try Data(contentsOf: URL(fileURLWithPath: sample.store.path))))
  }

  private func examine(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> [StoreFinding] {
    let path = folder.file("damaged.sqlite")
    for name in try folder.names() where name.hasPrefix("damaged") {
      try FileManager.default.removeItem(atPath: folder.file(name))
    }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try Store.examine(path: path, thoroughly: true)
  }

  @Test("one bit that is changed in a recorded value, above the rounding of its sum, is found with its run")
  func bit() throws {
    let (folder, bytes) = try Self.store()
    #expect(try examine(bytes, in: folder).filter { $0.gravity == .damage } == [])
    // The elbo of step 1,000 of r2 with those beside it, as the block has them; pages that are free now may have them too.
    let pattern = [999, 1000, 1001].flatMap { step in
      withUnsafeBytes(of: (2000 + Double(step) / 7).bitPattern.bigEndian, Array.init)
    }
    let places = bytes.ranges(of: pattern).map(\.lowerBound)
    #expect(!places.isEmpty)
    for bit in [20, 40, 52, 63] {
      var changed = bytes
      for place in places { changed[place + 8 + 7 - bit / 8] ^= 1 << (bit % 8) }
      let damage = try examine(changed, in: folder).filter { $0.gravity == .damage }
      #expect(damage.map(\.runID) == ["r2"], "bit \(bit)")
      #expect(damage.first?.what.contains("does not agree with the values of elbo") == true)
      #expect(damage.first?.fix?.contains(".recover") == true)
    }
  }

  @Test("a page of zeros or noise is never a crash, and in the tables of runs and steps never overlooked")
  func pages() throws {
    let (folder, bytes) = try Self.store()
    var random = RandomBits(state: 7)
    var found = 0
    let pages = bytes.count / 8192
    for page in 0..<pages {
      for isNoise in [false, true] {
        var changed = bytes
        // Past the header of the file, so that it still says that it is a store.
        for place in (page == 0 ? 100 : page * 8192)..<(page + 1) * 8192 {
          changed[place] = isNoise ? UInt8(truncatingIfNeeded: random.next()) : 0
        }
        let findings: [StoreFinding]
        do {
          findings = try examine(changed, in: folder)
        } catch {
          // Where not even the schema can be read.
          #expect(page == 0, "\(error)")
          continue
        }
        if findings.contains(where: { $0.gravity == .damage }) { found += 1 }
        for finding in findings { #expect(!finding.what.isEmpty) }
        // What reads it otherwise says so, and does not crash either.
        if let store = try? Store(path: folder.file("damaged.sqlite"), mode: .reading) {
          _ = try? store.runs()
          _ = try? store.sweeps()
          _ = try? store.batches(of: "r1")
          _ = try? store.series(of: "elbo", runID: "r2")
          _ = try? store.query("SELECT sum(elbo) FROM steps")
        }
      }
    }
    // Every page but the free ones and those of pointers to pages that SQLite looks at itself is in use.
    #expect(found >= 2 * pages - 6, "\(found) of \(2 * pages)")
  }

  @Test("a file that ends too early is said to, wherever it ends")
  func truncated() throws {
    let (folder, bytes) = try Self.store()
    for pages in [1, 2, 5, bytes.count / 8192 / 2, bytes.count / 8192 - 1] {
      let findings = try examine(Array(bytes[..<(8192 * pages)]), in: folder)
      #expect(
        findings.map(\.what) == ["the file has \(8192 * pages) of \(bytes.count) bytes: its end is missing"])
      #expect(findings.first?.gravity == .damage)
    }
  }

  @Test("a file that is no store is no finding but an error")
  func others() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("notes.sqlite")
    try Data("no database".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: StoreError.notADatabase(path: path)) { _ = try Store.examine(path: path) }
    #expect(throws: StoreError.missing(path: folder.file())) { _ = try Store.examine(path: folder.file()) }
    #expect(throws: StoreError.isFolder(path: folder.path)) { _ = try Store.examine(path: folder.path) }
  }
}
