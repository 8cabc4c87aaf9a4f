/// The whole page: the table, what its lines are, how cost grows, and where it was measured.
package struct Page {
  package var comparisons: [Comparison]
  package var growths: [GrowthTimes]
  package var surroundings: Surroundings
  package var command: String
  package var rounds: Int

  package init(
    comparisons: [Comparison], growths: [GrowthTimes], surroundings: Surroundings, command: String,
    rounds: Int
  ) {
    self.comparisons = comparisons
    self.growths = growths
    self.surroundings = surroundings
    self.command = command
    self.rounds = rounds
  }

  package var text: String {
    var parts: [String] = []
    if !comparisons.isEmpty {
      parts.append(
        markdownTable(
          ComparisonTable.header, comparisons.flatMap(ComparisonTable.rows),
          rightAligned: ComparisonTable.rightAligned))
      parts.append(comparisons.compactMap(ComparisonTable.remarks).joined(separator: "\n"))
    }
    if !growths.isEmpty {
      parts.append(
        markdownTable(
          ["cost of", "1×", "10×", "100×", "100× to 10×", "linear"], growths.map(\.row),
          rightAligned: [1, 2, 3, 4]))
    }
    let peers = ComparisonTable.versions(in: comparisons)
    parts.append(
      """
      \(rounds == 1 ? "One turn" : "Medians of \(rounds) turns with half their range") (figures marked as scaled: one turn); a ratio
      is the median over turns of two neighbours in time. A rate is the difference of two lengths over the difference of
      the wall clock's times of two whole processes for wb, and the best of three calls of the compiled program for JAX
      and NumPyro.

      `\(command)` on \(surroundings.machine); \(surroundings.versions)\(peers.isEmpty ? "" : "; \(peers)");
      \(surroundings.date).
      """)
    return parts.joined(separator: "\n\n") + "\n"
  }
}

/// The cost at three sizes.
package struct GrowthTimes: Sendable {
  package var growth: Growth
  /// Medians over rounds; fewer than three where measuring failed.
  package var seconds: [Double] = []
  package var failure: String?

  package init(_ growth: Growth, seconds: [Double]) {
    self.growth = growth
    self.seconds = seconds
  }

  package init(measuring growth: Growth, on bench: Workbench, rounds: Int) {
    self.growth = growth
    do {
      for factor in [1, 10, 100] {
        seconds.append(median(try (0..<rounds).map { _ in try growth.seconds(bench, factor * growth.size) }))
      }
    } catch {
      failure = "\(error)"
    }
  }

  package var row: [String] {
    let title = growth.title + ", from \(growth.size)"
    guard failure == nil, seconds.count == 3 else {
      return [title, "failed: \(failure ?? "")", "", "", "", "**no**"]
    }
    let ratio = seconds[2] / seconds[1]
    return [title] + seconds.map(Quantity.seconds.text)
      + ["\(digits(ratio)) ×", ratio <= Growth.limit ? "yes" : "**no**"]
  }
}
