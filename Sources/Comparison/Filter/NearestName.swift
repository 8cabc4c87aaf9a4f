/// The known name that a mistyped one most likely stands for; nil where none is near.
///
/// Nearest by edits (Levenshtein 1966), at most a third of the letters; ties go to the first in the alphabet.
public func nearestName(to name: String, among known: some Collection<String>) -> String? {
  known.map { (distance: editDistance(name, $0), name: $0) }
    .filter { $0.distance <= max(1, name.count / 3) }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
    .name
}

private func editDistance(_ a: String, _ b: String) -> Int {
  let target = Array(b)
  var row = Array(0...target.count)
  for (i, character) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in target.enumerated() {
      let substitution = diagonal + (character == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substitution, diagonal + 1, row[j] + 1)
    }
  }
  return row[target.count]
}
