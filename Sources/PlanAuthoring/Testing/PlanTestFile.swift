package import Diagnostics
import PlanReading
package import Sessions
import SystemIO
import YAMLSource

/// A file of plan tests, and the plan that they try.
package struct PlanTestFile: Sendable {
  package let file: String
  /// The plan; nil when it cannot be read at all.
  package let plan: PlanFile?
  package let tests: [PlanTest]
  /// What is wrong with the file of tests.
  package let diagnostics: [Diagnostic]
  package let source: SourceText

  /// Reads a file of tests and the plan that it names.
  package static func read(_ path: String) throws(Diagnostic) -> PlanTestFile {
    PlanTestFile(bytes: try FileBytes.read(path), file: path)
  }

  /// Reads a text that stands for a file.
  package init(bytes: [UInt8], file: String) {
    let document = YAMLReader.read(bytes, file: file)
    let reading = PlanTestReading(document, bytes: bytes, file: file)
    self.file = file
    (plan, tests, source) = (reading.plan, reading.tests, document.source)
    diagnostics = reading.context.diagnostics.map { FullWidth.explained($0, in: document.source) }
      .sorted(by: Diagnostic.inOrder)
  }

  /// How the names of such files end.
  package static let ending = ".test.yaml"

  /// The files of tests that are meant by these places, each once; a fault when there are none.
  package static func files(_ places: [String]) throws(Diagnostic) -> [String] {
    var files: [String] = []
    var seen: Set<String> = []
    for place in places {
      for file in try self.files(place) where seen.insert(file).inserted { files.append(file) }
    }
    if !files.isEmpty { return files }
    throw Diagnostic(
      .testMissing, .error,
      "there is no plan test below \(places.map { "`\($0)`" }.joined(separator: ", "))",
      at: nil as Location?, help: "tests stand in files that end in `\(ending)`")
  }

  /// Those below a folder, a plan's own, or the one that is named.
  private static func files(_ place: String) throws(Diagnostic) -> [String] {
    if Path.isFolder(place) { return below(place == "." ? "" : place, depth: 0) }
    if place.hasSuffix(ending) { return [place] }
    let own =
      String(place.prefix(place.hasSuffix(".yaml") ? place.utf8.count - 5 : place.utf8.count)) + ending
    if Path.exists(own) { return [own] }
    let isThere = Path.exists(place)
    throw Diagnostic(
      isThere ? .testMissing : .fileNotReadable, .error,
      isThere ? "`\(place)` has no tests" : "there is neither a file nor a folder `\(place)`",
      at: .file(place),
      help: isThere ? "write them to `\(own)`" : nil)
  }

  private static func below(_ folder: String, depth: Int) -> [String] {
    Path.names(in: folder.isEmpty ? "." : folder).flatMap { name -> [String] in
      let path = Path.join(folder, name)
      if name.hasSuffix(ending) { return [path] }
      // A link that leads back up would never end.
      return name.hasPrefix(".") || depth > 32 || !Path.isFolder(path) ? [] : below(path, depth: depth + 1)
    }
  }
}
