import Foundation
import Glibc
import Testing

/// Seeded inputs for what reads foreign bytes: valid ones that are changed, and random ones. A few thousand in the normal
/// tests; `make fuzz INPUTS=1000000 SEED=1` has as many as one likes (`WB_FUZZ`, `WB_FUZZ_SEED`).
///
/// The input of a target, seed and index is always the same: what a crash leaves in ``progressFile`` says which it was, and
/// `WB_FUZZ_FIRST` begins with it.
enum Fuzz {
  /// An input takes at most so long, on a busy machine too.
  static let secondsPerInput = 10.0

  static let seed = UInt64(ProcessInfo.processInfo.environment["WB_FUZZ_SEED"] ?? "") ?? 1

  /// The number of the first input.
  static let first = ProcessInfo.processInfo.environment["WB_FUZZ_FIRST"].flatMap { Int($0) } ?? 0

  /// How many inputs a target takes: its share of all.
  static func count(_ share: Double) -> Int {
    let all = ProcessInfo.processInfo.environment["WB_FUZZ"].flatMap(Double.init) ?? 20_000
    return max(Int((all * share).rounded()), 1)
  }

  static var progressFile: String {
    FileManager.default.temporaryDirectory.appending(path: "wb-fuzz-\(getpid())").path
  }

  /// Runs `body` with the generator of each input; it returns whether the input was accepted.
  static func run(_ target: String, share: Double, _ body: (inout FuzzBits) throws -> Bool) throws {
    let progress = open(progressFile + "-" + target, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer {
      close(progress)
      unlink(progressFile + "-" + target)
    }
    let count = count(share)
    var accepted = 0
    let watch = Watch(target)
    for index in first..<first + count {
      var random = FuzzBits(state: seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(index) &* 0xD1B5_4A32_D192_ED03)
      for byte in target.utf8 { random.state = (random.state ^ UInt64(byte)) &* 0x100_0000_01B3 }
      _ = "\(target) seed \(seed) input \(index)\n".withCString { pwrite(progress, $0, strlen($0), 0) }
      watch.begin(index)
      do {
        if try body(&random) { accepted += 1 }
      } catch {
        Issue.record("\(target), seed \(seed), input \(index): \(error)")
        return
      }
    }
    watch.end()
    print("fuzz: \(target): \(count) inputs, \(accepted) accepted, the slowest took \(watch.slowest) s")
    // A generator whose inputs are all refused, or all accepted, finds nothing.
    if count >= 500 { #expect(accepted > 0 && accepted < count, "\(target)") }
  }
}

/// Ends the process where an input takes too long: there is no other way out of an endless loop.
private final class Watch: @unchecked Sendable {
  private let lock = NSLock()
  private var index = -1
  private var start = ContinuousClock.now
  private(set) var slowest = 0.0

  init(_ target: String) {
    Thread.detachNewThread { [weak self] in
      while let watch = self {
        let (index, seconds) = watch.lock.withLock {
          (watch.index, (ContinuousClock.now - watch.start) / .seconds(1))
        }
        if index == .max { return }
        if index >= 0, seconds > Fuzz.secondsPerInput {
          fatalError(
            "\(target), seed \(Fuzz.seed): input \(index) takes longer than \(Fuzz.secondsPerInput) s")
        }
        Thread.sleep(forTimeInterval: 0.2)
      }
    }
  }

  func begin(_ next: Int) {
    lock.withLock {
      let now = ContinuousClock.now
      if index >= 0 { slowest = max(slowest, (now - start) / .seconds(1)) }
      (index, start) = (next, now)
    }
  }

  func end() { begin(.max) }
}

/// SplitMix64 (Steele, Lea, Flood 2014, https://doi.org/10.1145/2714064.2660195).
struct FuzzBits: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(bound, 1), using: &self) }

  mutating func pick<Element>(_ items: [Element]) -> Element { items[below(items.count)] }

  /// Bytes of a text with a few changes: bytes and pieces taken out, put in, doubled, moved; words of the grammar.
  mutating func mutate(_ text: [UInt8], words: [String]) -> [UInt8] {
    var bytes = text
    for _ in 0..<(1 + below(5)) {
      let start = below(bytes.count + 1)
      let end = min(bytes.count, start + below(1 + below(20)))
      switch below(9) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(UInt8(truncatingIfNeeded: next()), at: start)
      case 2 where start < bytes.count: bytes[start] ^= 1 << UInt8(below(8))
      case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 4:
        let piece = Array(bytes[start..<end])
        bytes.removeSubrange(start..<end)
        bytes.insert(contentsOf: piece, at: below(bytes.count + 1))
      case 5, 6: bytes.replaceSubrange(start..<end, with: Array(pick(words).utf8))
      case 7: bytes.insert(contentsOf: Array(pick(words).utf8), at: start)
      default:
        let word = Array(pick(words).utf8)
        let times = below(4) == 0 ? below(2000) : below(5)
        bytes.insert(contentsOf: (0..<times).flatMap { _ in word }, at: start)
      }
    }
    return bytes
  }

  /// Any bytes.
  mutating func bytes() -> [UInt8] { (0..<below(200)).map { _ in UInt8(truncatingIfNeeded: next()) } }

  /// A valid text changed, now and then left as it is or random.
  mutating func text(_ valid: [String], words: [String]) -> [UInt8] {
    switch below(20) {
    case 0: bytes()
    case 1: Array(pick(valid).utf8)
    case 2: (0..<below(40)).flatMap { _ in Array(pick(words).utf8) }
    default: mutate(Array(pick(valid).utf8), words: words)
    }
  }
}
