/// What a worker does to get chunks: one operation on the shared folder at a time, so that what drives it can do other things
/// between, and a simulation can do them in any order.
///
/// A chunk belongs to whoever makes the file of its claim. A claim is never taken away or renamed: that of a worker that is gone is
/// followed by one of the next generation, whose file again only one can make. A worker that was thought gone and is not finishes what
/// it has: the same runs with the same bits, of which merging keeps one.
///
/// Shelves that are full are marked in one folder, so that a worker finds what is free by two listings however many chunks there are.
/// One that finds nothing watches some of those who still work, over a lease, and takes what they leave; a few stay until all is done,
/// the others leave.
public struct PoolMember<Folder: SharedFolder> {
  public enum Answer: Hashable {
    case claimed(ChunkClaim)
    /// Ask again at once.
    case again
    /// Ask again after so many seconds.
    case wait(Double)
    /// Every chunk is done.
    case over
    /// Others do the rest, and enough of them watch over it.
    case leave
  }

  enum Phase: Sendable {
    case index
    case shelf(Int)
    case trying(Int, ShelfState)
    case marking(Int)
    case standby(StandbyPass)
    case survey(left: Int)
    case observing(Observation)
    case resting(Observation)
  }

  /// A worker tries one of the first so many free chunks of a shelf: several who read one listing seldom try the same. With every one that
  /// another has already, it looks twice as far: the listing is old, and the others are further.
  static var window: Int { 16 }
  /// After so many of those in a row it waits before it lists again.
  static var quickLosses: Int { 4 }
  /// After so many full shelves in a row it rests.
  static var fruitlessShelves: Int { 3 }

  let folder: Folder
  let layout: ChunkLayout
  let timing: PoolTiming
  public let worker: String
  let claimFile: [UInt8]
  var random: SplitMix64
  var full: [Bool]
  var done: [Bool]
  /// The chunks of this worker that are not done.
  public private(set) var own: Set<Int> = []
  var phase = Phase.index
  var watch: OwnerWatch
  /// The owners of claims, which never change.
  var owners: [String: String] = [:]
  var isStandby = false
  /// The last generations of the claims that it has made, or found made when it tried, by shelf and chunk: a listing may not show them for
  /// a long time.
  private var known: [Int: [Int: Int]] = [:]
  /// The claims in a row that others have been quicker to make.
  private var losses = 0
  /// How often it has waited since it got its last chunk.
  var patience = 0
  /// How many shelves were full since then.
  private var fruitless = 0

  /// - Parameters:
  ///   - worker: a name that no other process has or had.
  ///   - text: what readers of its claims should know.
  public init(worker: String, text: [UInt8] = [], layout: ChunkLayout, timing: PoolTiming, in folder: Folder)
  {
    self.folder = folder
    self.layout = layout
    self.timing = timing
    self.worker = worker
    claimFile = ClaimText.file(of: worker, text: text)
    random = SplitMix64(worker)
    full = Array(repeating: false, count: layout.shelves)
    done = full
    watch = OwnerWatch(lease: timing.lease)
  }

  /// Goes on looking for a chunk, by one operation on the folder at most.
  ///
  /// - Parameter now: seconds of a clock of this process that never goes back.
  public mutating func seek(now: Double) throws(FolderError) -> Answer {
    switch phase {
    case .index: return try readIndex()
    case .shelf(let shelf):
      phase = .trying(shelf, try state(ofShelf: shelf))
      return .again
    case .trying(let shelf, var state): return try tryOne(shelf, &state)
    case .marking(let shelf):
      full[shelf] = true
      _ = try folder.create(PoolNames.full(shelf: shelf), [])
      phase = .index
      fruitless += 1
      // Where many run out of chunks together, the marks of others are seen a little later.
      return fruitless % Self.fruitlessShelves == 0 ? .wait(pause()) : .again
    case .standby(let pass): return try lookForStandby(pass, now: now)
    case .survey(let left): return try survey(left)
    case .observing(let observation): return try observe(observation, now: now)
    case .resting(let observation):
      phase = .index
      return try look(again: observation)
    }
  }

