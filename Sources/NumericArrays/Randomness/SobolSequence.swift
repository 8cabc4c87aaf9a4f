/// Points of Sobol's sequence in the unit cube (Sobol 1967), shifted by random digits.
///
/// Every block of 2^m points that begins at a multiple of 2^m has one point in each of the 2^m equal intervals of every axis. A
/// digital shift, the exclusive or of every point with one random point, keeps that (L'Ecuyer & Lemieux 2002, "Recent advances in
/// randomized quasi-Monte Carlo methods", section 2.5), and makes each point uniform. Points have 32 binary digits.
public struct SobolSequence: Sendable {
  /// The greatest number of axes.
  public static let dimensionLimit = initial.count + 1

  /// The direction numbers v_1, …, v_32 of each axis, as the digits of fractions.
  private let directions: [[UInt32]]
  private let shift: [UInt32]

  /// - Parameter seed: draws the shift; nil leaves the points where Sobol has them, the first one at 0.
  public init(dimension: Int, seed: UInt64?) {
    precondition((1...Self.dimensionLimit).contains(dimension), "a dimension that there are no numbers for")
    directions = (0..<dimension).map(Self.directions)
    guard let seed else {
      shift = Array(repeating: 0, count: dimension)
      return
    }
    let uniforms = NoiseStream(seed: seed, purpose: .search).uniforms(count: dimension, step: .max)
    shift = uniforms.map { UInt32($0 * 0x1p32) }
  }

  /// Point `index`, counted from 0, in the order of Gray's code (Antonov & Saleev 1979).
  ///
  /// With a shift every coordinate is the middle of an interval of length 2^-32, so that none is 0 or 1.
  ///
  /// - Precondition: `index` is below 2^32.
  public func point(_ index: Int) -> [Double] {
    precondition((0..<1 << 32).contains(index), "the sequence has 2^32 points")
    let gray = UInt32(index) ^ UInt32(index) >> 1
    let middle = shift.contains { $0 != 0 } ? 0.5 : 0
    return zip(directions, shift).map { directions, shift in
      var digits = shift
      for (bit, direction) in directions.enumerated() where gray >> UInt32(bit) & 1 == 1 {
        digits ^= direction
      }
      return (Double(digits) + middle) * 0x1p-32
    }
  }

  /// By the recurrence of Joe & Kuo (2008), equation 2: v_k = a_1 v_(k-1) ^ … ^ a_(s-1) v_(k-s+1) ^ v_(k-s) ^ v_(k-s) / 2^s.
  private static func directions(axis: Int) -> [UInt32] {
    guard axis > 0 else { return (1...32).map { 1 << UInt32(32 - $0) } }
    let (degree, polynomial, first) = initial[axis - 1]
    var v = first.enumerated().map { $1 << UInt32(31 - $0) }
    for k in degree..<32 {
      var next = v[k - degree] ^ v[k - degree] >> UInt32(degree)
      for i in 1..<degree where polynomial >> UInt32(degree - 1 - i) & 1 == 1 { next ^= v[k - i] }
      v.append(next)
    }
    return v
  }

  /// For axes 2, 3, …: the degree s of a primitive polynomial, its inner coefficients a_1 … a_(s-1) as the digits of a number, and
  /// m_1 … m_s. From S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci.
  /// Comput. 30 (2008) 2635-2654, file new-joe-kuo-6.21201 (https://web.maths.unsw.edu.au/~fkuo/sobol/).
  private static let initial: [(degree: Int, polynomial: UInt32, first: [UInt32])] = [
    (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]),
    (4, 4, [1, 3, 5, 13]), (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]), (5, 7, [1, 1, 7, 11, 19]),
    (5, 11, [1, 1, 5, 1, 1]), (5, 13, [1, 1, 1, 3, 11]), (5, 14, [1, 3, 5, 5, 31]),
    (6, 1, [1, 3, 3, 9, 7, 49]), (6, 13, [1, 1, 1, 15, 21, 21]), (6, 16, [1, 3, 1, 13, 27, 49]),
    (6, 19, [1, 1, 1, 15, 7, 5]), (6, 22, [1, 3, 1, 15, 13, 25]), (6, 25, [1, 1, 5, 5, 19, 61]),
    (7, 1, [1, 3, 7, 11, 23, 15, 103]), (7, 4, [1, 3, 7, 13, 13, 15, 69]),
    (7, 7, [1, 1, 3, 13, 7, 35, 63]), (7, 8, [1, 3, 5, 9, 1, 25, 53]), (7, 14, [1, 3, 1, 13, 9, 35, 107]),
    (7, 19, [1, 3, 1, 5, 27, 61, 31]), (7, 21, [1, 1, 5, 11, 19, 41, 61]),
    (7, 28, [1, 3, 5, 3, 3, 13, 69]), (7, 31, [1, 1, 7, 13, 1, 19, 1]), (7, 32, [1, 3, 7, 5, 13, 19, 59]),
    (7, 37, [1, 1, 3, 9, 25, 29, 41]), (7, 41, [1, 3, 5, 13, 23, 1, 55]),
    (7, 42, [1, 3, 7, 3, 13, 59, 17]), (7, 50, [1, 3, 1, 3, 5, 53, 69]),
    (7, 55, [1, 1, 5, 5, 23, 33, 13]), (7, 56, [1, 1, 7, 7, 1, 61, 123]),
    (7, 59, [1, 1, 7, 9, 13, 61, 49]), (7, 62, [1, 3, 3, 5, 3, 55, 33]),
    (8, 14, [1, 3, 1, 15, 31, 13, 49, 245]), (8, 21, [1, 3, 5, 15, 31, 59, 63, 97]),
    (8, 22, [1, 3, 1, 11, 11, 11, 77, 249]), (8, 38, [1, 3, 1, 11, 27, 43, 71, 9]),
    (8, 47, [1, 1, 7, 15, 21, 11, 81, 45]), (8, 49, [1, 3, 7, 3, 25, 31, 65, 79]),
    (8, 50, [1, 3, 1, 1, 19, 11, 3, 205]), (8, 52, [1, 1, 5, 9, 19, 21, 29, 157]),
    (8, 56, [1, 3, 7, 11, 1, 33, 89, 185]), (8, 67, [1, 3, 3, 3, 15, 9, 79, 71]),
    (8, 70, [1, 3, 7, 11, 15, 39, 119, 27]), (8, 84, [1, 1, 3, 1, 11, 31, 97, 225]),
    (8, 97, [1, 1, 1, 3, 23, 43, 57, 177]),
  ]
}
