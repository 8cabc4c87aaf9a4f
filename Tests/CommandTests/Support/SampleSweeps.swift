import Foundation

/// Sweeps that take a fraction of a second.
enum SampleSweep {
  /// Two families and two forms on a model whose evidence is known: 4 cells, 3 seeds, 12 runs.
  static let small = """
    name: small
    description: Which family is closer?
    run:
      model: {conjugate-normal: {observations: [1, 2, 3, 4, 5], noise_sd: 1.5, prior_sd: 3}}
      samples: 4
      steps: 60
    sweep:
      family: [mean-field, full-rank]
      form: [joint-entropy, reconstruction-kl]
    seeds: 3
    """

  /// Short runs in single precision: 2 cells, 260 seeds, 520 runs.
  static let many = """
    name: many
    run:
      model: eight-schools
      family: mean-field
      precision: float32
      steps: 50
      record: {every: 7}
    sweep:
      samples: [1, 3]
    seeds: 260
    """

  /// Of two learning rates one is hopeless: 2 cells, 3 seeds, half of them diverge.
  static let diverging = """
    name: diverging
    run:
      model: eight-schools
      optimizer: {sgd: {learning_rate: 0.001}}
      samples: 2
      steps: 400
    sweep:
      optimizer.sgd.learning_rate: [0.0001, 1.0e+6]
    seeds: 3
    """

  /// Long enough to be stopped on the way, a few seconds in all: 6 runs with sampled terms.
  static let long = """
    name: long
    run:
      model: eight-schools
      samples: 8
      steps: 20000
    sweep:
      family: [mean-field, full-rank]
    seeds: 3
    """

  /// Runs with pilots, one of them of more climbs than are replayed at once: 8 cells, 3 seeds, 24 runs of some tenths of a second.
  static let pilots = """
    name: pilots
    run:
      model: eight-schools
      initial: {location: 1, scale: 0.1}
      steps: 12000
      record: {every: 10}
      optimizer: adam
    sweep:
      family: [mean-field, full-rank]
      beta: [1, 2]
      pilot: [{}, {starts: 5, steps: 100}]
    seeds: 3
    checkpoint_seconds: 0.02
    """

  /// Learned models on iris: a VAE by minibatches, a mixture and PPCA by EM, a second or two in all: 10 runs.
  static let learned = """
    name: learned
    run:
      model: {vae: {data: \(iris), test_fraction: 0.2, hidden: [16], likelihood: gaussian, standardize: true}}
      minibatch: 20
      steps: 4000
      record: {every: 10}
      evaluate: {every: 500, nll_samples: 20}
    zip:
      model:
        - vae: {data: \(iris), test_fraction: 0.2, hidden: [16], likelihood: gaussian, standardize: true}
        - vae: {data: \(iris), hidden: [16], likelihood: gaussian, standardize: true}
        - gaussian-mixture: {data: \(iris), components: 3, covariance: tied}
        - gaussian-mixture: {data: \(iris), components: 3, covariance: tied}
        - ppca: {data: \(iris), latents: 2}
      family: [mean-field, full-rank, exact, exact, exact]
      optimizer: [adam, {adam: {average: 0.5}}, {em: {starts: 3}}, {em: {tolerance: 0}}, {em: {}}]
    seeds: 2
    """

  private static let iris = Experiment.folder.appending(path: "beta-tradeoff/iris.csv").path
}
