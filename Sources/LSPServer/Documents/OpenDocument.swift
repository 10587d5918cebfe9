import Diagnostics
import PlanReading
import Sessions
import SystemIO
import YAMLSource

/// A document that the editor has open, and what is known of it.
final class OpenDocument {
  let uri: String
  /// Nil for what is not a file of this computer.
  let path: String?
  let language: String
  private(set) var version: Int?
  private(set) var text: TextDocument
  /// Whether it is a plan; one that was stays one while it is typed at.
  private(set) var isPlan: Bool
  /// A number for each state of the text, or of what the preview depends on.
  private(set) var serial = 0
  /// When diagnostics are to be made, in milliseconds; nil when nothing is put off.
  var due: Int?
  /// What the last check took, in milliseconds.
  var checkTook = 0
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
  /// The serial of the last finished preview, good or not.
  var finishedSerial = -1
  /// What is paid by the text as it was last saved.
  var baseline: PayoutPreview?
  /// The serial whose preview is to become the baseline.
  var baselineSerial: Int?
  /// The text on disk when it is another one than was opened.
  var savedText: [UInt8]?
  /// Counts what hints are made of, beside the text: previews, tallies, what was saved.
  var revision = 0
  /// The serial and revision that the hints were last made for.
  var hintsAreOf: (serial: Int, revision: Int)?
  /// The hints of the last good preview; their lines move as the text is edited.
  var hints: [InlayHint] = []
  /// The data files as they were last seen.
  var dataStamps: [FileStamp?]?
  /// Requests for hints that wait for the preview of this text.
  var waitingForHints: [@Sendable (Desk) -> Void] = []

  init(uri: String, language: String, version: Int?, text: String) {
    (self.uri, self.language, self.version) = (uri, language, version)
    path = DocumentURI.path(uri)
    self.text = TextDocument(text)
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

  /// Makes what was found out count as that of an earlier state.
  func outdate() {
    serial += 1
    analysis = nil
  }

  /// Moves the hints of lines from `last` on; those between `first` and `last` go with their lines.
  func moveHints(behind first: Int, upTo last: Int, by shift: Int) {
    hints = hints.compactMap { hint in
      var hint = hint
      if hint.line > first, hint.line < last { return nil }
      if hint.line > first { hint.line += shift }
      return hint
    }
  }
}
