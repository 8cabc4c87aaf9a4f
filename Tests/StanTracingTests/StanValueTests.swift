import Foundation
import StanLanguage
import StanTracing
import Testing

/// Programs of our own, which cover the language, against values by Stan.
@Suite struct StanValueTests {
  /// Programs with special functions that Stan computes less exactly than to 1e-10. Where they differ by more than 1e-9, our values
  /// of `cumulative_real_line` and `cumulative_tails` are those of arithmetic with 50 digits, to 14 of them.
  static let looser: [String: Double] = [
    // The slopes of normal_lcdf, by rational approximations to some seven digits (normal_lcdf.hpp).
    "censoring": 1e-6, "cumulative_real_line": 1e-6, "densities_categories": 1e-5,
    // exp_mod_normal_lcdf: a difference of exponentials, without logs, which loses its digits in the tails.
    "cumulative_tails": 1e-3,
    // The slopes of incomplete gamma functions in their shapes, by a series that ends at 1e-6 (grad_reg_inc_gamma.hpp).
    "cumulative_positive": 1e-6, "pairwise_functions": 1e-6, "truncation": 1e-6,
    // The quantile of the normal, by rational approximations.
    "elementwise_functions": 1e-9,
  ]

  /// Relative to the largest of the log density, the gradient and 1.
  private static func tolerance(_ name: String) -> Double { looser[name] ?? 1e-10 }

  @Test("log density and gradient are Stan's", arguments: ReferenceProgram.names)
  func valuesAgree(_ name: String) throws {
    let reference = try ReferenceProgram(name)
    #expect(reference.program.dimension == reference.values.dimension)
    let density = TracedDensity(reference.program)
    for (number, point) in reference.values.points.enumerated() {
      let difference = point.difference(from: density)
      #expect(
        difference < Self.tolerance(name), "point \(number): \(point.described(beside: density))")
    }
  }

  @Test(
    "constrained and transformed parameters have Stan's names and values", arguments: ReferenceProgram.names)
  func constrainedParametersAgree(_ name: String) throws {
    let reference = try ReferenceProgram(name)
    #expect(reference.program.names == reference.values.names)
    let constrained = ConstrainedParameters(reference.program)
    for point in reference.values.points {
      let own = constrained(point.x)
      #expect(own.count == point.constrained?.count)
      for (name, (a, b)) in zip(reference.values.names, zip(own, point.constrained ?? [])) {
        #expect(abs(a - b) <= 1e-10 * max(1, abs(b)) || (a.isNaN && b.isNaN), "\(name)")
      }
    }
  }

  @Test("draws that differ have each their own density", arguments: ReferenceProgram.names)
  func drawsAgree(_ name: String) throws {
    let reference = try ReferenceProgram(name)
    let points = Array(reference.values.points.prefix(3))
    let density = TracedDensity(reference.program, draws: points.count)
    let own = density(points.map(\.x))
    // The means over the draws of what agrees at each of them.
    let value = points.reduce(0) { $0 + ($1.logDensity ?? .nan) } / Double(points.count)
    let gradients = points.compactMap(\.gradient)
    let scale = max(1, points.reduce(0) { max($0, $1.scale) })
    let tolerance = Self.tolerance(name) * scale
    #expect(abs(own.value - value) < tolerance)
    for index in own.gradient.indices {
      let mean = gradients.reduce(0) { $0 + $1[index] } / Double(points.count)
      #expect(abs(own.gradient[index] - mean) < tolerance, "element \(index)")
    }
  }
}
