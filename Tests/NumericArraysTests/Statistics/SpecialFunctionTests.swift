import NumericArrays
import Testing

@Suite("Special functions of one number")
struct SpecialFunctionTests {
  private static let functions: [String: @Sendable ([Double]) -> Double] = [
    "erf": { SpecialFunctions.erf($0[0]) }, "erfc": { SpecialFunctions.erfc($0[0]) },
    "normalCDF": { SpecialFunctions.normalCDF($0[0]) },
    "logNormalCDF": { SpecialFunctions.logNormalCDF($0[0]) },
    "normalQuantile": { SpecialFunctions.normalQuantile($0[0]) },
    "regularizedGammaP": { SpecialFunctions.regularizedGammaP($0[0], $0[1]) },
    "regularizedGammaQ": { SpecialFunctions.regularizedGammaQ($0[0], $0[1]) },
    "regularizedBeta": { SpecialFunctions.regularizedBeta($0[0], $0[1], $0[2]) },
    "logChoose": { SpecialFunctions.logChoose($0[0], $0[1]) },
  ]

  @Test("values agree with mpmath to 1e-13")
  func values() throws {
    var missing = Set(Self.functions.keys)
    for line in specialFunctionReference.split(separator: "\n") {
      let words = line.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Double($0) }
      let (name, wanted) = (String(words[0]), numbers[numbers.count - 1])
      let function = try #require(Self.functions[name])
      let found = function(Array(numbers.dropLast()))
      // A logarithm of 700 in an exponent is off by 1e-13.
      #expect(abs(found - wanted) <= 1e-13 * abs(wanted), "\(line): \(found)")
      missing.remove(name)
    }
    #expect(missing.isEmpty)
  }
}
