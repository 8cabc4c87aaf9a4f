/// Whether cost grows linearly with a size: seconds at 1×, 10× and 100×, without what size zero takes.
package struct Growth: Sendable {
  package var title: String
  /// The first size; the others are 10 and 100 times as large.
  package var size: Int
  /// Seconds of the wall clock for a size, less those of a run that does not have this cost.
  package var seconds: @Sendable (Workbench, Int) throws -> Double

  package init(title: String, size: Int, seconds: @escaping @Sendable (Workbench, Int) throws -> Double) {
    self.title = title
    self.size = size
    self.seconds = seconds
  }

  /// Linear growth with a fifth more for caches that no longer hold the data.
  package static let limit = 12.0

  package static let all: [Growth] = [
    Growth(title: "steps of eight schools, one run", size: 20_000) { bench, steps in
      let call = Workbench.Call("eight-schools", jobs: 1)
      return try bench.more(call.with("steps=\(steps)"), than: call.with("steps=0"))
    },
    Growth(title: "samples of a step of eight schools, 20,000 steps", size: 1) { bench, samples in
      let call = Workbench.Call("eight-schools", ["samples=\(samples)"], jobs: 1)
      return try bench.more(call.with("steps=20000"), than: call.with("steps=0"))
    },
    Growth(title: "rows of a logistic regression, full batch, 500 steps", size: 1_000) { bench, rows in
      let file = "model.logistic-regression.data=logistic-\(rows).csv"
      let call = Workbench.Call("logistic", [file], jobs: 1)
      return try bench.more(call.with("steps=500"), than: call.with("steps=0"))
    },
    Growth(title: "runs of eight schools, 1,000 steps", size: 10) { bench, runs in
      let call = Workbench.Call("eight-schools")
      return try bench.more(call.with("seeds=\(runs)", "steps=1000"), than: call.with("steps=0"))
    },
  ]
}

extension Workbench {
  fileprivate func more(_ call: Call, than base: Call) throws -> Double {
    try run(call).seconds - run(base).seconds
  }
}
