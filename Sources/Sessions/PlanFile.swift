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
  /// The root of the file's own text as far as it could be read, and the anchors in it.
  package let root: YAMLNode?
  package let anchors: [YAMLAnchor]
  /// The root of the whole plan, with all files that it is made of; nil when one of them is missing.
  package let whole: YAMLNode?
  /// The texts of all files that the plan is made of, its own first.
  package let sources: [SourceText]
  /// The other files that the plan is made of, with the SHA-256 of each.
  package let parts: [(file: String, fingerprint: String)]
  /// SHA-256 of the bytes, in hexadecimal.
  package let fingerprint: String
  private let memory: ReadingMemory?

  /// Reads a file.
  package static func read(_ path: String) throws(Diagnostic) -> PlanFile {
    PlanFile(bytes: try FileBytes.read(path), file: path)
  }

  /// Reads a text that stands for a file; `replacing` holds the texts of other files that stand for those on disk.
  ///
  /// What an earlier reading made of the components that stand as before is taken over.
  package init(
    bytes: [UInt8], file: String, replacing: [String: [UInt8]] = [:], after earlier: PlanFile? = nil
  ) {
    let document = YAMLReader.read(bytes, file: file)
    self.init(
      bytes: bytes, document: document, root: document.root, file: file, replacing: replacing,
      faults: document.diagnostics, after: earlier)
  }

  /// Reads a plan of a book, which says who is in it, and when.
  init(bytes: [UInt8], file: String, assigned: YAMLNode, book: SourceText) {
    let document = YAMLReader.read(bytes, file: file)
    self.init(
      bytes, document, document.root, file, [:], faults: document.diagnostics, assigned: assigned, book: book)
  }

  /// Reads a plan that stands in a file of something else, below this node; `faults` are those of the file that count.
  package init(
    bytes: [UInt8], document: YAMLDocument, root: YAMLNode?, file: String, replacing: [String: [UInt8]] = [:],
    faults: [Diagnostic] = [], after earlier: PlanFile? = nil
  ) {
    self.init(
      bytes, document, root, file, replacing, faults: faults, assigned: nil, book: nil, after: earlier)
  }

  private init(
    _ bytes: [UInt8], _ document: YAMLDocument, _ root: YAMLNode?, _ file: String,
    _ replacing: [String: [UInt8]], faults: [Diagnostic], assigned: YAMLNode?, book: SourceText?,
    after earlier: PlanFile? = nil
  ) {
    var parts = PlanParts(replacing: replacing)
    let own = parts.whole(root, file: file)
    if let assigned, assigned.pairs?.isEmpty == false {
      whole = own.map { YAMLLayers.overridden($0, by: YAMLLayers.below("assigned", assigned)) }
    } else {
      whole = own
    }
    (source, self.root, anchors) = (document.source, root, document.anchors)
    sources = [source] + parts.parts.map(\.source) + (book.map { [$0] } ?? [])
    self.parts = parts.parts.map { ($0.file, $0.fingerprint) }
    fingerprint = Fingerprint.of(bytes)
    self.file = file
    if BookReader.isBook(own) {
      (plan, terms, memory) = (nil, nil, earlier?.memory)
      diagnostics =
        BookReader.read(document).diagnostics + [
          Diagnostic(
            .wrongValue, .error, "this is a book of plans, not a plan",
            at: own.map { Location.source($0.span.firstLine) },
            help: "`incentive run`, `check` and `explain` take books; for anything else name one of its plans"
          )
        ]
      return
    }
    let reading = PlanReader.read(
      whole, faults: faults + parts.diagnostics, sources: sources, after: earlier?.memory)
    (plan, terms, diagnostics) = (reading.plan, reading.terms, reading.diagnostics)
    memory = reading.memory
  }
}
