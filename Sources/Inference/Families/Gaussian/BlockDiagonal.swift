import Foundation
import NumericArrays
public import ReverseTape

/// A Gaussian of any covariance within groups of latents, the groups independent.
///
/// φ is location `[D]`, log scale `[D]`, then the strict lower triangle of each block's unit triangle, row by row, block after
/// block (`FullRank` within each).
public struct BlockDiagonal: Family {
  public static let name = "block-diagonal"
  public static let summary =
    "a Gaussian whose latents vary together within groups, independently between them"
  /// The names of the latents of each block; nil: each latent variable is one.
  public var blocks: [[String]]?
  public static var options: [Option<Self>] {
    [
      .textLists(
        "blocks", \.blocks,
        "lists of the latents that vary together; a latent in no list is a block of its own; null: each is")
    ]
  }

  public init() {}

  public var sticksToTheLanding: Bool { true }

  public func parameterCount(for model: any Model) -> Int {
    2 * model.dimension + places(in: model).reduce(0) { $0 + Self.triangleCount($1.count) }
  }

  public func noiseCount(for model: any Model) -> Int { model.dimension }
  public func coefficientsPerLatent(for model: any Model) -> Int? { places(in: model).map(\.count).max() }

  private static func triangleCount(_ size: Int) -> Int { size * (size - 1) / 2 }

  /// Where each block's elements are in z, ascending within a block.
  func places(in model: any Model) -> [[Int]] {
    var start = 0
    var ranges: [(name: String, range: Range<Int>)] = []
    for latent in model.latents {
      ranges.append((latent.name, start..<start + latent.count))
      start += latent.count
    }
    let lists = blocks ?? []
    let named = Set(lists.flatMap(\.self))
    let grouped = lists.map { names in ranges.filter { names.contains($0.name) }.flatMap { Array($0.range) } }
    let alone = ranges.filter { !named.contains($0.name) }.map { Array($0.range) }
    return (grouped + alone).filter { !$0.isEmpty }
  }

  public func obstacle(with model: any Model) -> SettingsProblem? {
    let valid = model.latents.map(\.name)
    var known: Set<String> = []
    for (block, names) in (blocks ?? []).enumerated() {
      for (index, name) in names.enumerated() {
        let path = ["family", Self.name, "blocks", String(block), String(index)]
        if !valid.contains(name) {
          return .unknownName(name, kind: "latent of '\(model.modelName)'", valid: valid, at: path)
        }
        if !known.insert(name).inserted {
          return SettingsProblem(
            path: path, what: "'\(name)' is in two places", fix: "name each latent in one block")
        }
      }
    }
    return nil
  }

  /// The member with the smallest KL[q ‖ Gaussian]: each block's precision is that part of the Gaussian's.
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    var scales = start.precisionDiagonal.map { $0.squareRoot() }.map { 1 / $0 }
    var triangles: [Double] = []
    for places in places(in: model) {
      guard let factor = start.conditionalFactor(of: places) else {
        triangles += [Double](repeating: 0, count: Self.triangleCount(places.count))
        continue
      }
      for (row, place) in places.enumerated() {
        scales[place] = factor[row, row]
        triangles += (0..<row).map { factor[row, $0] / factor[row, row] }
      }
    }
    return start.mean + scales.map { Foundation.log($0) } + triangles
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("block-diagonal needs parameters and noise") }
    let dimension = model.dimension
    let location = parameters[0..<dimension]
    let logScale = parameters[dimension..<2 * dimension]
    let scale = logScale.exp()
    let logScaleSum = logScale.sum()
    var start = 2 * dimension
    let blocks = places(in: model).map { places in
      let count = Self.triangleCount(places.count)
      defer { start += count }
      return CovarianceBlock(
        places: places,
        factor: LowerFactor(
          scale: scale.part(places), triangle: count > 0 ? parameters[start..<start + count] : nil))
    }
    return Variational(
      draw: location + blocks.joined { $0.factor.times(noise.part($0.places)) },
      logDensity: noise.standardNormalLogDensity() - logScaleSum,
      gaussian: GaussianMoments(
        mean: location, variance: blocks.joined { $0.factor.squaredRows }, logDeterminant: 2 * logScaleSum,
        covariance: .blocks(blocks)))
  }
}

extension [CovarianceBlock] {
  /// A value of each block's elements as one vector `[D]` in the order of z.
  fileprivate func joined(_ value: (CovarianceBlock) -> Traced) -> Traced {
    let places = flatMap(\.places)
    let joined = Traced.concatenated(map(value))
    if places == [Int](places.indices) { return joined }
    var order = [Int](repeating: 0, count: places.count)
    for (position, place) in places.enumerated() { order[place] = position }
    return joined.gathered(order)
  }
}
