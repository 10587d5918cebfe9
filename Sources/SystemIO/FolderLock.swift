package import Diagnostics
import Glibc

/// A folder that this process alone writes into, for as long as the value lives.
///
/// The lock is on the folder itself and goes with the process, so that a killed one leaves nothing behind. It keeps
/// out those who ask for it; on a file system without locks it keeps out nobody.
package final class FolderLock: Sendable {
  package let path: String
  private let descriptor: Int32

  /// Makes the folder where it is missing and locks it; a diagnostic when it cannot be made, or when another process
  /// holds the lock.
  package init(_ path: String) throws(Diagnostic) {
    self.path = path
    try AtomicFile.makeFolder(path)
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw AtomicFile.unwritable(path, errno) }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw Diagnostic(
        .folderInUse, .error, "another run is writing into `\(path)`", at: .file(path),
        help: "wait for it to end, or name another folder")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Removes what a process that was killed has left of files with these names.
  package func removeLeftovers(of names: [String]) {
    for file in Path.names(in: path) where names.contains(where: { AtomicFile.isTemporary(file, of: $0) }) {
      AtomicFile.remove(Path.join(path, file))
    }
  }
}
