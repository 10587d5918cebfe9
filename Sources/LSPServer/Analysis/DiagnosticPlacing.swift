import Diagnostics
import JSONCore
import Sessions
import SystemIO
import YAMLSource

/// Places diagnostics in a plan's text: those of its own at their lines, those of data files at the line of the plan
/// that names the file.
struct DiagnosticPlacing {
  /// A diagnostic and where the editor shows it.
  struct Placed {
    let diagnostic: Diagnostic
    let range: TextRange
  }

  // A file of a million bad rows is not told row by row.
  private static let mostOfAFile = 10

  let document: TextDocument
  let file: PlanFile
  let encoding: PositionEncoding
  let dataFolder: String?

  /// The diagnostics in order, those of data files cut off after some of each file.
  func placed(_ diagnostics: [Diagnostic]) -> [Placed] {
    var counts: [String: Int] = [:]
    var left: [String: [Diagnostic]] = [:]
    var placed: [Placed] = []
    for diagnostic in diagnostics {
      if let location = diagnostic.location, location.file != file.file {
        counts[location.file, default: 0] += 1
        if counts[location.file, default: 0] > Self.mostOfAFile {
          left[location.file, default: []].append(diagnostic)
          continue
        }
      }
      placed.append(Placed(diagnostic: diagnostic, range: range(diagnostic.location)))
    }
    for (name, more) in left.sorted(by: { $0.key < $1.key }) {
      guard let first = more.first else { continue }
      let severity = more.map(\.severity).min() ?? first.severity
      let summary = Diagnostic(
        first.code, severity, "\(more.count) more faults in `\(name)`", at: .file(name),
        help: "`incentive check --data FOLDER` lists them all")
      placed.append(Placed(diagnostic: summary, range: range(.file(name))))
    }
    return placed
  }

  /// Where a place is shown in the plan's text.
  func range(_ location: Location?) -> TextRange {
    switch location {
    case .source(let span)? where span.file == file.file: document.range(of: span, encoding)
    case .row(file.file, let line, _)?:
      TextRange(
        start: TextPosition(line: line - 1, character: 0), end: document.end(ofLine: line - 1, encoding))
    case .some(let location): sourceRange(location.file)
    case nil: top
    }
  }

  private var top: TextRange {
    TextRange(start: TextPosition(line: 0, character: 0), end: document.end(ofLine: 0, encoding))
  }

  /// The place that names a file: in `include` or `extends` another part of the plan, in `data` a file of rows.
  private func sourceRange(_ name: String) -> TextRange {
    if let part = partRange(name) { return part }
    for pair in file.root?["data"]?.pairs ?? [] {
      let names = pair.value["file"].map { $0.items ?? [$0] } ?? []
      if let node = names.first(where: { $0.scalar.map { FilePattern($0.text).fits(name) } ?? false }) {
        return document.range(of: node.span, encoding)
      }
    }
    guard let data = file.root?.pairs?.first(where: { $0.key == "data" }) else { return top }
    return document.range(of: data.keySpan, encoding)
  }

  /// The place that names a part of the plan, or a part that it is named in.
  private func partRange(_ name: String) -> TextRange? {
    guard file.parts.contains(where: { $0.file == name }) else { return nil }
    let names = ["include", "extends"].compactMap { file.root?[$0] }.flatMap { $0.items ?? [$0] }
    let node = names.first { $0.scalar.map { name.hasSuffix("/" + $0.text) } ?? false } ?? names.first
    return node.map { document.range(of: $0.span, encoding) }
  }

  // MARK: As the protocol has it

  func json(_ placed: Placed, uri: String, related wantsRelated: Bool) -> JSONValue {
    let diagnostic = placed.diagnostic
    var message = VisibleText.of(diagnostic.message)
    if let location = diagnostic.location, location.file != file.file {
      message = "\(VisibleText.of(location.description)): \(message)"
    }
    if let help = diagnostic.help { message += "\n" + VisibleText.of(help) }
    var object = JSONObject([
      ("range", placed.range.json), ("severity", .number(Self.number(diagnostic.severity))),
      ("code", .string(diagnostic.code.rawValue)), ("source", "incentive"), ("message", .string(message)),
    ])
    let related = relatedPlaces(diagnostic, uri)
    if wantsRelated, !related.isEmpty { object["relatedInformation"] = .array(related) }
    return .object(object)
  }

  private func relatedPlaces(_ diagnostic: Diagnostic, _ uri: String) -> [JSONValue] {
    var places = diagnostic.related.compactMap { related in
      place(related.location, uri).map { ["location": $0, "message": .string(related.message)] as JSONValue }
    }
    if let location = diagnostic.location, location.file != file.file, let place = place(location, uri) {
      places.append(["location": place, "message": "here"])
    }
    return places
  }

  private func place(_ location: Location, _ uri: String) -> JSONValue? {
    if location.file == file.file { return ["uri": .string(uri), "range": range(location).json] }
    guard let dataFolder else { return nil }
    var line = 0
    switch location {
    case .row(_, let number, _): line = max(0, number - 1)
    case .source(let span): line = max(0, span.start.line - 1)
    case .file: break
    }
    let start = TextPosition(line: line, character: 0)
    let end = TextPosition(line: line, character: 200)
    return [
      "uri": .string(DocumentURI.file(Path.join(dataFolder, location.file))),
      "range": TextRange(start: start, end: end).json,
    ]
  }

  private static func number(_ severity: Diagnostic.Severity) -> Int {
    switch severity {
    case .error: 1
    case .warning: 2
    case .note: 3
    }
  }
}
