/// What `valgrind --tool=callgrind` counted in one process.
///
/// The file's format: https://valgrind.org/docs/manual/cl-format.html. A name stands behind its number where the number comes
/// first: `fn=(7) main`, later only `fn=(7)`; `cfn=` is who is called, and `calls=N …` under it how often.
package struct CallgrindProfile: Sendable {
  package var instructions = 0
  /// How often each function is called, by its caller.
  package var calls: [String: [String: Int]] = [:]

  /// What allocates memory; `swift_allocObject`, `operator new` and Swift's buffers end in one of these.
  package static let allocators: Set<String> = [
    "malloc", "calloc", "realloc", "aligned_alloc", "posix_memalign",
  ]

  /// The sum of several threads' profiles.
  package init(_ profiles: [CallgrindProfile]) {
    for profile in profiles {
      instructions += profile.instructions
      calls.merge(profile.calls) { $0.merging($1, uniquingKeysWith: +) }
    }
  }

  package init(text: String) {
    var names: [Substring: Substring] = [:]
    var caller: Substring = ""
    var called: Substring = ""
    func name(_ text: Substring) -> Substring {
      guard let end = text.firstIndex(of: ")") else { return text }
      let number = text[...end]
      let rest = text[text.index(after: end)...].drop { $0 == " " }
      if !rest.isEmpty { names[number] = rest }
      return names[number] ?? number
    }
    for line in text.split(separator: "\n") {
      if line.hasPrefix("fn=") {
        caller = name(line.dropFirst(3))
      } else if line.hasPrefix("cfn=") {
        called = name(line.dropFirst(4))
      } else if line.hasPrefix("calls=") {
        // A recursion is called name'2.
        let plain = String(called.split(separator: "'").first ?? "")
        guard let count = Int(line.dropFirst(6).prefix { $0 != " " }) else {
          continue
        }
        calls[plain, default: [:]][String(caller), default: 0] += count
      } else if line.hasPrefix("totals:") {
        instructions = Int(line.dropFirst(7).drop { $0 == " " }) ?? 0
      }
    }
  }
}
