import ArgumentParser
import Foundation
import Sharing

struct CancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Stop the workers that wb submit has submitted.",
    usage: "wb cancel --shared <folder>",
    discussion: """
      Cancels the job arrays of the folder. Workers under way stop cleanly: what has ended is in the folder, what has \
      not is checkpointed there, and a new wb submit goes on.
      """)

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let folder = shared.folder
    let jobs = try SlurmJobs.read(in: folder)
    guard !jobs.isEmpty else {
      throw Failure(
        .failure,
        "wb: nothing was submitted for \(folder.path); submit workers with: wb submit slurm FILE --shared \(folder.path)"
      )
    }
    guard let answer = Tool(["scancel"] + jobs) else {
      throw Failure(
        .failure,
        "wb: there is no scancel in the PATH; cancel jobs \(jobs.joined(separator: ", ")) where Slurm is")
    }
    guard answer.code == 0 else {
      let why = answer.errors.split(separator: "\n").first.map(String.init) ?? "no reason"
      throw Failure(.failure, "wb: scancel refuses: \(why)")
    }
    try Console.output("cancelled \(jobs.count == 1 ? "job" : "jobs") \(jobs.joined(separator: ", "))")
  }
}
