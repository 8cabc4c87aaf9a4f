/// The known name that a mistyped one most likely stands for; nil where none is near.
///
/// Nearest by edits, where two neighbours that changed places are one (Damerau 1964), at most a third of the letters;
/// ties go to the first in the alphabet.
public func nearestName(to name: String, among known: some Collection<String>) -> String? {
  known.map { (distance: editDistance(name, $0), name: $0) }
    .filter { $0.distance <= max(1, name.count / 3) }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
    .name
}

private func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a)
  let b = Array(b)
  // The last two rows of the table of distances between beginnings.
  var before: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var edits = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { edits = min(edits, before[j - 1] + 1) }
      row.append(edits)
    }
    before = last
    last = row
  }
  return last[b.count]
}
