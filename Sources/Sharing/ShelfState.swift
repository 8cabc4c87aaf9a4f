/// What a listing of a shelf says of its chunks, by their places on it. All of it only grows: what is claimed or done stays so.
struct ShelfState {
  /// The last generation of a chunk's claims; −1 where nobody has claimed it.
  private(set) var generations: [Int]
  private(set) var isDone: [Bool]

  init(slots: Int) {
    generations = Array(repeating: -1, count: slots)
    isDone = Array(repeating: false, count: slots)
  }

  /// Reads names as `CHUNK.GENERATION` and `CHUNK.done`; others are left out.
  init(_ names: [String], shelf: Int, layout: ChunkLayout) {
    self.init(slots: layout.slots(onShelf: shelf))
    for name in names {
      guard let (number, mark) = Mark.parse(name), number % layout.shelves == shelf else { continue }
      let slot = layout.slot(of: number)
      guard generations.indices.contains(slot) else { continue }
      switch mark {
      case .done: isDone[slot] = true
      case .generation(let generation): claimed(slot, generation)
      case .full: continue
      }
    }
  }

  mutating func claimed(_ slot: Int, _ generation: Int) {
    generations[slot] = max(generations[slot], generation)
  }

  mutating func finished(_ slot: Int) { isDone[slot] = true }

  /// The first places that nobody has claimed.
  func free(limit: Int) -> [Int] {
    Array(generations.indices.lazy.filter { generations[$0] < 0 && !isDone[$0] }.prefix(limit))
  }

  /// The places of what is claimed and not done.
  var unfinished: [Int] { isDone.indices.filter { !isDone[$0] } }
}

/// What the second part of a name says.
enum Mark: Equatable {
  case generation(Int)
  case done
  case full

  static func parse(_ name: String) -> (number: Int, mark: Mark)? {
    let bytes = name.utf8
    guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")), let number = digits(bytes[..<dot]) else {
      return nil
    }
    let rest = bytes[bytes.index(after: dot)...]
    if let generation = digits(rest) { return (number, .generation(generation)) }
    if rest.elementsEqual("done".utf8) { return (number, .done) }
    return rest.elementsEqual("full".utf8) ? (number, .full) : nil
  }

  private static func digits(_ bytes: Substring.UTF8View) -> Int? {
    guard (1...9).contains(bytes.count) else { return nil }
    var number = 0
    for byte in bytes {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }
}
