import Foundation
import Testing
import Tracking

/// What `wb submit slurm` asks Slurm before it submits; `make test-slurm` does the same with a real one.
@Suite struct SubmitTests {
  /// A folder whose Slurm says what its files `config`, `queue` and `associations` hold, and keeps what it is given in `submitted`.
  private static func bench(
    config: String, queued: Int = 0, associations: String = ""
  ) throws -> Workbench {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.write(config, to: "config")
    try bench.write(associations, to: "associations")
    let programs = [
      "scontrol": #"case "$*" in "show config") cat config;; *assoc_mgr*) cat associations;; esac"#,
      "squeue": "seq \(queued)", "sbatch": #"echo "$*" >> submitted; echo 7"#,
    ]
    try FileManager.default.createDirectory(atPath: bench.path("bin"), withIntermediateDirectories: true)
    for (name, text) in programs {
      try bench.write("#!/bin/sh\n\(text)\n", to: "bin/\(name)")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: bench.path("bin/\(name)"))
    }
    return bench
  }

  private static func submit(_ bench: Workbench, workers: Int, _ options: String...) throws -> Ended {
    try bench.start(
      ["submit", "slurm", "sweep.yaml", "-j", "\(workers)", "--"] + options,
      environment: ["PATH": bench.path("bin") + ":/usr/bin:/bin"]
    ).wait()
  }

  /// Lines of `scontrol -o show assoc_mgr` as Slurm 22.05 prints them, but for the fields between.
  private static var associations: String {
    let user = "\(NSUserName())(\(getuid()))"
    return """
      Association Records
      ClusterName=c Account=root UserName= Partition= ID=1 ParentAccount= Lft=1 DefAssoc=No GrpSubmitJobs=N(3) GrpWall=N(0.00) MaxSubmitJobs= MaxWallPJ=
      ClusterName=c Account=lab UserName= Partition= ID=2 ParentAccount=root(1) Lft=2 DefAssoc=No GrpSubmitJobs=9(4) GrpWall=N(0.00) MaxSubmitJobs= MaxWallPJ=
      ClusterName=c Account=physics UserName= Partition= ID=3 ParentAccount=lab(2) Lft=3 DefAssoc=No GrpSubmitJobs=20(3) GrpWall=N(0.00) MaxSubmitJobs= MaxWallPJ=
      ClusterName=c Account=open UserName=\(user) Partition= ID=4 ParentAccount= Lft=6 DefAssoc=No GrpSubmitJobs=N(0) GrpWall=N(0.00) MaxSubmitJobs= MaxWallPJ=
      ClusterName=c Account=physics UserName=\(user) Partition= ID=5 ParentAccount= Lft=4 DefAssoc=Yes GrpSubmitJobs=N(3) GrpWall=N(0.00) MaxSubmitJobs=10(3) MaxWallPJ=
      QOS Records
      QOS=normal(1) GrpJobs=N(0) GrpSubmitJobs=N(3) GrpWall=N(0.00) Account Limits= physics={MaxJobsPA=N(0) MaxSubmitJobsPA=N(3)} User Limits= \(getuid())={MaxJobsPU=N(0) MaxSubmitJobsPU=N(3)}
      QOS=small(2) GrpJobs=N(0) GrpSubmitJobs=N(3) GrpWall=N(0.00) Account Limits= User Limits= 999999={MaxSubmitJobsPU=5(5)} \(getuid())={MaxJobsPU=N(0) MaxSubmitJobsPU=4(3)}

      """
  }

  @Test("more workers than MaxJobCount leaves room for are refused before any is submitted")
  func jobCount() throws {
    // As a real slurmctld: with 23 jobs of at most 30 it refuses ten more, for the thirtieth is one too many.
    let bench = try Self.bench(
      config: "MaxArraySize            = 4\nMaxJobCount             = 30\n", queued: 23)
    let refused = try Self.submit(bench, workers: 10)
    #expect(refused.code == 1)
    #expect(
      refused.errors
        == "wb: nothing was submitted: Slurm takes 6 more jobs now, and 10 workers are asked for: MaxJobCount is 30, and 23 are there; "
        + "use -j 6, which do all runs too, or wait for others\n")
    #expect(!bench.exists("submitted"))
    #expect(try Self.submit(bench, workers: 6).code == 0)
    #expect(try bench.read("submitted").split(separator: "\n").count == 2)
  }

  @Test("a submission that would be refused is shown with the reason")
  func dryRun() throws {
    let bench = try Self.bench(config: "MaxJobCount = 3\n", queued: 2)
    let ended = try bench.wb(
      "submit", "slurm", "sweep.yaml", "-j", "2", "--dry-run",
      environment: ["PATH": bench.path("bin") + ":/usr/bin:/bin"])
    #expect(ended.code == 0)
    #expect(ended.output.contains("\n# sbatch --parsable --array=0-1 "))
    #expect(
      ended.errors
        == "wb: Slurm takes 0 more jobs now, and 2 workers are asked for: MaxJobCount is 3, and 2 are there; wait until some have ended\n"
    )
  }

  @Test(
    "the tightest limit of the account, of those above it and of the QOS is told",
    arguments: [
      // The account above the user's default one, then those of the options.
      ([], 6, "5 more jobs", "GrpSubmitJobs of account lab is 9, and 4 are there; use -j 5"),
      (["--account=open"], 100, nil, ""),
      (["-A", "Physics"], 6, "5 more jobs", "GrpSubmitJobs of account lab is 9, and 4 are there; use -j 5"),
      (
        ["--qos=small"], 2, "1 more job",
        "MaxSubmitJobsPerUser of the QOS small is 4, and 3 are there; use -j 1"
      ),
      (["-Aopen", "-q", "normal"], 100, nil, ""),
    ] as [([String], Int, String?, String)])
  func accounts(options: [String], workers: Int, room: String?, why: String) throws {
    let bench = try Self.bench(
      config: "AccountingStorageEnforce = associations,limits,qos\nMaxJobCount = 10000\n",
      associations: Self.associations)
    let ended = try bench.start(
      ["submit", "slurm", "sweep.yaml", "-j", "\(workers)", "--"] + options,
      environment: ["PATH": bench.path("bin") + ":/usr/bin:/bin"]
    ).wait()
    #expect(bench.exists("submitted") == (room == nil), "\(ended.errors)")
    if let room {
      #expect(
        ended.errors.hasPrefix(
          "wb: nothing was submitted: Slurm takes \(room) now, and \(workers) workers are asked for: \(why)"),
        "\(ended.errors)")
    }
  }

  @Test("limits that accounting does not enforce are none")
  func notEnforced() throws {
    let bench = try Self.bench(
      config: "AccountingStorageEnforce = none\nMaxJobCount = 10000\n", associations: Self.associations)
    #expect(try Self.submit(bench, workers: 50).code == 0)
  }

  @Test(
    "what decides by what has ended is refused with the way out",
    arguments: [["worker", "sweep.yaml", "--shared", "pool"], ["submit", "slurm", "sweep.yaml", "-j", "2"]])
  func unshared(command: [String]) throws {
    let bench = try Self.bench(config: "MaxJobCount = 10000\n")
    let environment = ["PATH": bench.path("bin") + ":/usr/bin:/bin"]
    let resolved = try bench.start(
      command + ["--until-resolved", "--max-seeds", "40"], environment: environment
    )
    .wait()
    #expect(resolved.code == 2)
    #expect(
      resolved.errors.hasPrefix(
        "Error: --until-resolved decides by what has ended, of which a worker sees its own runs alone; share the first seeds, 'wb collect' "
          + "them, and go on with that store by 'wb run --until-resolved'\n"), "\(resolved.errors)")
    try bench.write(
      """
      name: tuned
      run: {model: {command: {argv: [/bin/true, "{parameters.x}", "{steps}"], of: parabola}}}
      sweep: {parameters.x: [1, 2, 3]}
      search: {halving: {factor: 3, budgets: [10, 30]}}
      """, to: "sweep.yaml")
    let halved = try bench.start(command, environment: environment).wait()
    #expect(halved.code == 3)
    #expect(
      halved.errors
        == "wb: sweep.yaml: a sweep with halving decides by what has ended, of which a worker sees its own runs alone; execute it on one "
        + "machine, by one 'wb run' or several with one store, or take 'halving:' out of 'search:' to share the runs of all cells\n"
    )
    #expect(!bench.exists("pool"))
    #expect(!bench.exists("submitted"))
  }

  @Test("seeds that are shared and collected are gone on with until it is resolved, to the same bits")
  func resolvedAfterwards() throws {
    let sweep = """
      name: resolving
      run: {model: eight-schools, samples: 2, steps: 300, optimizer: {adam: {learning_rate: 0.02}}}
      sweep: {beta: [1, 1.02, 4]}
      seeds: 16
      """
    let resolve = ["run", "sweep.yaml", "--until-resolved", "--max-seeds", "64", "--rope", "0"]
    let (whole, shared) = (try Workbench(sweep: sweep), try Workbench(sweep: sweep))
    #expect(try whole.start(resolve).wait().code == 0)
    try shared.done("worker", "sweep.yaml", "--shared", "pool", "-j", "2")
    try shared.done("collect", "sweep.yaml", "--shared", "pool")
    let ended = try shared.start(resolve).wait()
    #expect(ended.code == 0, "\(ended.errors)")
    // The first look at 3 cells has nothing left to execute, and finds 1 and 1.02 undecided.
    #expect(try shared.store().runs().count == 16 + 64 + 64)
    #expect(try ViewContent(try shared.store()) == ViewContent(try whole.store()))
  }
}
