/// Headers for dotted keys.
enum KeyTitle {
  /// The last part of a dotted key, where that is enough to tell it from the others.
  static func short(_ key: String, among keys: [String]) -> String {
    func last(_ key: String) -> Substring { key.split(separator: ".").last ?? Substring(key) }
    return keys.count { last($0) == last(key) } > 1 ? key : String(last(key))
  }
}
