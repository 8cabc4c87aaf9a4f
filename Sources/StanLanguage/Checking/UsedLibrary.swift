/// The signatures that a program has used so far.
final class UsedLibrary {
  private var known: [String: [Signature]] = [:]

  func signatures(of name: String) -> [Signature] {
    if let signatures = known[name] { return signatures }
    let signatures = Library.signatures(of: name)
    known[name] = signatures
    return signatures
  }

  /// What a function returns for arguments of those types: by the signature that makes the fewest integers real.
  func result(of function: String, _ arguments: [StanType]) -> StanType? {
    signatures(of: function).compactMap { $0.match(arguments) }
      .min { $0.promotions < $1.promotions }?.result
  }
}
