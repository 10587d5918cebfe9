package import Diagnostics
package import PlanModel
import PlanReading
import SystemIO
package import YAMLSource

/// A plan's text, read: the plan if it has no errors, and all that is wrong with it.
package struct PlanFile: Sendable {
  package let file: String
  package let plan: Plan?
  /// The terms of the components, also when other parts of the plan have errors.
  package let terms: PlanTerms?
  package let diagnostics: [Diagnostic]
  package let source: SourceText
  /// The root of the text as far as it could be read, and the anchors in it.
  package let root: YAMLNode?
  package let anchors: [YAMLAnchor]
  /// SHA-256 of the bytes, in hexadecimal.
  package let fingerprint: String

  /// Reads a file.
  package static func read(_ path: String) throws(Diagnostic) -> PlanFile {
    PlanFile(bytes: try FileBytes.read(path), file: path)
  }

  /// Reads a text that stands for a file.
  package init(bytes: [UInt8], file: String) {
    let document = YAMLReader.read(bytes, file: file)
    let reading = PlanReader.read(document, file: file)
    (plan, terms, diagnostics) = (reading.plan, reading.terms, reading.diagnostics)
    (source, root, anchors) = (document.source, document.root, document.anchors)
    fingerprint = Fingerprint.of(bytes)
    self.file = file
  }
}
