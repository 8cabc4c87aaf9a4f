/// One work, measured.
package struct Comparison: Sendable {
  package var work: Work
  package var measurements: [Measurement] = []
  package var peers: [PeerSeries]
  /// Why there are no measurements.
  package var failure: String?

  package init(_ work: Work) {
    self.work = work
    peers = work.peers.map { PeerSeries(peer: $0) }
  }

  package var figure: Double { median(measurements.map(\.figure)) }
}

/// What a peer did, and `wb` right after it.
package struct PeerSeries: Sendable {
  package var peer: Peer
  package var reports: [PeerReport] = []
  /// What `wb` showed in the same turn as each report.
  package var neighbours: [Double] = []
  package var skipped: String?

  package init(peer: Peer) { self.peer = peer }

  package var figure: Double { median(reports.map(\.figure)) }

  /// How many times better `wb` is: the median over turns, as two neighbours in time share the state of the machine.
  package func ratio(_ quantity: Quantity) -> Double {
    median(zip(neighbours, reports).map { quantity.ratio(of: $0, to: $1.figure) })
  }
}

/// Measures works, `wb` and its peers in turn.
package struct Turns {
  package var bench: Workbench
  package var python: String?
  package var rounds: Int
  /// Told of every step of the way.
  package var progress: (String) -> Void

  package init(
    bench: Workbench, python: String?, rounds: Int, progress: @escaping (String) -> Void
  ) {
    self.bench = bench
    self.python = python
    self.rounds = rounds
    self.progress = progress
  }

  package func measure(_ work: Work) -> Comparison {
    var comparison = Comparison(work)
    do {
      for round in 0..<rounds {
        try take(turn: round, of: &comparison)
      }
    } catch {
      comparison.failure = "\(error)"
      progress("  failed: \(error)")
    }
    return comparison
  }

  /// Peer, `wb`, peer, `wb`, and so on; `wb` alone where there is no peer.
  private func take(turn round: Int, of comparison: inout Comparison) throws {
    let work = comparison.work
    func measureOurs() throws -> Double {
      let measurement = try work.measure(bench)
      comparison.measurements.append(measurement)
      progress("  wb: \(work.quantity.text(measurement.figure))")
      return measurement.figure
    }
    var isMeasured = false
    if let python {
      for index in comparison.peers.indices {
        let peer = comparison.peers[index].peer
        if comparison.peers[index].skipped != nil || (peer.isSlow && round > 0) { continue }
        switch try peer.run(python: python, on: bench) {
        case .skipped(let reason):
          comparison.peers[index].skipped = reason
          progress("  \(peer.name): \(reason)")
        case .measured(let report):
          progress("  \(peer.name): \(work.quantity.text(report.figure))")
          comparison.peers[index].reports.append(report)
          comparison.peers[index].neighbours.append(try measureOurs())
          isMeasured = true
        }
      }
    }
    if !isMeasured { _ = try measureOurs() }
  }
}
