import Comparison

/// One run per value, seeds from 0, of a group with one key.
func runs(of family: String, _ values: [Double?], standardError: Double? = nil) -> [Observation] {
  values.enumerated().map { seed, value in
    Observation(
      group: GroupKey([Label(key: "family", text: family)]), seed: seed, value: value,
      standardError: standardError)
  }
}
