import Sessions
import SystemIO

/// The text that a plan's payouts are compared with: as it was last saved, or committed where that is wanted.
struct ComparedText {
  let bytes: [UInt8]
  /// What the plan is called as it is there.
  let word: String

  /// The text for a job; that of a plan that was never committed is the saved one.
  init(_ job: PreviewWorker.Job) {
    if job.settings.comparesWithCommitted, let committed = Self.committed(job.file.file) {
      (bytes, word) = (committed, "committed")
    } else {
      (bytes, word) = (job.saved, "saved")
    }
  }

  /// The file as git has it in its last commit; nil without git, a repository, or the file in it.
  private static func committed(_ file: String) -> [UInt8]? {
    guard let slash = file.lastIndex(of: "/") else { return nil }
    let name = String(file[file.index(after: slash)...])
    return ProgramOutput.read(
      "/bin/sh", ["-c", #"exec git show "HEAD:./$1" 2>/dev/null"#, "sh", name], in: Path.folder(of: file))
  }
}
