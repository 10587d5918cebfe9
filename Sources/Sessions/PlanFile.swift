package import Diagnostics
package import PlanModel
import PlanReading
import SystemIO
import YAMLSource

/// A plan's text, read: the plan if it has no errors, and all that is wrong with it.
package struct PlanFile: Sendable {
  package let file: String
  package let plan: Plan?
  /// The terms of the components, also when other parts of the plan have errors.
  package let terms: PlanTerms?
  package let diagnostics: [Diagnostic]
  package let source: SourceText
  /// The texts of all files that the plan is made of, its own first.
  package let sources: [SourceText]
  /// The other files that the plan is made of, with the SHA-256 of each.
  package let parts: [(file: String, fingerprint: String)]
  /// SHA-256 of the bytes, in hexadecimal.
  package let fingerprint: String

  /// Reads a file.
  package static func read(_ path: String) throws(Diagnostic) -> PlanFile {
    PlanFile(bytes: try FileBytes.read(path), file: path)
  }

  /// Reads a text that stands for a file.
  package init(bytes: [UInt8], file: String) {
    let document = YAMLReader.read(bytes, file: file)
    var parts = PlanParts()
    let root = parts.whole(document, file: file)
    source = document.source
    sources = [source] + parts.parts.map(\.source)
    self.parts = parts.parts.map { ($0.file, $0.fingerprint) }
    let reading = PlanReader.read(
      root, faults: document.diagnostics + parts.diagnostics, sources: sources)
    (plan, terms, diagnostics) = (reading.plan, reading.terms, reading.diagnostics)
    fingerprint = Fingerprint.of(bytes)
    self.file = file
  }
}
