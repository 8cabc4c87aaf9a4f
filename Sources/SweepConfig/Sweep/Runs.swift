/// The runs of a sweep: every cell with every seed, made when they are asked for.
public struct Runs: RandomAccessCollection, Sendable {
  let cells: [Cell]
  let seeds: [Int]

  public var startIndex: Int { 0 }
  public var endIndex: Int { cells.count * seeds.count }

  /// The run at a position; hashes its identity, so keep it rather than asking twice.
  public subscript(position: Int) -> Run {
    cells[position / seeds.count].run(seed: seeds[position % seeds.count])
  }
}
