import Foundation

/// The Gaussian target, the sweep, the VAE and the mixture.
extension Work {
  static let gaussian = [
    gaussian("gaussian", recorded: everyStep, every: 1),
    gaussian("gaussian-sparse", recorded: seldom, every: 1_000_000),
  ]

  private static let seldom = "every term of the first and the last step"

  private static func gaussian(_ name: String, recorded: String, every: Int) -> Work {
    Work(
      name: name, title: "Gaussian target, 100 dimensions, full-rank, 10 samples, one run",
      quantity: .rate("steps/s"), recorded: recorded,
      peers: [Peer("JAX by hand, noise drawn ahead", "gaussian_jax.py")],
      targets: [.times(1.5, "JAX by hand, noise drawn ahead")],
      note:
        "equal correlations of 0.9; both sides multiply by the inverse of the covariance's Cholesky factor, wb without its "
        + "zeros; what is recorded in closed form takes a further product of two triangles, which the peer does without"
    ) { try $0.rate(.init("gaussian", ["record.every=\(every)"], jobs: 1), from: 1_000, to: 11_000) }
  }

  static let sweepOf240 = Work(
    name: "sweep-240", title: "240 runs: 4 β × 3 families × 20 seeds, eight schools, 2,000 steps, end to end",
    quantity: .seconds, recorded: everyStep,
    peers: [
      Peer("vmapped JAX, sqlite3", "sweep_jax.py"),
      Peer("plain NumPyro, sqlite3", "sweep_numpyro.py", ["--store", "sqlite3"], isSlow: true),
      Peer("plain NumPyro, MLflow", "sweep_numpyro.py", ["--store", "mlflow"], isSlow: true),
    ],
    targets: [
      .figure(1), .times(10, "vmapped JAX, sqlite3"), .times(450, "plain NumPyro, sqlite3"),
      .times(500, "plain NumPyro, MLflow"),
    ],
    note: "process start included for wb; the peers store only the loss of a step"
  ) { bench in
    var result: Double?
    let ended = try bench.run(.init("sweep-240")) {
      try bench.demand(steps: 2_000, of: $0)
      result = try bench.yardstick($0, where: "family = 'mean-field' AND beta = 1")
    }
    return Measurement(figure: ended.seconds, result: result)
  }

  static let autoencoder = Work(
    name: "vae", title: "VAE 784-400-20-400-784, batch 128, one run", quantity: .rate("steps/s"),
    recorded: everyStep,
    peers: [
      Peer("PyTorch eager, 2 threads", "vae_torch.py", ["--steps", "1500", "--threads", "2"]),
      Peer("PyTorch eager, 1 thread", "vae_torch.py", ["--steps", "1500", "--threads", "1"]),
      Peer("JAX by hand, scan", "vae_jax.py", ["--steps", "1500"]),
    ],
    targets: [.times(1.35, "PyTorch eager, 2 threads"), .times(1.25, "JAX by hand, scan")],
    note: "the result is nats per image; the starts of the weights differ"
  ) { try $0.rate(.init("vae"), from: 100, to: 1_500, resultPer: Double(Datasets.images)) }

  static let mixture = [
    mixture("mixture", recorded: "every term of every half step", every: 1),
    mixture("mixture-sparse", recorded: seldom, every: 1_000_000),
  ]

  private static func mixture(_ name: String, recorded: String, every: Int) -> Work {
    Work(
      name: name, title: "EM of a Gaussian mixture, full covariance, 100,000 × 16, K = 5",
      quantity: .rate("iterations/s"), recorded: recorded, precision: "float64",
      peers: [
        Peer("JAX by hand", "mixture_jax.py"),
        Peer("JAX by hand, float64", "mixture_jax.py", ["--precision", "float64"]),
        Peer("scikit-learn", "mixture_sklearn.py"),
      ],
      targets: [.times(2, "JAX by hand"), .times(25, "scikit-learn")],
      note:
        "EM computes in float64, JAX by hand and scikit-learn in float32, where they are faster; every half step that is "
        + "recorded has all terms of the bound over all data, and the peers have the log likelihood alone"
    ) { bench in
      let start = try String(contentsOfFile: bench.data + "/mixture-start.csv", encoding: .utf8)
      let means = start.split(separator: "\n").dropFirst().joined(separator: ",")
      let path = "model.gaussian-mixture.start_means"
      let call = Workbench.Call("mixture", ["\(path)=[\(means)]", "record.every=\(every)"])
      return try bench.rate(call, from: 10, to: 400, stepsPerUnit: 2)
    }
  }
}
