internal import GRDB

/// The blocks of recorded steps.
extension Examination {
  /// A block as far as its header goes, or its values.
  private struct Place {
    var run: Int64 = -1
    var lastStep: Int64 = -1
  }

  /// Blocks follow one another without overlap, say which columns they have, and their headers are right; whether they agree
  /// with the values is a thorough look.
  func blocks() throws -> [StoreFinding] {
    let names = StepColumn.allCases.map(\.name)
    let present = names.enumerated().map { "((typeof(\($1)) <> 'null') << \($0))" }.joined(separator: " | ")
    let statement = try RawStatement(
      database,
      sql: """
        SELECT
          first_step, stride, count, run, present, \(present), header, envelope\(isThorough ? ", " + BlockTable.columns : "")
        FROM block ORDER BY run, first_step
        """)
    var findings: [(run: Int64, what: String)] = []
    var nonFinite: [(run: Int64, step: Int)] = []
    var place = Place()
    var blocks = 0
    try statement.forEachRow { row in
      blocks += 1
      let run = row.integer(3)
      if run != place.run { place = Place(run: run) }
      do {
        let count = Int64(try BlockTable.validCount(row))
        if row.integer(0) <= place.lastStep {
          throw BlockTable.damage("two blocks have step \(row.integer(0))")
        }
        place.lastStep = row.integer(0) + row.integer(1) * (count - 1)
        if let step = try firstNonFiniteStep(row, count: Int(count)), nonFinite.last?.run != run {
          nonFinite.append((run, step))
        }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        findings.append((run, "steps from \(row.integer(0)): \(error.message ?? "")"))
      }
    }
    let damages = try findings.map { damage("blocks", runID: try runID(of: $0.run), $0.what) }
    let remarks = try nonFinite.compactMap { try remark(onRun: $0.run, nonFiniteAt: $0.step) }
    let fine = isThorough ? "their headers agree with every value" : "their headers are well formed"
    return self.findings(damages, of: "blocks", else: "\(Self.count(blocks, "block")) of steps; \(fine)")
      + StoreFinding.abridged(remarks)
  }

  /// The first step of a block at which some column is not finite; nil where all are.
  ///
  /// - Throws: `SQLITE_CORRUPT` with what is wrong with the block.
  private func firstNonFiniteStep(_ row: RawStatement, count: Int) throws -> Int? {
    let present = row.integer(4)
    guard present == row.integer(5) else {
      throw BlockTable.damage("its columns are not those that its row says")
    }
    let header = row.blob(6)
    guard header.count == BlockHeader.size * present.nonzeroBitCount else {
      throw BlockTable.damage("its header has \(header.count) bytes")
    }
    if isThorough {
      let columns = try StepColumn.allCases.indices.map {
        try BlockTable.column(row, at: Int32($0) + 8, count: count)
      }
      let (first, stride) = (Int(row.integer(0)), Int(row.integer(1)))
      let encoded = EncodedColumns(columns, count: count) { first + stride * $0 }
      let names = StepColumn.allCases.filter { columns[$0.rawValue] != .absent }.map(\.name)
      try Self.check(header, row.blob(7), against: encoded, names: names)
    }
    return StepColumn.allCases.compactMap {
      BlockHeader(of: $0, present: present, header: row.blob(6))?.firstNonFiniteStep
    }.min()
  }

  /// Only of a run that is not known to have diverged there is something to say.
  private func remark(onRun run: Int64, nonFiniteAt step: Int) throws -> StoreFinding? {
    let row = try Row.fetchOne(
      database, sql: "SELECT run_id FROM run WHERE run = ? AND status = 'finished' AND removed_at IS NULL",
      arguments: [run])
    return row.map { row in
      StoreFinding(
        "blocks", .warning, runID: row[0], "it finished, and at step \(step) a recorded term is not finite",
        fix:
          "look at it: wb sql \"SELECT * FROM steps WHERE run_id = '\(row[0] as String)' AND step >= \(step) LIMIT 5\""
      )
    }
  }

  func runID(of run: Int64) throws -> String? {
    try String.fetchOne(database, sql: "SELECT run_id FROM run WHERE run = ?", arguments: [run])
  }
}

extension Examination {
  /// Throws unless a row's header and envelope are what its values give, to the bit; a NaN is like any other.
  ///
  /// - Parameter names: those of its columns that are there, in order.
  static func check(
    _ header: UnsafeRawBufferPointer, _ envelope: UnsafeRawBufferPointer, against encoded: EncodedColumns,
    names: [String]
  ) throws {
    try encoded.words.withUnsafeBytes { bytes in
      if let place = difference(header, UnsafeRawBufferPointer(rebasing: bytes[encoded.header])) {
        let name = names[min(place / BlockHeader.size, names.count - 1)]
        throw BlockTable.damage("its header does not agree with the values of \(name)")
      }
      if difference(envelope, UnsafeRawBufferPointer(rebasing: bytes[encoded.envelope])) != nil {
        throw BlockTable.damage("its envelope does not agree with its values")
      }
    }
  }

  /// Where two lists of numbers begin to differ, in bytes; nil where they do not.
  private static func difference(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int? {
    guard a.count == b.count else { return min(a.count, b.count) }
    return stride(from: 0, to: a.count, by: 8).first { offset in
      let x = a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let y = b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      return x != y
        && !(Double(bitPattern: x.bigEndian).isNaN && Double(bitPattern: y.bigEndian).isNaN)
    }
  }
}
