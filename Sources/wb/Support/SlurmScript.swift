import Foundation
import Reporting

/// The script of a job array whose tasks are workers.
struct SlurmScript {
  var name: String
  /// What a worker is started with, but for `-j`.
  var worker: [String]
  /// Where the tasks write what they say.
  var logs: String

  /// A worker that is told of the end of its time stops, and its task is queued again; one that Slurm ends for another reason is queued
  /// again by Slurm alone, where that is meant.
  var text: String {
    let job = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "-" }
    let command = worker.map(ShellText.quoted).joined(separator: " ")
    return """
      #!/bin/bash
      #SBATCH --job-name=wb-\(String(job))
      #SBATCH --requeue
      #SBATCH --open-mode=append
      #SBATCH --signal=B:USR1@60
      #SBATCH --output=\(logs)/%A_%a.log
      # Written by wb submit: each task is a worker that pulls runs from a shared folder.

      \(command) -j "${SLURM_CPUS_PER_TASK:-1}" --progress none &
      worker=$!
      again=no
      trap 'again=yes; kill -USR1 "$worker"' USR1
      trap 'kill -TERM "$worker"' TERM
      # A signal ends wait, not the worker.
      while kill -0 "$worker" 2>/dev/null; do wait "$worker"; status=$?; done
      wait "$worker"; code=$?
      [ "$code" -eq 127 ] || status=$code
      if [ "$status" -eq 75 ] && [ "$again" = yes ]; then
        scontrol requeue "$SLURM_JOB_ID"
      fi
      exit "$status"

      """
  }
}
