import Diagnostics
import Glibc
import SystemIO

/// Files that are made to be shown in the editor: in a folder that nobody else can read, gone with the server.
final class ReportFiles {
  private var folder: String?
  private var written: Set<String> = []

  /// Writes a text and returns the path of its file.
  func write(_ text: String, name: String) throws(Diagnostic) -> String {
    let path = Path.join(try ownFolder(), name)
    try AtomicFile.stage(Array(text.utf8), for: path).commit()
    written.insert(path)
    return path
  }

  func remove() {
    for path in written { AtomicFile.remove(path) }
    if let folder { rmdir(folder) }
    (folder, written) = (nil, [])
  }

  private func ownFolder() throws(Diagnostic) -> String {
    if let folder { return folder }
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array(Path.join(parent, "incentive-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      let why = SystemError.text(errno)
      throw Diagnostic(
        .fileNotWritable, .error, "cannot make a folder in `\(parent)`: \(why)", at: .file(parent))
    }
    let made = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    folder = made
    return made
  }
}
