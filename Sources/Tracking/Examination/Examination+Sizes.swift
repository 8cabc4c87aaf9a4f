internal import GRDB

/// How many runs there are, and what they take.
extension Examination {
  func runs() throws -> [StoreFinding] {
    func count(_ condition: String) throws -> Int {
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM run LEFT JOIN outcome USING (run) WHERE \(condition)") ?? 0
    }
    let there = "removed_at IS NULL"
    var words = [Self.count(try count("attempts > 0 AND \(there)"), "run")]
    for status in RunStatus.allCases {
      let number = try count("status = '\(status.rawValue)' AND \(there)")
      if number > 0 { words.append("\(number) \(status.rawValue)") }
    }
    let suspect = try count("suspect IS NOT NULL AND \(there)")
    if suspect > 0 { words.append("\(suspect) suspect") }
    let waiting = try count("attempts = 0")
    if waiting > 0 { words.append("\(waiting) never started") }
    var findings = [StoreFinding("runs", .ok, words.joined(separator: ", "))]
    let removed = try count("removed_at IS NOT NULL")
    if removed > 0 {
      findings.append(
        StoreFinding(
          "runs", .note, "\(Self.count(removed, "run")) removed, and still kept",
          fix: "'wb restore' brings them back, 'wb gc' deletes them"))
    }
    return findings
  }

  func space() throws -> [StoreFinding] {
    let space = try Space(of: database)
    let columns = StepColumn.allCases.map {
      "coalesce(CASE typeof(\($0.name)) WHEN 'blob' THEN length(\($0.name)) END, 8)"
    }
    var bytes: [Int64: Int] = [:]
    try RawStatement(
      database,
      sql: """
        SELECT run, sum(length(header) + coalesce(length(envelope), 0) + \(columns.joined(separator: " + ")))
        FROM block GROUP BY run
        """
    ).forEachRow { bytes[$0.integer(0)] = Int($0.integer(1)) }
    // The integers of a row and its place in the index take about as much as one value of 40 bytes.
    try RawStatement(
      database,
      sql: """
        SELECT run, sum(
          40 + coalesce(length(header), 0) + coalesce(length(envelope), 0) + coalesce(length(step), 0)
            + CASE typeof(value) WHEN 'blob' THEN length(value) ELSE 8 END)
        FROM series GROUP BY run
        """
    ).forEachRow { bytes[$0.integer(0), default: 0] += Int($0.integer(1)) }
    try RawStatement(database, sql: "SELECT run, 20 * count(*) FROM single GROUP BY run")
      .forEachRow { bytes[$0.integer(0), default: 0] += Int($0.integer(1)) }
    var findings = [
      StoreFinding(
        "space", .ok,
        "\(Self.size(file.bytes)) in \(Self.count(space.pages, "page")), \(Self.size(file.logBytes ?? 0)) in the log, "
          + (bytes.isEmpty
            ? "no values" : "\(Self.size(bytes.values.reduce(0, +) / bytes.count)) of values a run"))
    ]
    if space.freePages > 0 {
      let isMuch = 4 * space.freePages > space.pages
      findings.append(
        StoreFinding(
          "space", isMuch ? .note : .ok,
          "\(Self.size(space.freeBytes)) of it are free, and used before it grows",
          fix: isMuch ? "'wb gc' gives them back" : nil))
    }
    let largest = bytes.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(3)
    for (run, bytes) in largest {
      let id = try String.fetchOne(database, sql: "SELECT run_id FROM run WHERE run = ?", arguments: [run])
      findings.append(StoreFinding("space", .ok, runID: id, "\(Self.size(bytes)), of the largest runs"))
    }
    return findings
  }
}
