import CProcess
import Foundation
import Glibc

/// A program that runs in a process group of its own, which ends with it and with this process.
///
/// Made, asked and waited for by one thread.
final class ProgramProcess {
  enum Stream: Int, CaseIterable {
    case output, error, metrics
  }

  /// How it ended.
  enum Ending: Equatable {
    case exited(Int)
    case killed(signal: Int)
    /// It did not start, for a reason such as `No such file or directory`.
    case notStarted(String)
  }

  private var program = wb_program()
  /// The descriptors still open, by `Stream`; -1 where one is closed.
  private var descriptors: [Int32]
  private(set) var ending: Ending?

  /// Starts a program; nil with a reason where the system has no room for it.
  ///
  /// - Parameters:
  ///   - words: the program and its arguments.
  ///   - environment: all of its variables, as `NAME=value`.
  static func start(
    _ words: [String], environment: [String], in folder: String
  ) -> (process: ProgramProcess?, problem: String) {
    var program = wb_program()
    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    let problem = wb_start_program(&arguments, &variables, folder, &program)
    return problem == 0 ? (ProgramProcess(program), "") : (nil, String(cString: strerror(problem)))
  }

  private init(_ program: wb_program) {
    self.program = program
    descriptors = [program.standard_output, program.standard_error, program.metrics]
  }

  deinit {
    for descriptor in descriptors + [program.status] where descriptor >= 0 { close(descriptor) }
  }

  /// Sends a signal to the program and all that it has started.
  func send(_ signal: Int32) { if ending == nil { kill(-program.guard, signal) } }

  /// Waits for something to be written or for the end, `milliseconds` at most; hands over what was written.
  ///
  /// - Returns: whether a stream had something.
  @discardableResult
  func wait(milliseconds: Int32, _ written: (Stream, ArraySlice<UInt8>) -> Void) -> Bool {
    var polled = (descriptors + [ending == nil ? program.status : -1]).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return false }
    var hadSome = false
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    for stream in Stream.allCases where polled[stream.rawValue].revents != 0 {
      let count = read(descriptors[stream.rawValue], &buffer, buffer.count)
      if count > 0 {
        hadSome = true
        written(stream, buffer[..<count])
      } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
        close(descriptors[stream.rawValue])
        descriptors[stream.rawValue] = -1
      }
    }
    if polled[Stream.allCases.count].revents != 0 { noteEnding() }
    return hadSome
  }

  /// Whether a stream may still have something.
  var isOpen: Bool { descriptors.contains { $0 >= 0 } }

  private func noteEnding() {
    var said = wb_ending()
    let count = read(program.status, &said, MemoryLayout<wb_ending>.size)
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    if count == MemoryLayout<wb_ending>.size {
      switch wb_ending_kind(UInt32(said.kind)) {
      case WB_EXITED: ending = .exited(Int(said.value))
      case WB_SIGNALLED: ending = .killed(signal: Int(said.value))
      case WB_NO_FOLDER: ending = .notStarted("its folder: " + String(cString: strerror(said.value)))
      default: ending = .notStarted(String(cString: strerror(said.value)))
      }
    } else {
      // The whole group was killed, the guard with it.
      ending = .killed(signal: Int(SIGKILL))
    }
    var status: Int32 = 0
    while waitpid(program.guard, &status, 0) < 0, errno == EINTR {}
  }
}
