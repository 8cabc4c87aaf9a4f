import Foundation
import Sharing

/// Thousands of workers at one pool, driven event by event by a seeded scheduler: every operation on the folder is an event of its own, so
/// that those of different workers come in any order.
struct Simulation {
  struct Settings {
    var seed: UInt64
    var workers: Int
    var runs: Int
    /// The mean of a run's seconds; each is drawn from an exponential distribution.
    var runSeconds = 10.0
    var lease = 120.0
    /// Listings and reads are up to so many seconds old.
    var lag = 0.0
    /// Machines but the first show the same listing again for so many seconds.
    var caching = 0.0
    /// The parts of workers that die at a random moment, that stand still for three leases, and that leave in good order.
    var dying = 0.0
    var pausing = 0.0
    var leaving = 0.0
    /// Workers begin within so many seconds.
    var arrival = 60.0
    /// Clocks are off by up to so many seconds, and run fast or slow by up to one part in ten thousand.
    var skew = 0.0
  }

  struct Result {
    /// How often each run's results came to the folder.
    var published: [UInt8]
    var executions = 0
    /// Chunks that two workers got in one generation.
    var doubleClaims = 0
    var operations = 0
    var busiestSecond = 0
    var seconds = 0.0
  }

  private enum Kind {
    case seek, beat, done
  }

  private struct Event: Comparable {
    var time: Double
    var order: Int
    var worker: Int
    var kind: Kind

    static func < (a: Event, b: Event) -> Bool { (a.time, a.order) < (b.time, b.order) }
  }

  private struct Worker {
    var member: PoolMember<SimulatedFolder.View>
    var heart: Heartbeat<SimulatedFolder.View>
    var lag: SimulatedFolder.Lag
    var offset: Double
    var rate: Double
    /// When it dies, leaves, or stands still and goes on; never where it is not to.
    var death = Double.infinity
    var leave = Double.infinity
    var pause = Double.infinity..<Double.infinity
    var claim: ChunkClaim?
    var isGone = false

    func clock(_ time: Double) -> Double { offset + rate * time }
  }

  private let settings: Settings
  private let layout: ChunkLayout
  private let server = SimulatedFolder()
  private var random: Generator
  private var workers: [Worker] = []
  private var heap: [Event] = []
  private var order = 0
  private var claims: Set<Int> = []
  private var result: Result

  init(_ settings: Settings) {
    self.settings = settings
    layout = ChunkLayout(runs: settings.runs, workers: settings.workers)
    random = Generator(state: settings.seed)
    result = Result(published: Array(repeating: 0, count: settings.runs))
  }

  /// Simulates until every worker has left or died; then, as somebody would who finds runs missing, with one more worker until all is
  /// done.
  mutating func run() -> Result {
    for _ in 0..<settings.workers { add(at: random.unit() * settings.arrival, mayFail: true) }
    drain()
    while result.published.contains(0), workers.count < settings.workers + 3 {
      add(at: server.now + 1, mayFail: false)
      drain()
    }
    result.operations = server.operations
    result.busiestSecond = server.operationsBySecond.values.max() ?? 0
    result.seconds = server.now
    return result
  }

  private mutating func add(at time: Double, mayFail: Bool) {
    let lag = SimulatedFolder.Lag()
    lag.caching = workers.isEmpty ? 0 : settings.caching
    let view = SimulatedFolder.View(server: server, lag: lag)
    let name = "w\(workers.count)-\(settings.seed)"
    var worker = Worker(
      member: PoolMember(
        worker: name, layout: layout, timing: PoolTiming(lease: settings.lease), in: view),
      heart: Heartbeat(of: name, in: view), lag: lag, offset: (2 * random.unit() - 1) * settings.skew,
      rate: 1 + (2 * random.unit() - 1) * 1e-4)
    let span = settings.runSeconds * Double(settings.runs) / Double(settings.workers)
    let fate = random.unit()
    let moment = time + random.unit() * span
    if mayFail, fate < settings.dying {
      worker.death = moment
    } else if mayFail, fate < settings.dying + settings.leaving {
      worker.leave = moment
    } else if mayFail, fate < settings.dying + settings.leaving + settings.pausing {
      worker.pause = moment..<(moment + 3 * settings.lease)
    }
    workers.append(worker)
    push(time, workers.count - 1, .beat)
    push(time + 0.01, workers.count - 1, .seek)
  }

  private mutating func drain() {
    while let event = pop() {
      server.now = event.time
      let index = event.worker
      if workers[index].isGone || event.time >= workers[index].death {
        workers[index].isGone = true
        continue
      }
      if workers[index].pause.contains(event.time) {
        push(workers[index].pause.upperBound, index, event.kind)
        continue
      }
      workers[index].lag.seconds = random.unit() * settings.lag
      // The simulated folder has no failures.
      switch event.kind {
      case .beat:
        try? workers[index].heart.renew()
        push(event.time + settings.lease / 6, index, .beat)
      case .seek: seek(index, event.time)
      case .done: finish(index, event.time)
      }
    }
  }

  private mutating func seek(_ index: Int, _ time: Double) {
    if time >= workers[index].leave { return goAway(index) }
    let latency = 0.002 + 0.006 * random.unit()
    switch (try? workers[index].member.seek(now: workers[index].clock(time))) ?? .leave {
    case .claimed(let claim):
      // A generation of a chunk is one number.
      if !claims.insert(claim.chunk * 1024 + claim.generation).inserted { result.doubleClaims += 1 }
      result.executions += claim.runs.count
      workers[index].claim = claim
      var seconds = 0.0
      for _ in claim.runs { seconds += settings.runSeconds * random.exponential() }
      push(time + seconds, index, .done)
    case .again: push(time + latency, index, .seek)
    case .wait(let seconds): push(time + seconds, index, .seek)
    case .over, .leave: goAway(index)
    }
  }

  private mutating func finish(_ index: Int, _ time: Double) {
    guard let claim = workers[index].claim else { return }
    workers[index].claim = nil
    // One who leaves in good order has what it had begun done by others.
    if time >= workers[index].leave { return goAway(index) }
    for run in claim.runs { result.published[run] = min(result.published[run] + 1, 250) }
    try? workers[index].member.finish(claim.chunk)
    push(time + 0.005, index, .seek)
  }

  private mutating func goAway(_ index: Int) {
    try? workers[index].heart.leave(workers[index].member.own)
    workers[index].isGone = true
  }

  // MARK: A binary heap of events

  private mutating func push(_ time: Double, _ worker: Int, _ kind: Kind) {
    order += 1
    heap.append(Event(time: time, order: order, worker: worker, kind: kind))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> Event? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return first }
    heap[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return first }
      let smaller = left + 1 < heap.count && heap[left + 1] < heap[left] ? left + 1 : left
      guard heap[smaller] < heap[parent] else { return first }
      heap.swapAt(smaller, parent)
      parent = smaller
    }
  }
}

/// xorshift64* (Vigna 2016), for reproducible simulations.
struct Generator {
  var state: UInt64

  mutating func unit() -> Double {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Double((state &* 0x2545_f491_4f6c_dd1d) >> 11) * 0x1p-53
  }

  mutating func exponential() -> Double {
    // unit() is below 1.
    -log(1 - unit())
  }
}
