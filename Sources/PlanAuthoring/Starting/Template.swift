package import Diagnostics
import SystemIO

/// A plan to begin with: a sample plan of the repository, with its data and its tests.
package struct Template: Sendable {
  package let name: String
  package let summary: String
  /// Paths below the plan's folder, and what stands in them.
  package let files: [(path: String, text: String)]

  /// All templates, the simplest first.
  package static let all = [oneSalesperson, team]

  /// Writes the files into a folder that is not there yet, or is empty; their paths.
  package func write(to folder: String) throws(Diagnostic) -> [String] {
    if folder.isEmpty || Path.exists(folder) && !(Path.isFolder(folder) && Path.names(in: folder).isEmpty) {
      throw Diagnostic(
        .fileNotWritable, .error,
        folder.isEmpty ? "the name of the folder is empty" : "`\(folder)` is there already, and not empty",
        at: folder.isEmpty ? nil : .file(folder),
        help: "name a folder that is not there yet; nothing was written")
    }
    var staged: [AtomicFile.Staged] = []
    do throws(Diagnostic) {
      for (path, text) in files {
        let path = Path.join(folder, path)
        try AtomicFile.makeFolder(Path.folder(of: path))
        staged.append(try AtomicFile.stage(Array(text.utf8), for: path))
      }
      for file in staged { try file.commit() }
    } catch {
      for file in staged { file.discard() }
      throw error
    }
    return files.map { Path.join(folder, $0.path) }
  }
}
