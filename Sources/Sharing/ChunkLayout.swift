/// How the runs of a sweep are cut into chunks: every worker computes the same from two numbers, and nothing is written down.
///
/// Half of the runs that are left go to chunks of one size, as many as there are workers, then half of the rest, down to single runs
/// (factoring: Hummel, Schonberg & Flynn 1992, CACM 35(8), section 3): few chunks, and none so long at the end that others wait for it.
///
/// Chunks lie on shelves, chunk c on shelf c modulo their number, so that every shelf has long ones and short ones.
public struct ChunkLayout: Sendable, Hashable {
  /// The chunks of a shelf at most: what one listing of a folder shows.
  static let shelfSize = 256
  /// What is taken for the number of workers where nobody says it: a sixteenth of the runs, within these bounds.
  static let likelyWorkers = 16...16384

  private struct Batch: Sendable, Hashable {
    var firstChunk: Int
    var firstRun: Int
    var size: Int
  }

  public let runs: Int
  /// How many workers are expected.
  public let workers: Int
  public let chunks: Int
  public let shelves: Int
  private let batches: [Batch]

  /// - Parameter workers: how many are expected; nil: unknown.
  public init(runs: Int, workers: Int?) {
    precondition(runs > 0, "a pool needs a run")
    let workers = workers ?? min(max(runs / 16, Self.likelyWorkers.lowerBound), Self.likelyWorkers.upperBound)
    precondition(workers > 0, "a pool needs a worker")
    var batches: [Batch] = []
    var (chunk, run) = (0, 0)
    while run < runs {
      let left = runs - run
      let size = max(1, (left + 2 * workers - 1) / (2 * workers))
      batches.append(Batch(firstChunk: chunk, firstRun: run, size: size))
      let count = size == 1 ? left : min(workers, (left + size - 1) / size)
      chunk += count
      run = min(runs, run + count * size)
    }
    self.runs = runs
    self.workers = workers
    self.batches = batches
    chunks = chunk
    shelves = (chunk + Self.shelfSize - 1) / Self.shelfSize
  }

  /// The places of a chunk's runs in the sweep.
  public func runs(ofChunk chunk: Int) -> Range<Int> {
    precondition((0..<chunks).contains(chunk), "no such chunk")
    // At most one batch for every halving.
    let batch = batches.last { $0.firstChunk <= chunk } ?? batches[0]
    let first = batch.firstRun + (chunk - batch.firstChunk) * batch.size
    return first..<min(first + batch.size, runs)
  }

  func shelf(of chunk: Int) -> Int { chunk % shelves }

  func slot(of chunk: Int) -> Int { chunk / shelves }

  func chunk(onShelf shelf: Int, slot: Int) -> Int { slot * shelves + shelf }

  func slots(onShelf shelf: Int) -> Int { (chunks - shelf + shelves - 1) / shelves }
}
