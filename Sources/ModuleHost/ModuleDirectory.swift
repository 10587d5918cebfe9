package import Diagnostics
import Glibc
import SystemIO

/// The modules that can be used, by id.
package struct ModuleDirectory: Sendable {
  package let modules: [String: ModuleManifest]
  /// Where they were looked for.
  package let folders: [String]
  /// What is wrong with modules that cannot be used.
  package let diagnostics: [Diagnostic]

  /// The modules in these folders, each folder holding a folder a module; of equal ids the first counts.
  package init(folders: [String]) {
    var modules: [String: ModuleManifest] = [:]
    var diagnostics: [Diagnostic] = []
    for folder in folders {
      for name in Path.names(in: folder) {
        do {
          guard let manifest = try ModuleManifest.read(folder: Path.join(folder, name)) else { continue }
          if modules[manifest.id] == nil { modules[manifest.id] = manifest }
        } catch {
          diagnostics.append(error)
        }
      }
    }
    self.modules = modules
    self.folders = folders
    self.diagnostics = diagnostics
  }

  /// Where modules are looked for: the folders in `INCENTIVE_MODULES` (parted by colons), then the nearest
  /// folder `Plugins` above the host's executable, then `lib/incentive/modules` beside its `bin`.
  package static var standardFolders: [String] {
    var folders: [String] = []
    if let setting = getenv("INCENTIVE_MODULES") {
      folders += String(cString: setting).split(separator: ":").map(String.init)
    }
    guard let executable = Path.ownExecutable else { return folders }
    var place = Path.folder(of: executable)
    folders.append(Path.join(Path.folder(of: place), "lib/incentive/modules"))
    while place != "/", place != "." {
      let candidate = Path.join(place, "Plugins")
      if Path.exists(candidate) {
        folders.append(candidate)
        break
      }
      place = Path.folder(of: place)
    }
    return folders
  }
}
