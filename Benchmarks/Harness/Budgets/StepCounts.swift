import Foundation

/// What one step costs, by counts that do not depend on how busy the machine is.
package struct StepCounts: Sendable {
  package var instructions: Double
  /// Calls that allocate memory.
  package var allocations: Double
  /// The most frequent of them: the allocator, its most frequent caller, that one's, and so on.
  package var allocating: [String]

  /// The difference of two profiles over the difference of their steps.
  package init(from short: CallgrindProfile, to long: CallgrindProfile, steps: Int) {
    instructions = Double(long.instructions - short.instructions) / Double(steps)
    let more = long.calls.merging(short.calls.mapValues { $0.mapValues { -$0 } }) {
      $0.merging($1, uniquingKeysWith: +)
    }
    func count(_ function: String) -> Int { more[function]?.values.reduce(0, +) ?? 0 }
    allocations = Double(CallgrindProfile.allocators.map(count).reduce(0, +)) / Double(steps)
    allocating = []
    var function = CallgrindProfile.allocators.max { (count($0), $1) < (count($1), $0) }
    if allocations <= 0 { function = nil }
    while let current = function, !allocating.contains(current), allocating.count < 12 {
      allocating.append(current)
      function = more[current]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
  }
}

/// A program whose steps are counted: a sweep of one run at two lengths, recorded only at its start and its end.
package struct BudgetProgram: Sendable {
  package var name: String
  package var sweep: String
  package var overrides: [String]
  /// The generated files that it reads.
  package var data: [String]
  package var short: Int
  package var long: Int

  package static let all = [
    BudgetProgram(
      name: "eight-schools", sweep: "eight-schools", overrides: [], data: [], short: 1_000, long: 21_000),
    BudgetProgram(
      name: "logistic-full-rank", sweep: "logistic", overrides: ["family=full-rank"],
      data: ["logistic-small.csv"], short: 100, long: 1_100),
    BudgetProgram(
      name: "vae-small", sweep: "vae-small", overrides: [], data: ["images-small-idx3-ubyte"], short: 20,
      long: 180),
  ]

  /// Why steps cannot be counted here, or nil.
  package static let obstacle: String? = {
    guard let version = try? launch(["valgrind", "--version"]), version.code == 0 else {
      return "valgrind is missing; Scripts/setup.sh installs it"
    }
    let flags = Surroundings.field("flags", in: "/proc/cpuinfo", separator: ":")?.split(separator: " ") ?? []
    // Valgrind 3.19 has no AVX-512, so that every CPU with AVX2 takes the kernels of AVX2: one count for all of them.
    return flags.contains("avx2") ? nil : "this CPU has no AVX2, and other kernels have other counts"
  }()

  /// Runs `wb` under callgrind at both lengths, which are so far apart that the ends of the runs, whose instructions depend
  /// on where they end, hardly count.
  package func count(on bench: Workbench) throws -> StepCounts {
    try Datasets.write(data, to: bench.data, repository: bench.repository)
    // Valgrind 3.19 cannot read the debug information that Swift 6 writes (DWARF 5).
    let stripped = "\(bench.folder)/wb-stripped"
    try launchToSuccess(["strip", "--strip-debug", "-o", stripped, bench.wb])
    let profiles = try [short, long].map { try profile(of: stripped, steps: $0, on: bench) }
    return StepCounts(from: profiles[0], to: profiles[1], steps: long - short)
  }

  /// The profile of all threads but the first, which writes the store when time has come: what the workers do is always
  /// the same.
  private func profile(of wb: String, steps: Int, on bench: Workbench) throws -> CallgrindProfile {
    let folder = "\(bench.folder)/\(name)-\(steps)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try launchToSuccess(
      ["valgrind", "--tool=callgrind", "--separate-threads=yes", "--callgrind-out-file=\(folder)/thread", wb]
        + ["run", bench.sweep(sweep)] + overrides + ["steps=\(steps)", "record.every=1000000"]
        + ["--jobs", "1", "--store", "\(folder)/wb.sqlite", "--progress", "none"],
      // OpenBLAS would choose its kernels by the host's CPU.
      environment: ["WB_DATA": bench.data, "OPENBLAS_CORETYPE": "Haswell"])
    let threads = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      $0.hasPrefix("thread-") && $0 != "thread-01"
    }
    return CallgrindProfile(
      try threads.map {
        CallgrindProfile(text: try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8))
      })
  }
}
