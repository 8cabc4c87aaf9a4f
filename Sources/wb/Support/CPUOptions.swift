import ArgumentParser
import Execution
import Foundation
import Glibc

/// Which instructions the numbers are computed with.
struct CPUOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Compute as on this kind of CPU: x86-64, x86-64-v2, x86-64-v3 or x86-64-v4; else as this one can best.",
      valueName: "level"))
  var cpu: CPULevel?

  /// Has the libraries compute with the instructions of the level: they choose when they are loaded, so that the process begins anew
  /// where they have chosen otherwise.
  func apply() throws {
    guard let cpu else { return }
    guard cpu.isSupported else {
      throw Failure(
        .failure, "wb: this CPU is not of the kind \(cpu.rawValue), as --cpu asks; give a lower one")
    }
    let environment = ProcessInfo.processInfo.environment
    if cpu.variables.allSatisfy({ environment[$0.key] == $0.value }) { return }
    for (name, value) in cpu.variables { setenv(name, value, 1) }
    var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", &arguments)
    throw Failure(.failure, "wb: it cannot begin anew (\(String(cString: strerror(errno)))); leave out --cpu")
  }
}

/// A kind of CPU, as the processor supplement of the System V ABI defines it (x86-64 psABI 1.0, 3.1.1).
enum CPULevel: String, ExpressibleByArgument, CaseIterable {
  case v1 = "x86-64"
  case v2 = "x86-64-v2"
  case v3 = "x86-64-v3"
  case v4 = "x86-64-v4"

  /// What OpenBLAS and the C library read when they are loaded. The kernels of wb have the same bits on all of them.
  var variables: [String: String] {
    switch self {
    case .v1: ["OPENBLAS_CORETYPE": "Prescott", "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX"]
    case .v2: ["OPENBLAS_CORETYPE": "Nehalem", "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX"]
    case .v3: ["OPENBLAS_CORETYPE": "Haswell"]
    case .v4: ["OPENBLAS_CORETYPE": "SkylakeX"]
    }
  }

  var isSupported: Bool {
    let flags = Set(Arithmetic.allFlags)
    return switch self {
    case .v1: flags.contains("sse2")
    case .v2: flags.isSuperset(of: ["sse4_2", "popcnt"])
    case .v3: flags.isSuperset(of: ["avx2", "fma", "bmi2"])
    case .v4: flags.isSuperset(of: ["avx2", "fma", "bmi2", "avx512f", "avx512bw", "avx512dq", "avx512vl"])
    }
  }
}
