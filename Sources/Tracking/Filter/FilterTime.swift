internal import Foundation

/// A moment in a filter, in UTC: `2026-11-22`, `2026-11-22T15:04` or `2026-11-22T15:04:05Z`.
enum FilterTime {
  static let expected = "a time in UTC, such as 2026-11-22 or 2026-11-22T15:04:05Z"

  /// Seconds since 1970; nil of what is no moment.
  static func seconds(_ text: String) -> Double? {
    let pattern = /([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?Z?)?/
    guard let match = text.wholeMatch(of: pattern) else { return nil }
    func number(_ part: Substring?) -> Int { part.flatMap { Int($0) } ?? 0 }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = DateComponents(
      year: number(match.1), month: number(match.2), day: number(match.3), hour: number(match.4),
      minute: number(match.5), second: number(match.6))
    guard let date = calendar.date(from: parts) else { return nil }
    // Thirteenth months and the like become another day.
    let fields: Set<Calendar.Component> = [.year, .month, .day, .hour, .minute, .second]
    return calendar.dateComponents(fields, from: date) == parts ? date.timeIntervalSince1970 : nil
  }
}
