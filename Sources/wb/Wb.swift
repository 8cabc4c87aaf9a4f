import ArgumentParser
import Foundation
import NumericArrays

/// The command `wb`: the only place that prints and exits.
@main
struct Wb: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "wb",
    abstract: "A workbench for variational inference.",
    discussion: """
      One YAML file sweeps variational families, writings of the ELBO and β-weights \
      across models; every run is executed natively and every step recorded in SQLite.

        wb init sweep.yaml       write an example
        wb run sweep.yaml        execute what is missing
        wb compare               which family, by how much, and how sure is that?
        wb report                the same as a page with pictures

      Exit codes: 0 done, 1 failure, 2 usage, 3 invalid configuration, 4 finished \
      but some runs failed or diverged, 5 worse (wb gate), 6 not comparable, 7 store \
      error, 75 interrupted and resumable.
      """,
    version: version,
    subcommands: [
      Initialize.self, Check.self, PlanCommand.self, RunCommand.self, WorkerCommand.self, SubmitCommand.self,
      CancelCommand.self, CollectCommand.self, StatusCommand.self, Watch.self, List.self, Show.self,
      Diff.self,
      Compare.self, GateCommand.self, Plot.self, ReportCommand.self, Sample.self, Encode.self,
      Reconstruct.self, Draws.self,
      TagCommand.self, NoteCommand.self, LogCommand.self, Remove.self, Restore.self, Collect.self,
      Backup.self, Doctor.self, MergeCommand.self, ExportCommand.self, ImportCommand.self,
      CatalogCommand.self, ModelCommand.self, SQL.self,
      Schema.self,
    ])

  static func main() {
    Console.outliveReaders()
    Console.outliveLimits()
    FreedMemory.keep()
    BLAS.useOneThread()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      finish(with: KnownVerbs.complaint(about: Array(CommandLine.arguments.dropFirst())) ?? error)
    }
  }

  /// Prints what an error says, and exits with its code.
  private static func finish(with error: any Error) -> Never {
    if let failure = Failure(error) { finish(failure) }
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    guard code.isSuccess else {
      finish(Failure(code == .validationFailure ? .usage : .failure, message))
    }
    do {
      if !message.isEmpty { try Console.output(message) }
      Foundation.exit(ExitStatus.done.rawValue)
    } catch {
      finish(Failure(error) ?? Failure(.failure, "wb: \(error)"))
    }
  }

  private static func finish(_ failure: Failure) -> Never {
    if !failure.message.isEmpty { Console.error(failure.visibleMessage) }
    Foundation.exit(failure.code.rawValue)
  }
}
