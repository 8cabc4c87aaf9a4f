import Foundation
import Glibc

/// A limit of Slurm's on jobs that are queued or run, of which each task of an array is one.
struct SubmitLimit {
  /// What the manuals call it, and whose it is: `MaxSubmitJobs of account physics`.
  var name: String
  var jobs: Int
  /// The jobs that count now.
  var present: Int
  /// How many more are taken.
  var room: Int

  init(_ name: String, jobs: Int, present: Int, room: Int? = nil) {
    self.name = name
    self.jobs = jobs
    self.present = present
    self.room = max(0, room ?? jobs - present)
  }

  /// The tightest limit on what is submitted with these options of sbatch; nil where Slurm says of none.
  ///
  /// Limits of accounts and of qualities of service are there where accounting enforces them. What a partition's own quality of service
  /// forbids sbatch alone says.
  static func tightest(on cluster: SlurmCluster, options: [String]) -> SubmitLimit? {
    var limits: [SubmitLimit] = []
    if let most = cluster.jobs, let queue = Tool(["squeue", "-h", "-a", "-r", "-t", "all", "-o", "%i"]),
      queue.code == 0
    {
      let present = queue.output.split(separator: "\n").count
      // The controller refuses the job that would be number MaxJobCount.
      limits.append(SubmitLimit("MaxJobCount", jobs: most, present: present, room: most - 1 - present))
    }
    let user = NSUserName()
    if cluster.enforcesLimits,
      let answer = Tool(["scontrol", "-o", "show", "assoc_mgr", "flags=assoc,qos", "users=\(user)"]),
      answer.code == 0
    {
      limits += AccountLimits(answer.output, user: user, userID: getuid()).limits(
        account: SlurmOption.account.value(in: options), qos: SlurmOption.qos.value(in: options))
    }
    return limits.min { $0.room < $1.room }
  }
}

/// An option of sbatch that decides which limits hold.
struct SlurmOption {
  static let account = SlurmOption(long: "--account", short: "-A", variable: "SBATCH_ACCOUNT")
  static let qos = SlurmOption(long: "--qos", short: "-q", variable: "SBATCH_QOS")

  var long: String
  var short: String
  var variable: String

  /// What the last one says, else the variable of the environment.
  func value(in options: [String]) -> String? {
    var found = ProcessInfo.processInfo.environment[variable]
    for (index, option) in options.enumerated() {
      if option == long || option == short {
        if index + 1 < options.count { found = options[index + 1] }
      } else if option.hasPrefix(long + "=") {
        found = String(option.dropFirst(long.count + 1))
      } else if option.hasPrefix(short), !option.hasPrefix("--") {
        found = String(option.dropFirst(short.count))
      }
    }
    return found
  }
}

/// What `scontrol -o show assoc_mgr` prints: a line for each association and each quality of service.
struct AccountLimits {
  private var associations: [[Substring: Substring]] = []
  private var qualities: [String] = []
  private let user: String
  private let userID: uid_t

  init(_ text: String, user: String, userID: uid_t) {
    self.user = user
    self.userID = userID
    for line in text.split(separator: "\n") {
      if line.hasPrefix("QOS=") { qualities.append(String(line)) }
      guard line.hasPrefix("ClusterName=") else { continue }
      associations.append(Self.fields(line))
    }
  }

  /// - Parameters:
  ///   - account: nil for the user's default.
  ///   - qos: nil where nobody says; it is known then where there is but one.
  func limits(account: String?, qos: String?) -> [SubmitLimit] {
    var limits: [SubmitLimit] = []
    let own = associations.filter { Self.name($0["UserName"]) == user && $0["Partition"] == "" }
    // Slurm has names of accounts in small letters.
    let wanted = account?.lowercased()
    let association = own.first { record in
      guard let wanted else { return record["DefAssoc"] == "Yes" }
      return record["Account"].map(String.init) == wanted
    }
    if let association, let account = association["Account"] {
      limits += Self.limit("MaxSubmitJobs of account \(account)", association["MaxSubmitJobs"])
      limits += Self.limit("GrpSubmitJobs of account \(account) for \(user)", association["GrpSubmitJobs"])
      limits += groupLimits(of: String(account))
    }
    let quality = qualities.first { line in
      qos.map { line.hasPrefix("QOS=\($0)(") } ?? (qualities.count == 1)
    }
    if let quality {
      let name = Self.name(Self.fields(quality[...])["QOS"])
      limits += Self.limit("GrpSubmitJobs of the QOS \(name)", Self.fields(quality[...])["GrpSubmitJobs"])
      // Of those who have jobs alone.
      if let users = quality.range(of: "User Limits="),
        let mine = quality[users.upperBound...].range(of: " \(userID)={")
      {
        let fields = Self.fields(quality[mine.upperBound...].prefix { $0 != "}" })
        limits += Self.limit("MaxSubmitJobsPerUser of the QOS \(name)", fields["MaxSubmitJobsPU"])
      }
    }
    return limits
  }

  /// The limits of an account and of those above it.
  private func groupLimits(of account: String) -> [SubmitLimit] {
    var limits: [SubmitLimit] = []
    var (name, seen) = (account, Set<String>())
    while !name.isEmpty, seen.insert(name).inserted,
      let record = associations.first(where: {
        $0["UserName"] == "" && $0["Account"].map(String.init) == name
      })
    {
      limits += Self.limit("GrpSubmitJobs of account \(name)", record["GrpSubmitJobs"])
      name = Self.name(record["ParentAccount"])
    }
    return limits
  }

  private static func fields(_ line: Substring) -> [Substring: Substring] {
    Dictionary(
      line.split(separator: " ").compactMap { word in
        word.firstIndex(of: "=").map { (word[..<$0], word[word.index(after: $0)...]) }
      }
    ) { first, _ in first }
  }

  /// Without the number in parentheses behind it.
  private static func name(_ value: Substring?) -> String { String(value?.prefix { $0 != "(" } ?? "") }

  /// `8(3)`: a limit of 8, of which 3 are taken; `N(3)` and nothing at all: none.
  private static func limit(_ name: String, _ value: Substring?) -> [SubmitLimit] {
    guard let value, let jobs = Int(value.prefix { $0 != "(" }),
      let present = Int(value.drop { $0 != "(" }.dropFirst().prefix { $0.isNumber })
    else { return [] }
    return [SubmitLimit(name, jobs: jobs, present: present)]
  }
}
