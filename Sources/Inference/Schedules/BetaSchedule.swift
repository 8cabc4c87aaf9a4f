/// How β, the weight on the KL to the prior, changes over the steps of a run.
public protocol BetaSchedule: Component {
  /// β at a step, from 0.
  func beta(at step: Int) -> Double
  /// How many steps after so many updates it still moves to where it ends, 0 where it has got there; of one that repeats itself,
  /// to where its cycle ends.
  func warmUpLeft(after steps: Int) -> Int
  /// The smallest and the largest β that the schedule takes.
  var range: ClosedRange<Double> { get }
}

extension Registry where Item == any BetaSchedule {
  /// The schedules of β: one line each.
  public static let betaSchedules = Registry(
    kind: .betaSchedule,
    entries: [
      Entry(LinearBeta.self, as: .betaSchedule) { $0 },
      Entry(SigmoidBeta.self, as: .betaSchedule) { $0 },
      Entry(CyclicalBeta.self, as: .betaSchedule) { $0 },
    ])
}

/// β as a run's settings give it: a number or a schedule.
public enum Beta: ComponentChoice {
  case constant(Double)
  case scheduled(any BetaSchedule)

  public static let kind = ComponentKind.betaSchedule
  static let bounds = Bounds.nonNegative

  public init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) {
    if let number = value.asNumber {
      guard Self.bounds.contains(number) else {
        problems.append(
          SettingsProblem(
            path: path, what: "is \(number.shortest)", fix: "use \(Self.bounds.description), or a schedule"))
        return nil
      }
      self = .constant(number)
      return
    }
    let names = Registry.betaSchedules.descriptions.map(\.name)
    let namesSchedule = value.asText.map { nearestName(to: $0, among: names) != nil } ?? false
    guard namesSchedule || value.asMapping != nil else {
      let schedules = value.asText == nil ? "" : ": " + names.joined(separator: ", ")
      problems.append(
        SettingsProblem(
          path: path, what: "is \(value.asText.map { "'\($0)'" } ?? value.kindDescription)",
          fix: "use \(Self.bounds.description), or a schedule\(schedules)"))
      return nil
    }
    guard let made = Registry.betaSchedules.make(value, at: path, problems: &problems) else { return nil }
    self = .scheduled(made)
  }

  public var configValue: ConfigValue {
    switch self {
    case .constant(let value): .number(value)
    case .scheduled(let schedule): schedule.configValue
    }
  }

  public func value(at step: Int) -> Double {
    switch self {
    case .constant(let value): value
    case .scheduled(let schedule): schedule.beta(at: step)
    }
  }

  /// β where it is one number.
  public var constant: Double? {
    if case .constant(let value) = self { value } else { nil }
  }

  /// The steps that its schedule still moves for after so many updates; nil where it is one number.
  public func warmUpLeft(after steps: Int) -> Int? {
    if case .scheduled(let schedule) = self { schedule.warmUpLeft(after: steps) } else { nil }
  }

  /// The smallest β of the run.
  var minimum: Double {
    switch self {
    case .constant(let value): value
    case .scheduled(let schedule): schedule.range.lowerBound
    }
  }
}
