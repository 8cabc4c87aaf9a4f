/// A worker for which nothing is free.
extension PoolMember {
  /// How many stay to the end to take what others leave.
  static var standbySlots: Int { 4 }
  /// How many claims a worker watches at a time.
  static var sample: Int { 8 }
  /// So many workers begin to look around in a second, when all run out of chunks together.
  static var looksPerSecond: Double { 200 }
  /// How many shelves are looked at before it rests.
  static var surveyed: Int { 8 }

  /// A look at the places of those who stay.
  struct StandbyPass {
    /// Whether the worker leaves where all places are taken by the living.
    var isLast: Bool
    /// The generation of each place's claim; nil before they are listed.
    var generations: [Int]?
    var slot = 0
    var owner: String?

    init(isLast: Bool) { self.isLast = isLast }
  }

  /// Claims of others on one shelf that are watched.
  struct Observation {
    struct Candidate {
      var slot: Int
      var generation: Int
      var owner: String?
    }

    var shelf: Int
    var candidates: [Candidate]
    var next = 0
    /// When the watch over them began.
    var since: Double?
  }

  /// What a worker says of itself; nil where it cannot be seen.
  public func state(of owner: String) throws(FolderError) -> WorkerState? {
    try folder.read(PoolNames.state(of: owner)).flatMap { WorkerState(file: $0) }
  }

  mutating func lookForStandby(_ pass: StandbyPass, now: Double) throws(FolderError) -> Answer {
    var pass = pass
    phase = .survey(left: Self.surveyed)
    guard let generations = pass.generations else {
      var found = Array(repeating: -1, count: Self.standbySlots)
      for name in try folder.list(PoolNames.standby) {
        guard let (slot, mark) = Mark.parse(name), case .generation(let generation) = mark,
          found.indices.contains(slot)
        else { continue }
        found[slot] = max(found[slot], generation)
      }
      pass.generations = found
      phase = .standby(pass)
      return .again
    }
    guard pass.slot < generations.count else { return pass.isLast ? .leave : .again }
    let slot = pass.slot
    if generations[slot] < 0 {
      return try takePlace(slot, generation: 0, &pass)
    }
    guard let owner = pass.owner else {
      let file = try folder.read(PoolNames.standby(slot, generation: generations[slot]))
      // A claim that cannot be seen yet is somebody's.
      pass.owner = file.flatMap { ClaimText.worker(file: $0) }
      if pass.owner == nil { pass.slot += 1 }
      phase = .standby(pass)
      return .again
    }
    pass.owner = nil
    if [.gone, .left].contains(watch.see(owner, try state(of: owner), now: now)) {
      return try takePlace(slot, generation: generations[slot] + 1, &pass)
    }
    pass.slot += 1
    phase = .standby(pass)
    return .again
  }

  private mutating func takePlace(
    _ slot: Int, generation: Int, _ pass: inout StandbyPass
  ) throws(FolderError) -> Answer {
    isStandby = try folder.create(PoolNames.standby(slot, generation: generation), claimFile)
    if isStandby { return .again }
    pass.slot += 1
    phase = .standby(pass)
    return .again
  }

  /// Looks for claims of others that are not done.
  mutating func survey(_ left: Int) throws(FolderError) -> Answer {
    guard let shelf = done.indices.filter({ !done[$0] }).randomElement(using: &random) else { return .over }
    guard left > 0 else {
      phase = .index
      return .wait(pause())
    }
    let state = try state(ofShelf: shelf)
    let unfinished = state.unfinished
    if unfinished.isEmpty {
      done[shelf] = true
      _ = try folder.create(PoolNames.done(shelf: shelf), [])
      phase = .survey(left: left)
      return done.contains(false) ? .again : .over
    }
    let others = unfinished.filter { !own.contains(layout.chunk(onShelf: shelf, slot: $0)) }
    let chosen = others.shuffled(using: &random).prefix(Self.sample)
    if chosen.isEmpty {
      phase = .survey(left: left - 1)
    } else {
      phase = .observing(
        Observation(
          shelf: shelf,
          candidates: chosen.map { Observation.Candidate(slot: $0, generation: state.generations[$0]) }))
    }
    return .again
  }

  /// Looks at one claim after the other; takes that of a worker that is gone.
  mutating func observe(_ observation: Observation, now: Double) throws(FolderError) -> Answer {
    var observation = observation
    observation.since = observation.since ?? now
    guard observation.next < observation.candidates.count else {
      if observation.candidates.isEmpty {
        // Nothing came of them: what a listing shows may be old, and the next one is no younger at once.
        phase = .index
        return .wait(pause())
      }
      if let since = observation.since, now - since >= timing.lease + timing.renewal {
        // All of them live: another sample, or the end of waiting.
        phase = isStandby ? .index : .standby(StandbyPass(isLast: own.isEmpty))
        return isStandby ? .wait(pause()) : .again
      }
      observation.next = 0
      phase = .resting(observation)
      return .wait(pause())
    }
    let candidate = observation.candidates[observation.next]
    let chunk = layout.chunk(onShelf: observation.shelf, slot: candidate.slot)
    guard candidate.generation >= 0 else {
      // Nobody has it, whatever the mark of the shelf says.
      return try take(chunk, generation: 0, &observation)
    }
    guard let owner = candidate.owner else {
      let path = PoolNames.claim(chunk, generation: candidate.generation, shelf: observation.shelf)
      var known = owners[path]
      if known == nil { known = try folder.read(path).flatMap { ClaimText.worker(file: $0) } }
      owners[path] = known
      observation.candidates[observation.next].owner = known
      if known == nil { observation.next += 1 }
      phase = .observing(observation)
      return .again
    }
    let state = try state(of: owner)
    switch watch.see(owner, state, now: now) {
    case .gone: return try take(chunk, generation: candidate.generation + 1, &observation)
    case .left where state?.givenUp?.contains(chunk) ?? false:
      return try take(chunk, generation: candidate.generation + 1, &observation)
    case .left: observation.candidates.remove(at: observation.next)
    case .lives, .unknown: observation.next += 1
    }
    phase = .observing(observation)
    return .again
  }

  private mutating func take(
    _ chunk: Int, generation: Int, _ observation: inout Observation
  ) throws(FolderError) -> Answer {
    let isOurs = try claim(chunk, generation: generation)
    observation.candidates.remove(at: observation.next)
    phase = .observing(observation)
    return isOurs ? claimed(chunk, generation: generation) : .again
  }

  /// Lists the shelf again: what is done by now is no longer watched, and what was taken has another owner.
  mutating func look(again observation: Observation) throws(FolderError) -> Answer {
    var observation = observation
    let state = try state(ofShelf: observation.shelf)
    observation.candidates = observation.candidates.compactMap { candidate in
      if state.isDone[candidate.slot] { return nil }
      let generation = max(candidate.generation, state.generations[candidate.slot])
      return generation == candidate.generation
        ? candidate : Observation.Candidate(slot: candidate.slot, generation: generation)
    }
    phase = observation.candidates.isEmpty ? .index : .observing(observation)
    return .again
  }

  /// Longer and longer, never all at the same time, and the more there are the less often: all run out of chunks together.
  mutating func pause() -> Double {
    patience += 1
    let first = max(0.05, Double(layout.workers) / Self.looksPerSecond)
    let longest = min(timing.renewal, first * Double(1 << min(patience - 1, 20)))
    return longest * Double.random(in: 0.5...1.5, using: &random)
  }
}
