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
}
