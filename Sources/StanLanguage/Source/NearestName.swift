/// The valid name nearest to another, where one is near enough to be meant: within a third of its letters.
///
/// Edits are letters put in, taken out or changed, and neighbours that changed places (Damerau 1964, restricted). Of names
/// as near the one with the same first letter.
func nearestName(to name: String, among valid: some Sequence<String>) -> String? {
  let letters = Array(name.utf8.prefix(64))
  let limit = max(1, letters.count / 3)
  var nearest: (name: String, rank: Int)?
  for candidate in valid where abs(candidate.utf8.count - letters.count) <= limit {
    let distance = editDistance(letters, Array(candidate.utf8))
    guard distance <= limit else { continue }
    let rank = 2 * distance + (candidate.utf8.first == letters.first ? 0 : 1)
    if rank < nearest?.rank ?? .max { nearest = (candidate, rank) }
  }
  return nearest?.name
}

private func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for i in first.indices {
    var row = [i + 1]
    for j in second.indices {
      var distance = min(last[j + 1] + 1, row[j] + 1, last[j] + (first[i] == second[j] ? 0 : 1))
      if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
        distance = min(distance, beforeLast[j - 1] + 1)
      }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[second.count]
}
