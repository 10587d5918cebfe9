import Diagnostics
import SystemIO

/// Where the files of a plan's tables are looked for.
enum DataFolder {
  /// How to mend the name of a file that is not there, or cannot be read.
  static func help(_ name: String, below folder: String) -> String {
    let usual = "files are looked for below the data folder, `--data DIR`; without it beside the plan"
    let path = Path.join(folder, name)
    if Path.exists(path) { return usual }
    let parent = name.split(separator: "/").dropLast().joined(separator: "/")
    let last = name.split(separator: "/").last.map(String.init) ?? name
    let names = Path.names(in: Path.folder(of: path))
    guard let meant = Suggestion.nearest(to: last, in: names) else { return usual }
    return "did you mean `\(parent.isEmpty ? meant : parent + "/" + meant)`? " + usual
  }
}
