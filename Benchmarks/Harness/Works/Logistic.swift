/// Logistic regression, on all rows and on minibatches, one run and many.
extension Work {
  private static let jax = "JAX by hand, noise drawn ahead"

  static let logistic: [Work] = ["mean-field", "full-rank"].flatMap { family in
    [
      work(
        "logistic", "1,000 × 20, full batch", family, seeds: 1, from: 2_000, to: 102_000,
        peer: ["--file", "logistic-small.csv", "--steps", "20000"]),
      work(
        "logistic", "1,000 × 20, full batch", family, seeds: 16, from: 2_000, to: 22_000,
        peer: ["--file", "logistic-small.csv", "--steps", "10000"]),
      work(
        "logistic-minibatch", "50,000 × 54, minibatch 256", family, seeds: 1, from: 2_000, to: 102_000,
        peer: ["--file", "logistic-large.csv", "--minibatch", "256", "--steps", "10000"]),
      work(
        "logistic-minibatch", "50,000 × 54, minibatch 256", family, seeds: 16, from: 2_000, to: 82_000,
        peer: ["--file", "logistic-large.csv", "--minibatch", "256", "--steps", "5000"]),
    ]
  }

  private static func work(
    _ sweep: String, _ size: String, _ family: String, seeds: Int, from short: Int, to long: Int,
    peer: [String]
  ) -> Work {
    let many = seeds > 1
    return Work(
      name: "\(sweep)-\(family)" + (many ? "-\(seeds)-seeds" : ""),
      title: "logistic regression \(size), \(family), " + (many ? "\(seeds) seeds together" : "one run"),
      quantity: .rate(many ? "run-steps/s" : "steps/s"), recorded: everyStep,
      peers: [Peer(jax, "logistic_jax.py", peer + ["--family", family, "--seeds", "\(seeds)"])],
      targets: [.times(many ? 5 : 1.3, jax)],
      note: many && sweep == "logistic-minibatch"
        ? "every run has rows of its own, which are read where they lie in a table that both cores share"
        : ""
    ) { bench in
      let call = Workbench.Call(sweep, ["family=\(family)", "seeds=\(seeds)"], jobs: many ? nil : 1)
      return try bench.rate(call, from: short, to: long, runs: seeds)
    }
  }
}
