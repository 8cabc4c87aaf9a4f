import Inference

extension SettingsProblem {
  /// Where the problem stands among the entries that a cell was assembled from.
  ///
  /// An unknown key and a missing option are reported at the key, everything else at the value; what was
  /// nowhere written, at the nearest enclosing key.
  func location(in entries: [Positioned.Entry], of root: Location) -> Location {
    var keyLocation = root
    var node: Positioned?
    var level: [Positioned.Entry]? = entries
    for (depth, key) in path.enumerated() {
      if let entry = level?.first(where: { $0.key == key }) {
        keyLocation = entry.keyLocation
        node = entry.value
      } else if let items = node?.items, let index = Int(key), items.indices.contains(index) {
        keyLocation = items[index].location
        node = items[index]
      } else if let text = node?.text, text == key {
        // A component written as its plain name: the options it is asked for would stand here.
        return node?.location ?? keyLocation
      } else {
        return depth == 0 ? root : keyLocation
      }
      level = node?.entries
    }
    guard let node else { return root }
    // A component written as its plain name has no key: what it lacks is reported at the name.
    if isAboutMissing { return node.text == nil ? keyLocation : node.location }
    return isAboutLastKey ? keyLocation : node.location
  }

  private var isAboutMissing: Bool { what.hasSuffix(" is missing") }

  /// Whether the last name of the path is itself what is wrong.
  private var isAboutLastKey: Bool {
    path.last.map { what.hasPrefix("unknown ") && what.hasSuffix(" '\($0)'") } ?? false
  }
}
