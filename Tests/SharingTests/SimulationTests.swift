import Foundation
import Sharing
import Testing

@Suite struct SimulationTests {
  /// Nobody fails: no run is executed twice, and none is left.
  @Test(arguments: [(1, 1), (1, 500), (7, 500), (300, 100), (500, 20_000)])
  func `without failures every run is executed once`(workers: Int, runs: Int) {
    var simulation = Simulation(.init(seed: 11, workers: workers, runs: runs))
    let result = simulation.run()
    #expect(result.published.allSatisfy { $0 == 1 })
    #expect(result.executions == runs)
    #expect(result.doubleClaims == 0)
  }

  /// Listings and reads that are up to half a minute old, and clocks ten minutes off, cost time alone.
  @Test(arguments: UInt64(1)...6)
  func `late sight and wrong clocks let no run be lost or executed twice`(seed: UInt64) {
    var simulation = Simulation(.init(seed: seed, workers: 200, runs: 4000, lag: 30, skew: 600))
    let result = simulation.run()
    #expect(result.published.allSatisfy { $0 == 1 })
    #expect(result.executions == 4000)
    #expect(result.doubleClaims == 0)
  }

  /// Runs are short, so that most of the sweep is over before a second listing can be had.
  @Test(arguments: UInt64(1)...4, [2, 4])
  func `machines that show an old listing for half a minute ask the folder little meanwhile`(
    seed: UInt64, workers: Int
  ) {
    var simulation = Simulation(
      .init(seed: seed, workers: workers, runs: 1000, runSeconds: 0.02, caching: 30, arrival: 1))
    let result = simulation.run()
    #expect(result.published.allSatisfy { $0 == 1 })
    #expect(result.executions == 1000)
    #expect(result.doubleClaims == 0)
    #expect(result.operations < 1000)
  }

  /// A fifth of the workers die, a tenth stand still for three leases and come back, a tenth leave in good order.
  @Test(arguments: UInt64(1)...6)
  func `no run is lost whatever workers die, stand still and leave`(seed: UInt64) {
    var simulation = Simulation(
      .init(
        seed: seed, workers: 200, runs: 4000, lag: 20, dying: 0.2, pausing: 0.1, leaving: 0.1, skew: 600))
    let result = simulation.run()
    #expect(result.published.allSatisfy { $0 > 0 })
    #expect(result.doubleClaims == 0)
  }

  @Test func `a pool whose workers all die is finished by one who comes later`() {
    var simulation = Simulation(.init(seed: 5, workers: 50, runs: 1000, lag: 5, dying: 1))
    let result = simulation.run()
    #expect(result.published.allSatisfy { $0 > 0 })
    #expect(result.doubleClaims == 0)
  }

  /// What was executed twice is what the dead and the paused had in their hands: of each at most the longest chunk, the first.
  @Test func `what is executed again is what the failed had claimed`() {
    let settings = Simulation.Settings(seed: 3, workers: 200, runs: 4000, dying: 0.2)
    var simulation = Simulation(settings)
    let result = simulation.run()
    let longest = ChunkLayout(runs: 4000, workers: 200).runs(ofChunk: 0).count
    #expect(result.executions - 4000 <= longest * 60)
    // Results of the dead did not come to the folder: what came came once.
    #expect(result.published.allSatisfy { $0 == 1 })
  }

  /// 10,000 workers and 1,000,000 runs with all failures at once; WB_SIMULATION=full, else a tenth of both.
  @Test func `at ten thousand workers nothing is lost and the load on the folder stays bounded`() {
    let isFull = ProcessInfo.processInfo.environment["WB_SIMULATION"] == "full"
    let part = isFull ? 1 : 10
    let (workers, runs) = (10_000 / part, 1_000_000 / part)
    var simulation = Simulation(
      .init(
        seed: 7, workers: workers, runs: runs, lag: 10, dying: 0.05, pausing: 0.02, leaving: 0.05, skew: 600))
    let result = simulation.run()
    #expect(result.published.allSatisfy { $0 > 0 })
    #expect(result.doubleClaims == 0)
    // A beat every 20 s over half an hour is 90 of each worker's 100 runs; a chunk takes three or four operations.
    #expect(Double(result.operations) / Double(runs) < 3)
    // When the chunks run out all look around together: no worker asks more than three times in that second.
    #expect(result.busiestSecond < 3 * workers)
    if isFull {
      print(
        "\(result.operations) operations, \(result.busiestSecond) in the busiest of \(Int(result.seconds)) s; "
          + "\(result.executions - runs) runs executed again")
    }
  }
}
