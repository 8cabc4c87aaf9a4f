import Foundation

/// A Stan program compiled as a shared library with BridgeStan's C interface, version 2 (Roualdes et al. 2023,
/// doi:10.21105/joss.05236; `src/bridgestan.h`). It stays loaded until the process ends: Stan's libraries hold threads' state.
struct BridgeStanLibrary: Sendable {
  typealias Message = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  typealias Construct = @convention(c) (UnsafePointer<CChar>, UInt32, Message) -> OpaquePointer?
  typealias Destruct = @convention(c) (OpaquePointer) -> Void
  typealias Names = @convention(c) (OpaquePointer, Bool, Bool) -> UnsafePointer<CChar>?
  typealias Text = @convention(c) (OpaquePointer) -> UnsafePointer<CChar>?
  typealias UnconstrainedCount = @convention(c) (OpaquePointer) -> Int32
  typealias Constrain =
    @convention(c) (
      OpaquePointer, Bool, Bool, UnsafePointer<Double>, UnsafeMutablePointer<Double>, OpaquePointer?, Message
    ) -> Int32
  typealias Gradient =
    @convention(c) (
      OpaquePointer, Bool, Bool, UnsafePointer<Double>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>, Message
    ) -> Int32

  let construct: Construct
  let destruct: Destruct
  let names: Names
  let unconstrainedNames: Text
  let information: Text
  let unconstrainedCount: UnconstrainedCount
  let constrain: Constrain
  let gradient: Gradient
  private let free: @convention(c) (UnsafeMutablePointer<CChar>?) -> Void

  /// Loads a library.
  ///
  /// - Parameters:
  ///   - name: what to call it in messages.
  ///   - path: its absolute path.
  init(_ name: String, at path: String) throws(SettingsProblem) {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      let reason = dlerror().map { String(cString: $0) } ?? "for no stated reason"
      throw SettingsProblem(
        path: [], what: "cannot load '\(name)': \(reason)",
        fix: "make it again on this machine: make -C BRIDGESTAN_FOLDER PROGRAM_model.so")
    }
    try Self.checkVersion(name, handle)
    construct = try Self.symbol("bs_model_construct", name, handle)
    destruct = try Self.symbol("bs_model_destruct", name, handle)
    names = try Self.symbol("bs_param_names", name, handle)
    unconstrainedNames = try Self.symbol("bs_param_unc_names", name, handle)
    information = try Self.symbol("bs_model_info", name, handle)
    unconstrainedCount = try Self.symbol("bs_param_unc_num", name, handle)
    constrain = try Self.symbol("bs_param_constrain", name, handle)
    gradient = try Self.symbol("bs_log_density_gradient", name, handle)
    free = try Self.symbol("bs_free_error_msg", name, handle)
  }

  private static func checkVersion(_ name: String, _ handle: UnsafeMutableRawPointer) throws(SettingsProblem)
  {
    guard let major = dlsym(handle, "bs_major_version")?.load(as: Int32.self) else {
      throw SettingsProblem(
        path: [], what: "'\(name)' is no BridgeStan library: it has no bs_major_version",
        fix: "make it with BridgeStan 2")
    }
    guard major >= 2 else {
      throw SettingsProblem(
        path: [], what: "'\(name)' was made with BridgeStan \(major), and version 2 is needed",
        fix: "make it again with BridgeStan 2")
    }
  }

  private static func symbol<Function>(
    _ symbol: String, _ name: String, _ handle: UnsafeMutableRawPointer
  ) throws(SettingsProblem) -> Function {
    guard let address = dlsym(handle, symbol) else {
      throw SettingsProblem(
        path: [], what: "'\(name)' has no function \(symbol)", fix: "make it with BridgeStan 2")
    }
    return unsafeBitCast(address, to: Function.self)
  }

  /// What `call` says went wrong, on one line; nil where it returns 0.
  func failure(_ call: (Message) -> Int32) -> String? {
    var message: UnsafeMutablePointer<CChar>?
    let code = call(&message)
    defer { free(message) }
    if code == 0 { return nil }
    let text = message.map { String(cString: $0) } ?? ""
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    return lines.isEmpty ? "it failed with \(code) and no message" : lines.joined(separator: " ")
  }
}
