import Foundation

/// Where the runs of a group are at one step, or over a bin of steps.
struct EnvelopePoint: Hashable {
  var step: Double
  /// The lowest and highest value of any run, and the median over runs; nil where no run has a finite value.
  var band: Band?

  struct Band: Hashable {
    var low: Double
    var middle: Double
    var high: Double
  }
}

/// The median and the range over the runs of a group, thinned to at most `bins` points.
///
/// Thinning never samples: the band of a bin reaches from the lowest to the highest value of any run at any of
/// its steps, so a spike of one step in a million still shows; the line is the median of the steps' medians.
///
/// - Parameter holdsEnds: whether a run that ended before others stays at its last value: it has converged.
func envelope(_ runs: [StepSeries], scale: AxisScale, holdsEnds: Bool = false, bins: Int = 1000)
  -> [EnvelopePoint]
{
  let points = merged(runs, holdsEnds: holdsEnds)
  guard points.count > bins, let first = points.first, let last = points.last else { return points }
  let start = scale.position(first.step)
  let width = (scale.position(last.step) - start) / Double(bins)
  var thinned: [EnvelopePoint] = []
  var rest = points[...]
  while let next = rest.first {
    let bin = floor((scale.position(next.step) - start) / width)
    let members = rest.prefix {
      $0.step == next.step || floor((scale.position($0.step) - start) / width) == bin
    }
    rest = rest.dropFirst(members.count)
    let bands = members.compactMap(\.band)
    thinned.append(
      EnvelopePoint(step: members[(members.startIndex + members.endIndex) / 2].step, band: union(bands)))
  }
  return thinned
}

/// One point per step that any run has.
private func merged(_ runs: [StepSeries], holdsEnds: Bool) -> [EnvelopePoint] {
  var positions = runs.map { _ in 0 }
  var points: [EnvelopePoint] = []
  while true {
    let steps = runs.indices.compactMap {
      positions[$0] < runs[$0].steps.count ? runs[$0].steps[positions[$0]] : nil
    }
    guard let step = steps.min() else { return points }
    var bands: [EnvelopePoint.Band] = []
    for (index, run) in runs.enumerated() {
      guard positions[index] < run.steps.count else {
        if holdsEnds, let last = run.band(at: run.steps.count - 1) { bands.append(last) }
        continue
      }
      guard run.steps[positions[index]] == step else { continue }
      if let band = run.band(at: positions[index]) { bands.append(band) }
      positions[index] += 1
    }
    points.append(EnvelopePoint(step: Double(step), band: union(bands)))
  }
}

/// The range that holds all bands, with the median of their middles.
private func union(_ bands: [EnvelopePoint.Band]) -> EnvelopePoint.Band? {
  let middles = bands.map(\.middle).sorted()
  guard let low = bands.map(\.low).min(), let high = bands.map(\.high).max() else { return nil }
  let middle = (middles[(middles.count - 1) / 2] + middles[middles.count / 2]) / 2
  return EnvelopePoint.Band(low: low, middle: middle, high: high)
}
