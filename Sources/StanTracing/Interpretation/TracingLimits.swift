import StanLanguage

/// How much a trace may take, so that every program ends: what a program needs is known only by running it.
package struct TracingLimits: Sendable {
  /// The statements that it may execute.
  package var statements = 50_000_000
  /// The elements that all its operations together may have.
  package var elements = 2_000_000_000
  /// The elements that one value may have.
  package var elementsOfValue = 100_000_000
  /// How deep functions may call each other, and expressions and statements within them may be nested.
  package var calls = 500
  package var nesting = 6_000

  package init() {}
}

extension Tracer {
  /// Counts elements that are about to be computed: the product of sizes.
  func charge(_ sizes: Int..., at range: SourceRange) throws(StanDiagnostic) {
    var count = 1
    var isTooMany = false
    for size in sizes {
      let (product, overflow) = count.multipliedReportingOverflow(by: max(size, 0))
      count = product
      isTooMany = isTooMany || overflow
    }
    if sizes.contains(where: { $0 <= 0 }) { return }
    guard !isTooMany, count <= limits.elementsOfValue else {
      throw StanDiagnostic(
        at: range,
        what: "a value of \(sizes.map(String.init).joined(separator: " × ")) elements is too large for wb",
        fix: "use at most \(limits.elementsOfValue) elements")
    }
    elements += count
    guard elements <= limits.elements else {
      throw StanDiagnostic(
        at: range, what: "the program computes more than \(limits.elements) elements",
        fix: "use smaller data, or load the program through BridgeStan")
    }
  }

  /// Counts a level of nesting; `leave` it again.
  func enter(_ range: SourceRange) throws(StanDiagnostic) {
    nesting += 1
    guard nesting <= limits.nesting else {
      throw StanDiagnostic(
        at: range, what: "calls and expressions are nested more than \(limits.nesting) levels deep",
        fix: "end the recursion, or write it as a loop")
    }
  }

  func leave() { nesting -= 1 }
}

extension Value {
  /// The number of elements; arrays are rectangular.
  var elementCount: Int {
    switch self {
    case .int, .text: 1
    case .ints(let values, _): values.count
    case .numeric(let x): x.count
    case .array(let values): values.count * (values.first?.elementCount ?? 0)
    case .tuple(let values): values.reduce(0) { $0 + $1.elementCount }
    }
  }
}