  /// Says that the results of a chunk are in the folder.
  public mutating func finish(_ chunk: Int) throws(FolderError) {
    _ = try folder.create(PoolNames.done(chunk, shelf: layout.shelf(of: chunk)), [])
    own.remove(chunk)
  }

  /// Those who had a chunk before, the last one first.
  public func earlierOwners(of claim: ChunkClaim) throws(FolderError) -> [String] {
    var names: [String] = []
    for generation in stride(from: claim.generation - 1, through: 0, by: -1) {
      let path = PoolNames.claim(claim.chunk, generation: generation, shelf: layout.shelf(of: claim.chunk))
      if let file = try folder.read(path), let name = ClaimText.worker(file: file), name != worker {
        names.append(name)
      }
    }
    return names
  }

  mutating func claimed(_ chunk: Int, generation: Int) -> Answer {
    own.insert(chunk)
    patience = 0
    fruitless = 0
    return .claimed(ChunkClaim(chunk: chunk, generation: generation, runs: layout.runs(ofChunk: chunk)))
  }

  /// What a listing of a shelf and this worker's own attempts say.
  func state(ofShelf shelf: Int) throws(FolderError) -> ShelfState {
    var state = ShelfState(try folder.list(PoolNames.shelf(shelf)), shelf: shelf, layout: layout)
    for (chunk, generation) in known[shelf] ?? [:] { state.claimed(layout.slot(of: chunk), generation) }
    return state
  }

  /// Makes the file of a claim; false where another has.
  mutating func claim(_ chunk: Int, generation: Int) throws(FolderError) -> Bool {
    let shelf = layout.shelf(of: chunk)
    let isOurs = try folder.create(PoolNames.claim(chunk, generation: generation, shelf: shelf), claimFile)
    known[shelf, default: [:]][chunk, default: generation] = max(generation, known[shelf]?[chunk] ?? 0)
    return isOurs
  }

  private mutating func readIndex() throws(FolderError) -> Answer {
    for name in try folder.list(PoolNames.index) {
      guard let (shelf, mark) = Mark.parse(name), full.indices.contains(shelf) else { continue }
      switch mark {
      case .full: full[shelf] = true
      case .done: done[shelf] = true
      case .generation: continue
      }
    }
    if !done.contains(false) { return .over }
    let open = full.indices.filter { !full[$0] && !done[$0] }
    if let shelf = open.randomElement(using: &random) {
      phase = .shelf(shelf)
    } else {
      phase = isStandby ? .survey(left: Self.surveyed) : .standby(StandbyPass(isLast: false))
      if patience == 0 { return .wait(pause()) }
    }
    return .again
  }

  private mutating func tryOne(_ shelf: Int, _ state: inout ShelfState) throws(FolderError) -> Answer {
    guard let slot = state.free(limit: Self.window << min(losses, 4)).randomElement(using: &random) else {
      phase = .marking(shelf)
      return .again
    }
    let chunk = layout.chunk(onShelf: shelf, slot: slot)
    if try claim(chunk, generation: 0) {
      losses = 0
      state.claimed(slot, 0)
      phase = .trying(shelf, state)
      return claimed(chunk, generation: 0)
    }
    // Where another was quicker, others will have been too: what was listed is old.
    losses += 1
    phase = .shelf(shelf)
    if losses <= Self.quickLosses { return .again }
    let seconds = min(timing.renewal / 4, 0.01 * Double(1 << min(losses - Self.quickLosses, 20)))
    return .wait(seconds * Double.random(in: 0.5...1.5, using: &random))
  }
}

extension PoolMember: Sendable where Folder: Sendable {}

/// A chunk that belongs to a worker.
public struct ChunkClaim: Sendable, Hashable {
  public var chunk: Int
  /// 0 for the first claim; more where earlier owners are gone.
  public var generation: Int
  /// The places of its runs in the sweep.
  public var runs: Range<Int>
}

/// Random numbers by which workers keep out of each other's way (SplitMix64; Steele, Lea & Flood 2014).
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(_ name: String) {
    // FNV-1a of the name.
    state = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
