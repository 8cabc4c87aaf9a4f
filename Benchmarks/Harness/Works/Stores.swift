import Foundation

/// What a store takes, and how fast it is read.
extension Work {
  static let stores: [Work] =
    Recording.allCases.map(recording) + [
      onBigStore("compare", "wb compare --by family, 10,000 runs", 0.100) { bench, store in
        try bench.median(of: [bench.wb, "compare", "--by", "family", "--store", store])
      },
      onBigStore("compare-cells", "wb compare in 1,000 groups, 10,000 runs", 0.100) { bench, store in
        try bench.median(of: [bench.wb, "compare", "--store", store])
      },
      onBigStore("open", "wb show, one run of 10,000", 0.050) { bench, store in
        try bench.median(of: [bench.wb, "show", "0000000000000007", "--store", store])
      },
      onBigStore("plot-some", "wb plot, 20 of 10,000 runs", 0.300) { bench, store in try bench.plot(store) },
      Work(
        name: "store-plot-long", title: "wb plot, 20 runs of 100,000 steps", quantity: .seconds,
        recorded: "–",
        precision: "–", targets: [.figure(0.300)], note: "until gnuplot would start"
      ) { bench in
        Measurement(figure: try bench.plot(try bench.store("long", runs: 40, steps: 100_000)))
      },
      Work(
        name: "store-select", title: "10,000 steps by stock sqlite3", quantity: .seconds, recorded: "–",
        precision: "–", targets: [.figure(0.100)], note: "SELECT step, elbo FROM steps WHERE run_id = …"
      ) { bench in
        let store = try bench.store("select", runs: 10, steps: 10_000)
        let query = "SELECT step, elbo FROM steps WHERE run_id = '0000000000000003'"
        return Measurement(figure: try bench.median(of: ["sqlite3", store, query]))
      },
      Work(
        name: "store-delete", title: "wb rm and wb gc, a run of 10 million points", quantity: .seconds,
        recorded: "–", precision: "–", targets: [.figure(1)]
      ) { bench in
        let store = try bench.store(
          "delete", runs: 1, steps: 10_000_000 / SyntheticStore.terms, isKept: false)
        let removed = try launchToSuccess([bench.wb, "rm", "0000000000000000", "--yes", "--store", store])
        let collected = try launchToSuccess([bench.wb, "gc", "--all", "--yes", "--store", store])
        let peak = max(removed.megabytes, collected.megabytes)
        return Measurement(
          figure: removed.seconds + collected.seconds,
          detail: "at most \(Quantity.megabytes.text(peak)) of memory")
      },
    ]

  private static func recording(_ kind: Recording) -> Work {
    Work(
      name: "store-record-\(kind.rawValue)",
      title: "recording, 10 runs × 10 \(kind == .columns ? "terms" : "metrics of any name") × 10,000 steps",
      quantity: .rate("points/s"), recorded: "–", precision: "–",
      peers: [
        Peer("sqlite3 of Python", "record_sqlite3.py", ["--rows", kind == .columns ? "steps" : "points"])
      ],
      targets: [.figure(5e6)], note: "from opening a new store to closing it"
    ) { bench in
      let path = bench.folder + "/recording.sqlite"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let ended = try launchToSuccess(["/proc/\(getpid())/exe", "record", kind.rawValue, path])
      guard let seconds = Double(ended.output.filter { !$0.isWhitespace }) else {
        throw MeasurementError.noNumber("bench record")
      }
      let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      return Measurement(
        figure: Double(Recording.points) / seconds,
        detail: "\(digits(Double(bytes) / Double(Recording.points))) bytes a point")
    }
  }

  /// A work on the store whose size `POINTS` says.
  private static func onBigStore(
    _ name: String, _ title: String, _ target: Double,
    _ measure: @escaping @Sendable (Workbench, String) throws -> Double
  ) -> Work {
    let steps = Workbench.bigStoreSteps
    return Work(
      name: "store-\(name)", title: "\(title) × \(steps) steps", quantity: .seconds, recorded: "–",
      precision: "–", targets: [.figure(target)],
      note: "\(digits(Double(10_000 * steps * SyntheticStore.terms) / 1e6)) million points, a cold process"
    ) { bench in
      Measurement(figure: try measure(bench, try bench.store("big", runs: 10_000, steps: steps)))
    }
  }
}

extension Workbench {
  /// The steps of each of its 10,000 runs of eight terms; 1,250 make 100 million points.
  static var bigStoreSteps: Int {
    let points = ProcessInfo.processInfo.environment["WB_BENCH_POINTS"].flatMap(Int.init) ?? 100_000_000
    return max(1, points / 10_000 / SyntheticStore.terms)
  }

  /// The median time of five calls.
  func median(of command: [String], environment: [String: String] = [:]) throws -> Double {
    bench.median(try (0..<5).map { _ in try launchToSuccess(command, environment: environment).seconds })
  }

  /// The median time of drawing the ELBO of 20 runs with a gnuplot that does nothing.
  func plot(_ store: String) throws -> Double {
    let folder = self.folder + "/bin"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let program = folder + "/gnuplot"
    try Data("#!/bin/sh\ncat > /dev/null\n".utf8).write(to: URL(fileURLWithPath: program))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try median(
      of: [
        wb, "plot",
        "family in [mean-field, full-rank] and beta = 0.25 and seed < 10 and optimizer.adam.learning_rate < 0.0015",
        "--store", store, "--output", self.folder + "/plots",
      ], environment: ["PATH": "\(folder):\(path)"])
  }
}
