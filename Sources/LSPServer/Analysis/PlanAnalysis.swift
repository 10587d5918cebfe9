import Diagnostics
import ModuleHost
import PlanModel
import Sessions
import SystemIO
import YAMLSource

/// What the check of a text found.
struct PlanAnalysis {
  let serial: Int
  let session: PlanSession
  /// Everything wrong with the plan, its modules' terms, and the rows that stand in it.
  let diagnostics: [Diagnostic]

  var file: PlanFile { session.planFile }
  var root: YAMLNode? { session.planFile.root }
}

extension Desk {
  /// How long modules may take to say whether terms are good: an editor waits for them.
  private static let deadlines = ModuleProcess.Deadlines(start: 10, call: 5)

  /// The check of the document's present text.
  func analysis(of document: OpenDocument) -> PlanAnalysis {
    if let known = document.analysis { return known }
    let start = SystemClock.monotonicMilliseconds
    let file = PlanFile(bytes: document.text.bytes, file: document.file)
    let session =
      document.session.map { PlanSession(file, after: $0) }
      ?? PlanSession(file, modules: directory, deadlines: Self.deadlines)
    document.session = session
    let analysis = PlanAnalysis(
      serial: document.serial, session: session, diagnostics: session.checked())
    document.analysis = analysis
    document.checkTook = SystemClock.monotonicMilliseconds - start
    return analysis
  }

  /// Looks for the modules anew, and at every plan with them.
  func renewModules() {
    directory = ModuleDirectory(folders: ModuleDirectory.standardFolders)
    for document in documents.values {
      document.session = nil
      worker.forget(document.uri)
      renew(document)
    }
  }
}

extension OpenDocument {
  /// Where the plan's data files are looked for; nil where there is no such place.
  func dataFolder(_ settings: Settings) -> String? {
    guard let folder = settings.dataFolder else { return path.map { Path.folder(of: $0) } }
    if folder.hasPrefix("/") { return folder }
    return path.map { Path.join(Path.folder(of: $0), folder) }
  }

  /// The paths of the other files that the plan is made of.
  var partPaths: [String] { session?.planFile.parts.map(\.file) ?? [] }

  /// The paths of the data files that the plan names.
  func dataPaths(_ settings: Settings) -> [String] {
    guard let folder = dataFolder(settings), let terms = session?.planFile.terms else { return [] }
    return terms.tables.flatMap { table in
      table.origin.fileNames.flatMap { name in
        ((try? LoadedData.files(name.text, below: folder)) ?? [name.text]).map { Path.join(folder, $0) }
      }
    }
  }
}
