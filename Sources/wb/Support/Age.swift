import ArgumentParser

/// A length of time as one types it: `30d`, `12h`, `90m`, `45s`, `2w`.
struct Age: ExpressibleByArgument, CustomStringConvertible {
  var seconds: Double
  var description: String

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = argument.last.flatMap({ units[$0] }), let number = Double(argument.dropLast()),
      number >= 0,
      number.isFinite
    else { return nil }
    seconds = number * unit
    description = argument
  }

  init(days: Int) {
    seconds = Double(days) * 86_400
    description = "\(days)d"
  }

  var defaultValueDescription: String { description }
}
