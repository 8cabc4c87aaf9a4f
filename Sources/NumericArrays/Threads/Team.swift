import CKernels
import Foundation
import Synchronization

/// Work that falls into pieces, each computed by one thread, in any order.
package protocol Pieces: AnyObject {
  /// Computes a piece; called from several threads at once, each piece once.
  func compute(piece: Int)
}

/// The threads of one run: whoever owns it, and helpers that wait for pieces.
///
/// What the pieces are must not depend on the number of threads: then nor does any result. A team of one thread computes
/// the same pieces in order. Nothing is allocated in a computation; helpers are hired at the first that has pieces for
/// them, watch for the next one for some microseconds, and then sleep.
public final class Team {
  private let board = Board()
  private var helpers = 0

  /// The number of threads that may work at once, the owner's among them. It may grow at any time.
  public private(set) var threads: Int

  public init(threads: Int = 1) {
    precondition(threads > 0, "a team has a thread")
    self.threads = threads
  }

  deinit { board.close() }

  /// Lets more threads work from now on.
  public func grow(to threads: Int) { self.threads = max(self.threads, threads) }

  /// Computes the pieces `0..<count`, each once, and returns when all are done. Only the owner's thread may call it.
  package func compute(_ work: any Pieces, count: Int) {
    guard threads > 1, count > 1 else {
      for piece in 0..<count { work.compute(piece: piece) }
      return
    }
    while helpers < threads - 1 {
      let board = board
      let thread = Thread { board.help() }
      thread.name = "wb helper"
      thread.stackSize = 8 << 20
      thread.start()
      helpers += 1
    }
    board.compute(work, count: count)
  }
}

/// Where the owner of a team puts up pieces and helpers take them.
private final class Board: @unchecked Sendable {
  /// A watching helper looks this often before it sleeps: some 50 µs.
  private static let looks = 1000

  /// The number of the computation in the upper half, its pieces not yet taken in the lower one: a helper that comes late
  /// cannot take a piece of the next computation for one of the last.
  private let open = Atomic<UInt64>(0)
  private let done = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isClosed = Atomic<Bool>(false)
  private let alarm = NSCondition()
  // Written by the owner before pieces are put up and while none is out; read by who has taken one.
  private unowned(unsafe) var work: (any Pieces)?
  private var count = 0

  func compute(_ work: any Pieces, count: Int) {
    self.work = work
    self.count = count
    done.store(0, ordering: .relaxed)
    let number = open.load(ordering: .relaxed) >> 32
    open.store((number &+ 1) << 32 | UInt64(count), ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      alarm.lock()
      alarm.broadcast()
      alarm.unlock()
    }
    while takeOne() {}
    var looks = 0
    while done.load(ordering: .acquiring) < count {
      looks += 1
      // A helper that has lost its core needs one to come back to.
      if looks % Self.looks == 0 { sched_yield() } else { wb_pause() }
    }
    self.work = nil
  }

  func help() {
    var looks = 0
    while !isClosed.load(ordering: .relaxed) {
      if takeOne() {
        looks = 0
      } else if looks < Self.looks {
        looks += 1
        wb_pause()
      } else {
        sleep()
        looks = 0
      }
    }
  }

  func close() {
    isClosed.store(true, ordering: .sequentiallyConsistent)
    alarm.lock()
    alarm.broadcast()
    alarm.unlock()
  }

  /// Takes a piece and computes it; false where none is left.
  private func takeOne() -> Bool {
    var seen = open.load(ordering: .acquiring)
    while seen & 0xffff_ffff > 0 {
      let (isTaken, now) = open.weakCompareExchange(
        expected: seen, desired: seen - 1, ordering: .acquiringAndReleasing)
      if isTaken {
        // The owner waits for this piece, so that the work stays what it is.
        work?.compute(piece: count - Int(seen & 0xffff_ffff))
        done.add(1, ordering: .releasing)
        return true
      }
      seen = now
    }
    return false
  }

  private func sleep() {
    alarm.lock()
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while open.load(ordering: .sequentiallyConsistent) & 0xffff_ffff == 0,
      !isClosed.load(ordering: .sequentiallyConsistent)
    {
      alarm.wait()
    }
    sleepers.subtract(1, ordering: .relaxed)
    alarm.unlock()
  }
}
