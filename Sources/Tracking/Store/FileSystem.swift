internal import Foundation
internal import Glibc

/// What kind of file system a file lies on.
enum FileSystem {
  /// The name of the network file system that holds the file, or the folder where it would be; nil of a local one, and
  /// where the kernel does not say.
  ///
  /// The log of SQLite is shared memory, which machines do not share, and its locks are often not kept between them:
  /// https://www.sqlite.org/wal.html, section 2. The table of mounts names file systems that a magic number does not tell
  /// apart: sshfs and a local disk's driver are FUSE both.
  static func network(holding path: String, mounts: String? = nil) -> String? {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var status = stat()
    guard stat(path, &status) == 0 || stat(folder, &status) == 0 else { return nil }
    guard let table = mounts ?? contents("/proc/self/mountinfo") else { return nil }
    return kind(ofDevice: status.st_dev, mounts: table).flatMap { isNetwork($0) ? $0 : nil }
  }

  /// The type of the file system of a device, by a table as proc_pid_mountinfo(5) describes it: field 3 is major:minor, and
  /// the type comes after a lone hyphen.
  static func kind(ofDevice device: dev_t, mounts: String) -> String? {
    let device = UInt64(device)
    let major = ((device >> 32) & 0xFFFF_F000) | ((device >> 8) & 0xFFF)
    let minor = ((device >> 12) & 0xFFFF_FF00) | (device & 0xFF)
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 2, fields[2] == "\(major):\(minor)" else { continue }
      if let hyphen = fields.firstIndex(of: "-"), hyphen + 1 < fields.count {
        return String(fields[hyphen + 1])
      }
    }
    return nil
  }

  /// Whether a type is one of a network. One of FUSE is, unless it is known to keep its files on this machine: what the program behind it
  /// does nobody can tell.
  static func isNetwork(_ kind: String) -> Bool {
    if kind == "fuse" { return true }
    if kind.hasPrefix("fuse.") { return !localPrograms.contains(String(kind.dropFirst(5))) }
    return networks.contains(kind)
  }

  private static let networks: Set = [
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fhgfs", "glusterfs", "gpfs", "lustre", "mmfs", "ncpfs",
    "nfs", "nfs4",
    "orangefs", "panfs", "pvfs2", "smb", "smb2", "smb3", "smbfs", "weka", "wekafs",
  ]

  /// Drivers of disks, and folders over those of this machine: containers, encryption.
  private static let localPrograms: Set = [
    "cryfs", "encfs", "exfat", "exfat-fuse", "ext2", "ext4", "fuse-overlayfs", "fuse2fs", "gocryptfs",
    "lxcfs", "ntfs", "ntfs-3g",
    "securefs", "veracrypt",
  ]

  private static func contents(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
