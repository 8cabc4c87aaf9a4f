/// The No-U-Turn sampler.
extension Work {
  static let samplers = [
    sampler("nuts-schools", title: "eight schools, noncentered", program: "noncentered", data: "schools"),
    sampler(
      "nuts-germination", title: "logistic regression with random effects", program: "germination",
      data: "germination"),
  ]

  private static let chains = "4 chains one after another, 1,000 steps of warm-up and 4,000 draws each"

  private static func sampler(_ name: String, title: String, program: String, data: String) -> Work {
    let folder = "Experiments/stan-programs"
    return Work(
      name: name, title: "NUTS of \(title), a Stan program, end to end", quantity: .rate("effective draws/s"),
      recorded: "moments, R-hat and effective sample sizes at the end", precision: "float64",
      peers: [
        Peer(
          "Stan in C++", "nuts_stan.py",
          ["--program", "\(folder)/\(program).stan", "--json", "\(folder)/\(data).json"])
      ],
      targets: [.times(0.5, "Stan in C++")],
      note:
        "\(chains); bulk effective draws of the parameter that has fewest; Stan's time is that of its sampler, wb's that of the whole "
        + "process, which also estimates the evidence", resultName: "posterior mean of tau"
    ) { bench in
      var effective = 0.0
      var mean: Double?
      let ended = try bench.run(.init(name, jobs: 1)) {
        try bench.demand(steps: 5_000, of: $0)
        effective = try bench.effectiveDraws($0)
        mean = try bench.last("posterior_mean[tau]", in: $0)
      }
      return Measurement(figure: effective / ended.seconds, result: mean)
    }
  }
}
