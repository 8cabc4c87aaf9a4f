/// Eight schools (Rubin 1981), mean-field, noncentered: ten latents, a step of about a hundred operations.
extension Work {
  private static let steps = Quantity.rate("steps/s")
  private static let runSteps = Quantity.rate("run-steps/s")
  private static let ahead = "JAX by hand, noise drawn ahead"
  private static let inTheLoop = "JAX by hand, noise in the loop"
  private static let numpyro = "NumPyro, jit and scan"

  static let eightSchools: [Work] = [
    Work(
      name: "eight-schools-one-core",
      title: "eight schools, mean-field, 1 sample, one run, all threads on one core",
      quantity: steps, recorded: everyStep, targets: [.figure(1e6)],
      note: "worker and writer share the core"
    ) { try $0.rate(.init("eight-schools", jobs: 1, isPinned: true), from: 10_000, to: 510_000) },

    Work(
      name: "eight-schools", title: "eight schools, mean-field, 1 sample, one run", quantity: steps,
      recorded: everyStep, peers: peers(samples: 1, steps: 100_000),
      targets: [.times(10, numpyro), .times(1.6, ahead)],
      note:
        "the recorded terms are exact, with the expectation of the half-Cauchy prior, which no peer takes; Stan's C++ ADVI "
        + "is not measured here: it needs a compiled program of its own"
    ) { try $0.rate(.init("eight-schools", jobs: 1), from: 10_000, to: 1_010_000) },

    Work(
      name: "eight-schools-16-samples", title: "eight schools, mean-field, 16 samples, one run",
      quantity: steps,
      recorded: everyStep, peers: peers(samples: 16, steps: 20_000),
      targets: [.times(3, ahead), .times(3, inTheLoop)]
    ) { try $0.rate(.init("eight-schools", ["samples=16"], jobs: 1), from: 10_000, to: 310_000) },

    together(
      name: "512-seeds", every: 10, steps: 10_000, recorded: "every term of every tenth step",
      targets: [.figure(8e6), .times(5, "hand-vmapped JAX, sqlite3")]),
    together(
      name: "512-seeds-every-step", every: 1, steps: 2_000, recorded: everyStep,
      targets: [.figure(2e6)],
      note:
        "a quarter of the time is the start of the process, 512 registrations and the closing of the store"),

    Work(
      name: "new-program", title: "start of a run of a new program: record, compile, first step",
      quantity: .seconds, recorded: everyStep,
      peers: [
        Peer("JAX by hand, jit", "eight_schools_jax.py", ["--figure", "start"]),
        Peer("NumPyro, jit", "eight_schools_numpyro.py", ["--figure", "start"]),
      ],
      targets: [.figure(0.005)],
      note: "by 120 more cells, each with a number of samples of its own, so that none can share a program; "
        + "registering, two steps and the final evaluation are in it"
    ) { bench in
      func seconds(_ cells: ClosedRange<Int>) throws -> Double {
        let samples = cells.map(String.init).joined(separator: ",")
        return try bench.run(.init("eight-schools", ["steps=1", "samples=\(samples)"], jobs: 1)).seconds
      }
      return Measurement(figure: (try seconds(1...160) - seconds(1...40)) / 120)
    },
  ]

  private static func peers(samples: Int, steps: Int) -> [Peer] {
    let arguments = ["--samples", "\(samples)", "--steps", "\(steps)"]
    return [
      Peer(ahead, "eight_schools_jax.py", arguments + ["--noise", "ahead"]),
      Peer(inTheLoop, "eight_schools_jax.py", arguments + ["--noise", "in-the-loop"]),
      Peer(numpyro, "eight_schools_numpyro.py", arguments),
    ]
  }

  private static func together(
    name: String, every: Int, steps: Int, recorded: String, targets: [Target], note: String = ""
  ) -> Work {
    Work(
      name: name, title: "eight schools, mean-field, 512 seeds × \(steps) steps, end to end",
      quantity: runSteps,
      recorded: recorded,
      peers: [
        Peer(
          "hand-vmapped JAX, sqlite3", "eight_schools_many.py",
          ["--seeds", "512", "--steps", "\(steps)", "--every", "\(every)"])
      ], targets: targets, note: note
    ) { bench in
      var result: Double?
      let ended = try bench.run(
        .init("eight-schools", ["seeds=512", "steps=\(steps)", "record.every=\(every)"])
      ) {
        try bench.demand(steps: steps, of: $0)
        result = try bench.yardstick($0)
      }
      return Measurement(figure: Double(512 * steps) / ended.seconds, result: result)
    }
  }
}
