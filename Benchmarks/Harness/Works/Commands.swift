/// Commands that should be there at once, and memory.
extension Work {
  static let commands: [Work] = [
    Work(
      name: "version", title: "wb --version", quantity: .seconds, recorded: "–", precision: "–",
      targets: [.figure(0.020)]
    ) { bench in
      let times = try (0..<11).map { _ in try launchToSuccess([bench.wb, "--version"]).seconds }
      return Measurement(figure: median(times))
    },
    Work(
      name: "ls", title: "wb ls on a store of 10,000 runs", quantity: .seconds, recorded: "–", precision: "–",
      targets: [.figure(0.060)],
      note: "24,000 parameters are read to find the columns that differ, and a line is set for each run"
    ) { bench in
      let store = try bench.manyRuns()
      let times = try (0..<5).map { _ in try launchToSuccess([bench.wb, "ls", "--store", store]).seconds }
      return Measurement(figure: median(times))
    },
  ]

  static let memory: [Work] = [
    Work(
      name: "memory-growth", title: "memory of one run of eight schools: growth from 1,000 to 100,000 steps",
      quantity: .megabytes, recorded: everyStep, targets: [.figure(6)],
      note:
        "peaks of resident memory; pages of the store's cache and two batches on their way to it are filled once"
    ) { bench in
      let peaks = try [1_000, 100_000].map { steps in
        try bench.run(.init("eight-schools", ["steps=\(steps)"], jobs: 1)).megabytes
      }
      let detail = peaks.map { Quantity.megabytes.text($0) }.joined(separator: ", then ")
      return Measurement(figure: peaks[1] - peaks[0], detail: detail)
    },
    Work(
      name: "memory-sweep", title: "memory of the sweep of 240 runs", quantity: .megabytes,
      recorded: everyStep,
      targets: [.figure(150)]
    ) { bench in Measurement(figure: try bench.run(.init("sweep-240")).megabytes) },
  ]
}
