import ArgumentParser
import SweepConfig

/// What `wb run` can and workers of a shared folder cannot, and what to do instead: to decide by what has ended what is executed. A worker
/// knows the results of its own runs alone.
struct UnsharedOptions: ParsableArguments {
  @Flag(help: .hidden)
  var untilResolved = false

  @ArgumentParser.Option(help: .hidden)
  var maxSeeds: Int?

  func validate() throws {
    if untilResolved || maxSeeds != nil {
      throw ValidationError(
        "--until-resolved decides by what has ended, of which a worker sees its own runs alone; share the first seeds, "
          + "'wb collect' them, and go on with that store by 'wb run --until-resolved'")
    }
  }

  /// Refuses a sweep whose cells follow from what has ended.
  func check(_ sweep: Sweep, file: String) throws {
    if sweep.halving != nil {
      throw Failure(
        .invalidConfiguration,
        "wb: \(file): a sweep with halving decides by what has ended, of which a worker sees its own runs alone; execute it on one "
          + "machine, by one 'wb run' or several with one store, or take 'halving:' out of 'search:' to share the runs of all cells"
      )
    }
  }
}
