import FileFormats
import Foundation

/// A line of what a program reports: `{"step": 100, "elbo": -31.5, "accuracy": 0.9}`, or at its end
/// `{"final": {"elbo": -31.49, "elbo_se": 0.01}}`.
enum MetricLine: Equatable {
  struct Value: Equatable {
    var name: String
    var value: Double
  }

  case step(Int, [Value])
  case final([Value])

  /// Reads a line of JSON. NaN, Infinity and -Infinity are numbers, also in quotes; null is a value that is not there.
  init(_ bytes: [UInt8]) throws(MetricProblem) {
    var scanner = JSONScanner(bytes[...])
    do throws(JSONProblem) {
      let (values, final) = try Self.values(&scanner, isInner: false)
      guard scanner.peek() == nil else { throw scanner.broken("something stands after the object") }
      if let final {
        guard values.isEmpty else {
          throw scanner.broken("'final' stands beside other keys; give it a line of its own")
        }
        self = .final(final)
        return
      }
      guard let step = values.first(where: { $0.name == "step" }) else {
        throw scanner.broken("'step' is missing")
      }
      guard let number = Int(exactly: step.value), (0...1 << 53).contains(number) else {
        throw scanner.broken("'step' is \(step.value); use a whole number from 0")
      }
      self = .step(number, values.filter { $0.name != "step" })
    } catch {
      throw MetricProblem(what: error.what)
    }
  }

  /// Reads an object of numbers.
  private static func values(
    _ scanner: inout JSONScanner, isInner: Bool
  ) throws(JSONProblem) -> (values: [Value], final: [Value]?) {
    guard scanner.take("{") else { throw scanner.broken("it is not a JSON object") }
    var values: [Value] = []
    var names: Set<String> = []
    var final: [Value]?
    if scanner.take("}") { return ([], nil) }
    repeat {
      let name = try scanner.string()
      guard !name.isEmpty, names.insert(name).inserted else {
        throw scanner.broken(name.isEmpty ? "a metric has no name" : "'\(name)' appears twice")
      }
      guard scanner.take(":") else { throw scanner.broken("'\(name)' lacks its ':'") }
      if name == "final", !isInner, scanner.peek() == UInt8(ascii: "{") {
        final = try self.values(&scanner, isInner: true).values
      } else if let value = try number(of: name, &scanner) {
        values.append(Value(name: name, value: value))
      }
    } while scanner.take(",")
    guard scanner.take("}") else { throw scanner.broken("the object lacks ',' or '}'") }
    return (values, final)
  }

  /// The number that comes next; nil for null.
  private static func number(of name: String, _ scanner: inout JSONScanner) throws(JSONProblem) -> Double? {
    let word = scanner.peek() == UInt8(ascii: "\"") ? try scanner.string() : try scanner.looseWord()
    switch word {
    case "NaN", "nan": return .nan
    case "Infinity", "inf": return .infinity
    case "-Infinity", "-inf": return -.infinity
    case "null": return nil
    default:
      guard let value = Double(word), value.isFinite else {
        throw scanner.broken("'\(name)' is not a number")
      }
      return value
    }
  }
}

/// Why a line of metrics cannot be read.
struct MetricProblem: Error, Equatable {
  var what: String
}
