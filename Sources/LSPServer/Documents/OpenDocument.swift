import Diagnostics
import PlanReading
import Sessions
import SystemIO
import YAMLSource

/// Tells apart what a document's payouts are of: the number of its text, and how often it was saved.
struct DocumentState: Sendable, Equatable {
  let serial: Int
  let saves: Int
}

/// A document that the editor has open, and what is known of it.
final class OpenDocument {
  let uri: String
  /// Nil for what is not a file of this computer.
  let path: String?
  /// The path without links; nil for what is no file, or not saved yet.
  let realPath: String?
  let language: String
  private(set) var version: Int?
  private(set) var text: TextDocument
  /// Whether it is a plan; one that was stays one while it is typed at.
  private(set) var isPlan: Bool
  /// A number for each state of the text, or of what the preview depends on.
  private(set) var serial = 0
  /// When diagnostics are to be made, in milliseconds; nil when nothing is put off.
  var due: Int?
  /// The check of the present text.
  var analysis: PlanAnalysis?
  /// The names in the text, as they last could be read.
  var names: (serial: Int, names: PlanNames)?
  /// The root of the last text that was YAML.
  var lastRoot: YAMLNode?
  /// The session of the last check, whose modules run on.
  var session: PlanSession?
  /// What is wrong with the data, as the last preview found it.
  var dataFaults: [Diagnostic] = []
  /// The last preview that came to figures.
  var preview: ReadyPreview?
  /// The serial of the text whose preview came to nothing, after one that did.
  var failedSerial: Int?
  /// What the last finished preview was of, good or not.
  var finished: DocumentState?
  /// The same, once it is known what each term pays.
  var complete: DocumentState?
  /// The text as it was last saved, and its number.
  private(set) var saved: (number: Int, text: [UInt8])
  /// How often it was saved: what is committed may have changed with that.
  var saves = 0

  var state: DocumentState { DocumentState(serial: serial, saves: saves) }

  /// New hints whose lines are not found yet.
  var hints: [InlayHint]?
  /// The hints of the last good preview.
  var latestHints: [InlayHint] = []
  /// The same with their lines, which move as the text is edited.
  var placedHints: [PlacedHint] = []
  /// The serial of the text in which their lines were found.
  var placedSerial = -1
  /// The data files as they were last seen.
  var dataStamps: [FileStamp?]?
  /// Requests for hints that wait for the preview of this text.
  var waitingForHints: [@Sendable (Desk) -> Void] = []

  init(uri: String, language: String, version: Int?, text: String) {
    (self.uri, self.language, self.version) = (uri, language, version)
    path = DocumentURI.path(uri)
    realPath = path.flatMap { Path.real($0) }
    self.text = TextDocument(text)
    saved = (0, self.text.bytes)
    isPlan = PlanRecognition.isPlan(self.text, language: language)
  }

  /// The name by which diagnostics call it.
  var file: String { path ?? uri }

  /// Puts an edited text in the place of the present one.
  func edit(version: Int?, _ edit: (inout TextDocument) -> Void) {
    edit(&text)
    self.version = version ?? self.version
    isPlan = isPlan || PlanRecognition.isPlan(text, language: language)
    outdate()
  }

  /// Takes a text for the one that is saved.
  func saved(as text: [UInt8]) {
    if saved.text != text { saved = (saved.number + 1, text) }
  }

  /// Makes what was found out count as that of an earlier state.
  func outdate() {
    serial += 1
    analysis = nil
  }

  /// Moves the hints of lines from `last` on; those between `first` and `last` go with their lines.
  func moveHints(behind first: Int, upTo last: Int, by shift: Int) {
    placedHints = placedHints.compactMap { hint in
      var hint = hint
      if hint.line > first, hint.line < last { return nil }
      if hint.line > first { hint.line += shift }
      return hint
    }
  }
}
