import Inference

/// The greatest number of seeds, and of runs, that a sweep may have.
let runLimit = 10_000_000

/// The seeds that `seeds:` asks for: a count, or a list of distinct seeds; nil after adding a finding.
func readSeeds(_ value: Positioned, findings: inout Findings) -> [Int]? {
  let rule = "use a count from 1, or a list of distinct seeds from 0"
  switch value.content {
  case .scalar(.integer(let count)) where (1...runLimit).contains(count):
    return Array(0..<count)
  case .scalar(.integer(let count)):
    findings.add("seeds is \(count); \(rule)", at: value.location)
  case .list(let items) where items.isEmpty:
    findings.add("seeds is an empty list; \(rule)", at: value.location)
  case .list(let items):
    return readSeedList(items, rule: rule, findings: &findings)
  default:
    findings.add("seeds is \(value.value.kindDescription); \(rule)", at: value.location)
  }
  return nil
}

private func readSeedList(_ items: [Positioned], rule: String, findings: inout Findings) -> [Int]? {
  var seeds: [Int] = []
  var known: Set<Int> = []
  for item in items {
    guard case .scalar(.integer(let seed)) = item.content, seed >= 0 else {
      findings.add("a seed is \(spelled(item.value)); \(rule)", at: item.location)
      return nil
    }
    guard known.insert(seed).inserted else {
      findings.add("seed \(seed) appears twice; \(rule)", at: item.location)
      return nil
    }
    seeds.append(seed)
  }
  return seeds
}

/// A value as an error names it: numbers and text as written, the rest by kind.
func spelled(_ value: ConfigValue) -> String {
  switch value {
  case .integer(let number): String(number)
  case .number(let number): number.isFinite ? number.shortest : String(number)
  case .text(let text): text
  case .boolean(let flag): String(flag)
  case .mapping(let mapping) where mapping.entries.count == 1: mapping.entries[0].key
  case .null, .list, .mapping: value.kindDescription
  }
}
