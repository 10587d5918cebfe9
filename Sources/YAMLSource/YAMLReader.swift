package import Diagnostics

/// A YAML text, read: its root as far as it goes, and everything that is wrong.
package struct YAMLDocument: Sendable {
  /// The root, or nil when nothing could be read.
  package let root: YAMLNode?
  package let diagnostics: [Diagnostic]
  package let source: SourceText
  /// Where values are named by anchors, and where aliases stand for them.
  package var anchors: [YAMLAnchor] = []
}

/// The name of an anchor (`&name`) or of an alias (`*name`), and where it stands, with its sign.
package struct YAMLAnchor: Sendable {
  package let name: String
  package let span: SourceSpan
  package let isAlias: Bool
}

/// Reads one YAML document, and refuses what could hurt: wrong encodings, huge files, alias bombs.
package enum YAMLReader {
  /// The longest text that is read.
  package static let largestFile = 16 << 20

  /// The document in these bytes.
  package static func read(_ bytes: [UInt8], file: String) -> YAMLDocument {
    if bytes.count > largestFile {
      let fault = Diagnostic(
        .fileTooLarge, .error, "the plan is over 16 MiB", at: .file(file),
        help: "keep rows in data files and name them under `data`")
      return YAMLDocument(root: nil, diagnostics: [fault], source: SourceText(file: file, text: ""))
    }
    if let fault = encodingFault(bytes, file) {
      // What can be read of it is shown, so that the place is found.
      let text = bytes.contains(0) ? "" : String(decoding: bytes, as: UTF8.self)
      return YAMLDocument(root: nil, diagnostics: [fault], source: SourceText(file: file, text: text))
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    let source = SourceText(file: file, text: String(decoding: text, as: UTF8.self))
    var composer = YAMLComposer(text, file: file)
    let root = composer.compose()
    var diagnostics = composer.diagnostics.map { YAMLProblemText.placed($0, in: source) }
    if root == nil, diagnostics.isEmpty {
      diagnostics.append(
        Diagnostic(
          .yamlEmpty, .error, "the file has no content", at: .file(file), help: "begin with `plan: NAME`"))
    }
    return YAMLDocument(
      root: root, diagnostics: diagnostics, source: source, anchors: composer.anchorPlaces)
  }

  private static func encodingFault(_ bytes: [UInt8], _ file: String) -> Diagnostic? {
    let help = TextEncoding.help
    let start = SourcePosition(line: 1, column: 1)
    let top = SourceSpan(file: file, start: start, end: start)
    let head = Array(bytes.prefix(4))
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
      || head.starts(with: [0, 0, 0xFE, 0xFF])
      || (head.count >= 2 && (head[0] == 0) != (head[1] == 0))
    {
      return Diagnostic(.yamlEncoding, .error, "the file is UTF-16 or UTF-32", at: top, help: help)
    }
    if let zero = bytes.firstIndex(of: 0) {
      return Diagnostic(
        .yamlEncoding, .error, "the file holds a NUL byte", at: span(bytes, zero, file), help: help)
    }
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    let guess = TextEncoding.guess(bytes).map { ", but probably " + $0 } ?? ""
    return Diagnostic(
      .yamlEncoding, .error, "the file is not UTF-8" + guess, at: span(bytes, firstInvalid(bytes), file),
      help: help)
  }

  /// The length of the longest valid beginning.
  private static func firstInvalid(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
    return valid
  }

  private static func span(_ bytes: [UInt8], _ offset: Int, _ file: String) -> SourceSpan {
    let position = SourcePosition(of: offset, in: bytes)
    return SourceSpan(file: file, start: position, end: position)
  }
}
