/// Where the elements of an array lie: runs of neighbours in tensors.
struct Places {
  struct Run: Hashable {
    var tensor: Int32
    var start: Int32
    var count: Int32
  }

  private(set) var runs: [Run] = []
  private(set) var count = 0

  init() {}

  init(_ run: Run) { append(run) }

  mutating func append(_ run: Run) {
    count += Int(run.count)
    if let last = runs.last, last.tensor == run.tensor, last.start + last.count == run.start {
      runs[runs.count - 1].count += run.count
    } else {
      runs.append(run)
    }
  }

  mutating func append(_ other: Places) {
    for run in other.runs { append(run) }
  }

  /// The elements at places that count from 0.
  func picked(_ places: [Int32]) -> Places {
    var picked = Places()
    if runs.count == 1 {
      let base = runs[0]
      for place in places { picked.append(Run(tensor: base.tensor, start: base.start + place, count: 1)) }
      return picked
    }
    let all = elements
    for place in places { picked.append(all[Int(place)]) }
    return picked
  }

  /// Each element as a run of its own.
  private var elements: [Run] {
    runs.flatMap { run in
      (0..<run.count).map { Run(tensor: run.tensor, start: run.start + $0, count: 1) }
    }
  }

  /// The places in order, each element one number within its tensor.
  func indices(shiftedBy shift: (Int32) -> Int) -> [Int] {
    runs.flatMap { run in
      let first = shift(run.tensor) + Int(run.start)
      return first..<first + Int(run.count)
    }
  }
}
