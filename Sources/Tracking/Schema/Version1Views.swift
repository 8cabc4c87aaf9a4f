extension SchemaMigration {
  /// The views of schema version 1: what outsiders read. They are never edited, only replaced by a later version.
  ///
  /// A run appears once an attempt has started it.
  static let version1Views = """
    CREATE VIEW runs AS
      SELECT
        run.run_id, sweep.name AS sweep, run.cell_id, run.model, run.family, run.objective, run.form,
        run.estimator, run.optimizer, run.beta, run.seed, run_attempt.status, run_attempt.started_at,
        run_attempt.ended_at, outcome.seconds,
        coalesce(outcome.steps, (SELECT max(step) FROM step WHERE step.run = run.run)) AS steps,
        outcome.elbo, outcome.elbo_se, outcome.reconstruction, outcome.kl_prior, outcome.kl_posterior,
        outcome.log_joint, outcome.entropy, outcome.log_evidence, outcome.log_evidence_se, outcome.suspect,
        run.config, run_attempt.reason, outcome.exact_terms, outcome.identities_checked,
        outcome.largest_residual
      FROM run
      JOIN run_attempt ON run_attempt.run = run.run AND run_attempt.number = run.attempts
      JOIN sweep ON sweep.sweep = run.sweep
      LEFT JOIN outcome ON outcome.run = run.run;

    CREATE VIEW params AS
      SELECT run.run_id, parameter.key, run_parameter.value
      FROM run JOIN run_parameter USING (run) JOIN parameter USING (parameter)
      WHERE run.attempts > 0;

    CREATE VIEW steps AS
      SELECT
        run.run_id, step.step, step.elbo, step.objective, step.reconstruction, step.kl_prior,
        step.kl_posterior, step.log_joint, step.entropy, step.log_evidence, step.beta, step.grad_norm
      FROM run JOIN step USING (run);

    CREATE VIEW points (run_id, metric, step, value) AS
      SELECT run.run_id, 'elbo', step.step, step.elbo
      FROM run JOIN step USING (run) WHERE step.elbo IS NOT NULL OR step.nan & 1
      UNION ALL
      SELECT run.run_id, 'objective', step.step, step.objective
      FROM run JOIN step USING (run) WHERE step.objective IS NOT NULL OR step.nan & 2
      UNION ALL
      SELECT run.run_id, 'reconstruction', step.step, step.reconstruction
      FROM run JOIN step USING (run) WHERE step.reconstruction IS NOT NULL OR step.nan & 4
      UNION ALL
      SELECT run.run_id, 'kl_prior', step.step, step.kl_prior
      FROM run JOIN step USING (run) WHERE step.kl_prior IS NOT NULL OR step.nan & 8
      UNION ALL
      SELECT run.run_id, 'kl_posterior', step.step, step.kl_posterior
      FROM run JOIN step USING (run) WHERE step.kl_posterior IS NOT NULL OR step.nan & 16
      UNION ALL
      SELECT run.run_id, 'log_joint', step.step, step.log_joint
      FROM run JOIN step USING (run) WHERE step.log_joint IS NOT NULL OR step.nan & 32
      UNION ALL
      SELECT run.run_id, 'entropy', step.step, step.entropy
      FROM run JOIN step USING (run) WHERE step.entropy IS NOT NULL OR step.nan & 64
      UNION ALL
      SELECT run.run_id, 'log_evidence', step.step, step.log_evidence
      FROM run JOIN step USING (run) WHERE step.log_evidence IS NOT NULL OR step.nan & 128
      UNION ALL
      SELECT run.run_id, 'beta', step.step, step.beta
      FROM run JOIN step USING (run) WHERE step.beta IS NOT NULL OR step.nan & 256
      UNION ALL
      SELECT run.run_id, 'grad_norm', step.step, step.grad_norm
      FROM run JOIN step USING (run) WHERE step.grad_norm IS NOT NULL OR step.nan & 512
      UNION ALL
      SELECT run.run_id, metric.name, point.step, point.value
      FROM run JOIN point USING (run) JOIN metric USING (metric);
    """
}
