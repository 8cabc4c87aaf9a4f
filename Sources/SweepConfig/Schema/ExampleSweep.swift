/// The sweep that `wb init` writes.
public enum ExampleSweep {
  /// A commented sweep file that runs as it is.
  public static let text = """
    # A sweep: the settings of one run, and the axes to vary.
    #
    #   wb check sweep.yaml            is everything in here right?
    #   wb plan sweep.yaml             what would run?
    #   wb run sweep.yaml              run what is missing; a second time does nothing
    #   wb run sweep.yaml beta=1 seeds=20    change it from the command line
    #   wb catalog                     all models, families, forms and optimizers, with their options

    name: first-sweep
    description: Which family gets closest to the posterior of eight schools, and does the parameterization matter?

    # What all runs share. A component is a name, or a name with options: {adam: {learning_rate: 0.05}}.
    run:
      model: eight-schools
      form: reconstruction-kl
      beta: 1                          # weight on the KL to the prior; 1 is the ELBO
      # optimizer: {adam: {learning_rate: 0.05, schedule: cosine}}   # the default suits most models
      samples: 8                       # Monte Carlo samples per step
      steps: 2000

    # What differs. Every combination is a cell; a path with dots reaches into a component.
    sweep:
      model.eight-schools.parameterization: [centered, noncentered]
      family: [mean-field, full-rank]
      form: [joint-entropy, reconstruction-kl]

    # Cells to leave out: those that match every line of an entry.
    exclude:
      - {family: full-rank, form: joint-entropy}

    # Each cell is run with the seeds 0, 1, 2, 3 and 4: the same noise in every cell, so that cells compare in pairs.
    seeds: 5

    """
}
