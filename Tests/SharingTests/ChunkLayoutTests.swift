import Sharing
import Testing

@Suite struct ChunkLayoutTests {
  @Test(arguments: [1, 2, 15, 100, 2000, 99_999], [1, 3, 64, 5000])
  func `the chunks are the runs, each once, the longest first`(runs: Int, workers: Int) {
    let layout = ChunkLayout(runs: runs, workers: workers)
    let ranges = (0..<layout.chunks).map { layout.runs(ofChunk: $0) }
    #expect(ranges.flatMap { Array($0) } == Array(0..<runs))
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.count >= $1.count })
  }

  /// Hummel, Schonberg & Flynn 1992, section 3: batches of P chunks, of half of what is left; 100 runs of 4 workers.
  @Test func `sizes halve batch by batch`() {
    let layout = ChunkLayout(runs: 100, workers: 4)
    let sizes = (0..<layout.chunks).map { layout.runs(ofChunk: $0).count }
    // ⌈100/8⌉ = 13, ⌈48/8⌉ = 6, ⌈24/8⌉ = 3, ⌈12/8⌉ = 2, then single runs.
    #expect(sizes == Array(repeating: 13, count: 4) + [6, 6, 6, 6, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1])
  }

  @Test func `a million runs of ten thousand workers are fewer than a hundred thousand chunks`() {
    // P log₂(R/P) chunks and some single ones, 10,000 · log₂ 100 = 66,439 and 20,000.
    #expect(ChunkLayout(runs: 1_000_000, workers: 10_000).chunks < 100_000)
  }
}
