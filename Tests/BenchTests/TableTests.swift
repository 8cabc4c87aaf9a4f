import Testing
import bench

/// What the table says of made-up figures.
@Suite struct TableTests {
  private static func work(targets: [Target]) -> Work {
    Work(
      name: "made-up", title: "made up", quantity: .rate("steps/s"), recorded: "nothing",
      peers: [Peer("fast", "fast.py"), Peer("absent", "absent.py")], targets: targets
    ) { _ in Measurement(figure: 0) }
  }

  private static func comparison() -> Comparison {
    var comparison = Comparison(work(targets: [.figure(1000), .times(2, "fast"), .times(3, "absent")]))
    comparison.measurements = [900, 1200, 1500].map { Measurement(figure: $0, result: -31.6) }
    let report = PeerReport(figure: 600, result: -31.7, precision: "float32", note: "", versions: "fast 1.0")
    comparison.peers[0].reports = [600, 1000, 300].map { figure in
      var one = report
      one.figure = figure
      return one
    }
    comparison.peers[0].neighbours = [900, 1200, 1500]
    comparison.peers[1].skipped = "absent is not in this Python"
    return comparison
  }

  @Test("every target and every peer has a row, the ratio is the median over neighbours")
  func rows() {
    #expect(
      ComparisonTable.rows(of: Self.comparison()) == [
        ["made up", "1.20 k steps/s ± 25 %", "", "", "", "≥ 1.00 k steps/s", "yes"],
        // Neighbours: 900/600, 1200/1000, 1500/300.
        ["", "", "fast", "600 steps/s", "1.50 ×", "≥ 2.00 ×", "**no**"],
        ["", "", "absent", "skipped: absent is not in this Python", "", "≥ 3.00 ×", "?"],
      ])
  }

  @Test("a work that failed meets no target")
  func failure() {
    var comparison = Comparison(Self.work(targets: [.figure(0)]))
    comparison.failure = "out of order"
    let row = ComparisonTable.rows(of: comparison)[0]
    #expect(row[1] == "failed: out of order")
    #expect(row[6] == "**no**")
    var partial = Self.comparison()
    partial.failure = "out of order"
    #expect(ComparisonTable.rows(of: partial).map { $0[6] } == ["**no**", "?", "?"])
  }

  @Test("the remarks say what is recorded, the precision and what both sides ended at")
  func remarks() {
    #expect(
      ComparisonTable.remarks(on: Self.comparison())
        == "- **made up** (`ONLY=made-up`): nothing recorded, float32; ended at wb -31.60, fast -31.70 nats.")
  }

  @Test("growth is linear where a hundredfold costs at most twelve times a tenfold")
  func growth() {
    let growth = Growth(title: "runs", size: 10) { _, _ in 0 }
    #expect(
      GrowthTimes(growth, seconds: [0.02, 0.1, 1.19]).row
        == ["runs, from 10", "20.0 ms", "100 ms", "1.19 s", "11.9 ×", "yes"])
    #expect(GrowthTimes(growth, seconds: [0.02, 0.1, 1.21]).row.last == "**no**")
    #expect(GrowthTimes(growth, seconds: [0.02]).row.last == "**no**")
  }

  @Test("columns are aligned, and a bar in a cell does not end it")
  func markdown() {
    #expect(
      markdownTable(["a", "figure"], [["x|y", "1"]], rightAligned: [1])
        == "| a    | figure |\n| ---- | -----: |\n| x\\|y |      1 |")
  }

  @Test("every target against a peer names one of the work's peers", arguments: Work.all.map(\.name))
  func names(name: String) throws {
    let work = try #require(Work.all.first { $0.name == name })
    #expect(Work.all.count { $0.name == name } == 1)
    #expect(!work.targets.isEmpty)
    for case .times(_, let peer) in work.targets {
      #expect(work.peers.contains { $0.name == peer }, "\(name) has no peer '\(peer)'")
    }
  }

  @Test("options given empty, as make gives them, are as if not given")
  func options() throws {
    #expect(try TableOptions(["--only", "", "--peers", ""]) == TableOptions([]))
    let options = try TableOptions(["--only", "vae,mixture", "--rounds", "5"])
    #expect(options.selects("vae") && options.selects("mixture"))
    #expect(!options.selects("sweep-240") && !options.selects("small-vae"))
    #expect(options.command == "make bench ONLY=vae,mixture ROUNDS=5")
    #expect(throws: UsageError.self) { try TableOptions(["--rounds", "0"]) }
  }
}
