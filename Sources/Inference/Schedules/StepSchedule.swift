/// How the learning rate changes over a run.
public protocol StepSchedule: Component {
  /// The factor on the learning rate at update `update` (from 0) of `total`.
  func factor(at update: Int, of total: Int) -> Double
}

extension Registry where Item == any StepSchedule {
  /// The schedules of the learning rate: one line each.
  public static let schedules = Registry(
    kind: .schedule,
    entries: [
      Entry(ConstantRate.self, as: .schedule) { $0 },
      Entry(ExponentialDecay.self, as: .schedule) { $0 },
      Entry(CosineDecay.self, as: .schedule) { $0 },
      Entry(InverseSquareRoot.self, as: .schedule) { $0 },
    ])
}

/// The schedule chosen in an optimizer's options.
public struct ScheduleChoice: ComponentChoice {
  public static let kind = ComponentKind.schedule
  public var schedule: any StepSchedule = ConstantRate()

  public init() {}

  public init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) {
    guard let made = Registry.schedules.make(value, at: path, problems: &problems) else { return nil }
    schedule = made
  }

  public var configValue: ConfigValue { schedule.configValue }
}
