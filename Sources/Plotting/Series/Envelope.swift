import Foundation

/// Where the runs of a group are at one place of the x axis, or over a bin of places.
struct EnvelopePoint: Hashable {
  var x: Double
  /// nil where no run has a finite value.
  var band: Band?

  /// The lowest and highest value of any run, and the median and the quartiles over runs.
  struct Band: Hashable {
    var low: Double
    var lowerQuartile: Double
    var middle: Double
    var upperQuartile: Double
    var high: Double
  }
}

/// The median, the quartiles and the range over the runs of a group, thinned to at most `bins` points.
///
/// Thinning never samples: the band of a bin reaches from the lowest to the highest value of any run at any of
/// its steps, so a spike of one step in a million still shows; median and quartiles are the medians of the steps' ones.
///
/// - Parameter holdsEnds: whether a run that ended before others stays at its last value: it has converged.
func envelope(_ runs: [StepSeries], scale: AxisScale, holdsEnds: Bool = false, bins: Int = 1000)
  -> [EnvelopePoint]
{
  if let first = runs.first, runs.contains(where: { $0.unitsPerStep != first.unitsPerStep }) {
    return gridded(runs, scale: scale, bins: bins)
  }
  let points = merged(runs, holdsEnds: holdsEnds)
  guard points.count > bins, let first = points.first, let last = points.last else { return points }
  let start = scale.position(first.x)
  let width = (scale.position(last.x) - start) / Double(bins)
  var thinned: [EnvelopePoint] = []
  var rest = points[...]
  while let next = rest.first {
    let bin = floor((scale.position(next.x) - start) / width)
    let members = rest.prefix {
      $0.x == next.x || floor((scale.position($0.x) - start) / width) == bin
    }
    rest = rest.dropFirst(members.count)
    thinned.append(
      EnvelopePoint(
        x: members[(members.startIndex + members.endIndex) / 2].x, band: over(members.compactMap(\.band))))
  }
  return thinned
}

/// One point per step that any run has. What a step counts is the same in all of them.
private func merged(_ runs: [StepSeries], holdsEnds: Bool) -> [EnvelopePoint] {
  var positions = runs.map { _ in 0 }
  var points: [EnvelopePoint] = []
  var bands: [EnvelopePoint.Band] = []
  while true {
    var step = Int.max
    for (index, run) in runs.enumerated() where positions[index] < run.steps.count {
      step = min(step, run.steps[positions[index]])
    }
    guard step < Int.max else { return points }
    bands.removeAll(keepingCapacity: true)
    for (index, run) in runs.enumerated() {
      guard positions[index] < run.steps.count else {
        if holdsEnds, let last = run.band(at: run.steps.count - 1) { bands.append(last) }
        continue
      }
      guard run.steps[positions[index]] == step else { continue }
      if let band = run.band(at: positions[index]) { bands.append(band) }
      positions[index] += 1
    }
    points.append(EnvelopePoint(x: Double(step) * (runs.first?.unitsPerStep ?? 1), band: across(bands)))
  }
}

/// Runs whose places on the axis do not coincide, over bins of equal width. A run without a value in a bin is where it
/// was before, until it ends.
private func gridded(_ runs: [StepSeries], scale: AxisScale, bins: Int) -> [EnvelopePoint] {
  let runs = runs.filter { !$0.isEmpty }
  guard let start = runs.map({ scale.position($0.position(at: 0)) }).min(),
    let end = runs.map({ scale.position($0.position(at: $0.steps.count - 1)) }).max()
  else { return [] }
  // No finer than what the longest run has: then most bins have a value of each run.
  let count = max(min(bins, (runs.map(\.steps.count).max() ?? 1) / 2), 1)
  let width = (end - start) / Double(count)
  func bin(_ position: Double) -> Int {
    width > 0 ? min(Int((scale.position(position) - start) / width), count - 1) : 0
  }
  var members = [[EnvelopePoint.Band]](repeating: [], count: count)
  for run in runs {
    var own = [[EnvelopePoint.Band]](repeating: [], count: count)
    let bins = run.steps.indices.map { bin(run.position(at: $0)) }
    for (index, bin) in bins.enumerated() {
      if let band = run.band(at: index) { own[bin].append(band) }
    }
    var held: EnvelopePoint.Band?
    for place in bins[0]...bins[bins.count - 1] {
      if let band = over(own[place]) ?? held { members[place].append(band) }
      held = own[place].last?.atMiddle ?? held
    }
  }
  return members.enumerated().map { place, bands in
    EnvelopePoint(x: scale.value(at: start + (Double(place) + 0.5) * width), band: across(bands))
  }
}

extension EnvelopePoint.Band {
  /// Its middle alone.
  fileprivate var atMiddle: EnvelopePoint.Band {
    EnvelopePoint.Band(
      low: middle, lowerQuartile: middle, middle: middle, upperQuartile: middle, high: middle)
  }
}

/// The band of several runs at one place.
private func across(_ runs: [EnvelopePoint.Band]) -> EnvelopePoint.Band? {
  guard runs.count > 1 else { return runs.first }
  let middles = runs.map(\.middle).sorted()
  return EnvelopePoint.Band(
    low: runs.reduce(.infinity) { min($0, $1.low) }, lowerQuartile: quantile(sorted: middles, 0.25),
    middle: quantile(sorted: middles, 0.5), upperQuartile: quantile(sorted: middles, 0.75),
    high: runs.reduce(-.infinity) { max($0, $1.high) })
}

/// The band of several places of the same runs.
private func over(_ places: [EnvelopePoint.Band]) -> EnvelopePoint.Band? {
  guard places.count > 1 else { return places.first }
  func median(_ values: [Double]) -> Double { quantile(sorted: values.sorted(), 0.5) }
  return EnvelopePoint.Band(
    low: places.reduce(.infinity) { min($0, $1.low) }, lowerQuartile: median(places.map(\.lowerQuartile)),
    middle: median(places.map(\.middle)), upperQuartile: median(places.map(\.upperQuartile)),
    high: places.reduce(-.infinity) { max($0, $1.high) })
}
