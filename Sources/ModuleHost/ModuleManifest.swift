package import Diagnostics
import JSONCore
import ModuleProtocol
import SystemIO

/// A module that was found: `module.json` in a folder of its own.
package struct ModuleManifest: Sendable {
  package let id: String
  package let version: String
  package let summary: String
  package let folder: String
  /// The program, with its path.
  package let executable: String

  /// Reads `module.json` of a folder; nil when there is none.
  package static func read(folder: String) throws(Diagnostic) -> ModuleManifest? {
    let path = Path.join(folder, "module.json")
    guard Path.exists(path) else { return nil }
    let json: JSONValue
    do {
      json = try JSONValue.parse(try FileBytes.read(path))
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw fault(path, "`module.json` is not JSON")
    }
    guard let id = json["id"]?.string, let version = json["version"]?.string,
      let program = json["executable"]?.string
    else { throw fault(path, "`module.json` must have `id`, `version` and `executable`") }
    let least = json["protocol"]?["min"]?.int ?? 1
    let most = json["protocol"]?["max"]?.int ?? least
    guard (least...max(least, most)).contains(moduleProtocolVersion) else {
      throw fault(
        path, "module `\(id)` speaks protocol \(least) to \(most), this host speaks \(moduleProtocolVersion)")
    }
    return ModuleManifest(
      id: id, version: version, summary: json["summary"]?.string ?? "", folder: folder,
      executable: try locate(program, folder, path))
  }

  /// A program is looked for in the module's folder, then beside the host.
  private static func locate(_ program: String, _ folder: String, _ path: String) throws(Diagnostic) -> String
  {
    let own = Path.ownExecutable.map { Path.folder(of: $0) }
    for place in [folder] + (own.map { [$0] } ?? []) {
      let candidate = Path.join(place, program)
      if Path.isExecutable(candidate) { return Path.real(candidate) ?? candidate }
    }
    throw Diagnostic(
      .moduleFailed, .error, "there is no executable `\(program)`", at: .file(path),
      help: "build the module; it is looked for in its own folder and beside `incentive`")
  }

  private static func fault(_ path: String, _ message: String) -> Diagnostic {
    Diagnostic(.moduleProtocol, .error, message, at: .file(path))
  }
}
