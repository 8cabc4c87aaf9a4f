import Foundation
import Testing
import Tracking

@Suite struct NumPyroTests {
  private static let folder = Experiment.folder.appending(path: "numpyro-beside-wb")

  @Test("NumPyro stands in a sweep beside wb, and its bound is one on the same evidence")
  func beside() throws {
    let bench = try Workbench()
    let needs = try bench.start([Self.folder.appending(path: "needs.sh").path], program: "/bin/sh").wait()
    if needs.code != 0 { try Test.cancel("\(needs.output)") }
    let ended = try bench.start([
      "run", Self.folder.appending(path: "sweep.yaml").path, "family=full-rank", "steps=1000", "seeds=1",
    ]).wait()
    #expect(ended.code == 0, "\(ended.errors)")
    let rows = try bench.store().query(
      """
      SELECT elbo, coalesce(elbo_se, 0) FROM runs JOIN outputs USING (run_id)
      UNION ALL SELECT elbo, coalesce(elbo_se, 0) FROM runs WHERE run_id NOT IN (SELECT run_id FROM outputs)
      """
    ).rows
    #expect(rows.count == 2)
    // log p(y) by quadrature: see the experiment eight-schools. Six standard errors above it is beyond chance; a nat below is
    // what a fit that does not converge misses by far.
    let evidence = -31.3113
    for row in rows {
      guard case .number(let elbo) = row[0], case .number(let error) = row[1] else {
        if case .number(let elbo) = row[0] { #expect(elbo < evidence && elbo > evidence - 1) }
        continue
      }
      #expect(elbo < evidence + 6 * error && elbo > evidence - 1)
    }
  }
}
