import Diagnostics

/// A change of the text that mends a fault.
struct QuickFix {
  let title: String
  let range: TextRange
  let text: String
}

/// What mends a diagnostic, as far as its words say so.
struct QuickFixes {
  private(set) var fixes: [QuickFix] = []

  /// The fixes; `allowed` tells the words that a key that must be stated may be.
  init(
    _ diagnostic: Diagnostic, _ range: TextRange, _ document: TextDocument, _ encoding: PositionEncoding,
    allowed: ((span: SourceSpan, key: String)) -> [String]
  ) {
    let help = diagnostic.help ?? ""
    if let match = help.firstMatch(of: #/^did you mean `([^`]+)`\?/#) {
      add("write `\(match.1)`", range, String(match.1))
    } else if diagnostic.code == .unstatedRule, case .source(let span)? = diagnostic.location {
      state(diagnostic, span, document, encoding, allowed)
    } else if diagnostic.code == .missingKey, let match = help.firstMatch(of: #/^write `(key: [^`]+)` here/#),
      !match.1.contains("COLUMN"), case .source(let span)? = diagnostic.location
    {
      insert(String(match.1), span, document, encoding)
    } else if let match = help.firstMatch(of: #/^write `([^`]+)`/#), Self.isValue(diagnostic) {
      add("write `\(match.1)`", range, String(match.1))
      if let other = help.firstMatch(of: #/, or `([^`]+)` if that is meant/#) {
        add("write `\(other.1)`", range, String(other.1))
      }
    }
  }

  private static func isValue(_ diagnostic: Diagnostic) -> Bool {
    let codes: [DiagnosticCode] = [.wrongValue, .wrongType, .moduleConfig, .currencyMismatch]
    return codes.contains(diagnostic.code) && !(diagnostic.help ?? "").contains("…")
  }

  private mutating func add(_ title: String, _ range: TextRange, _ text: String) {
    fixes.append(QuickFix(title: title, range: range, text: text))
  }

  /// A statement of the rule that is not stated, with each of the words it may have.
  private mutating func state(
    _ diagnostic: Diagnostic, _ span: SourceSpan, _ document: TextDocument, _ encoding: PositionEncoding,
    _ allowed: ((span: SourceSpan, key: String)) -> [String]
  ) {
    let quoted = diagnostic.message.matches(of: #/must state `([^`]+)`/#).map { String($0.1) }
    guard let key = quoted.first ?? Self.key(in: diagnostic.message) else { return }
    var words = (diagnostic.help ?? "").matches(of: #/`([^`]+)`/#).map { String($0.1) }
    if let statement = words.first, statement.hasPrefix(key + ":"), !statement.contains("…") {
      return insert(statement, span, document, encoding)
    }
    words = words.filter { !$0.contains(":") }
    if words.isEmpty { words = allowed((span, key)) }
    for word in words { insert("\(key): \(word)", span, document, encoding) }
  }

  /// The key that a module's message names first.
  private static func key(in message: String) -> String? {
    message.firstMatch(of: #/`([a-z_]+)`/#).map { String($0.1) }
  }

  /// Puts a pair at the start of the mapping that a span begins, in the style that it is written in.
  private mutating func insert(
    _ pair: String, _ span: SourceSpan, _ document: TextDocument, _ encoding: PositionEncoding
  ) {
    let offset = document.offset(of: span.start)
    let number = document.lineNumber(of: offset)
    let line = document.line(number)
    if offset < document.bytes.count, document.bytes[offset] == 0x7B {
      let place = document.position(of: offset + 1, encoding)
      let isEmpty = document.bytes[(offset + 1)...].first { $0 != 0x20 } == 0x7D
      return add("state `\(pair)`", TextRange(start: place, end: place), pair + (isEmpty ? "" : ", "))
    }
    // Where the place is that of a key with a mapping below or behind it, the pair goes into that mapping.
    if let colon = line[offset...].firstIndex(of: 0x3A), Self.isKey(line[offset..<colon]) {
      let rest = line[(colon + 1)...].drop { $0 == 0x20 }
      if rest.first == 0x7B {
        let place = document.position(of: rest.startIndex + 1, encoding)
        return add("state `\(pair)`", TextRange(start: place, end: place), pair + ", ")
      }
      if rest.isEmpty || rest.first == 0x23, let below = document.indent(below: number),
        below > offset - line.startIndex
      {
        return addLine(pair, before: number + 1, indent: below)
      }
    }
    addLine(pair, before: number, indent: offset - line.startIndex, in: document, encoding)
  }

  private static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { !" {}[],\"'".utf8.contains($0) }
  }

  private mutating func addLine(_ pair: String, before line: Int, indent: Int) {
    let place = TextPosition(line: line, character: 0)
    let text = String(repeating: " ", count: indent) + pair + "\n"
    add("state `\(pair)`", TextRange(start: place, end: place), text)
  }

  /// A line before the one that a mapping begins on; one that begins behind a dash goes below its first pair's start.
  private mutating func addLine(
    _ pair: String, before line: Int, indent: Int, in document: TextDocument, _ encoding: PositionEncoding
  ) {
    let start = document.lineStarts[line]
    let isFirst = document.bytes[start..<(start + indent)].allSatisfy { $0 == 0x20 }
    if isFirst { return addLine(pair, before: line, indent: indent) }
    let place = document.position(of: start + indent, encoding)
    let text = pair + "\n" + String(repeating: " ", count: indent)
    add("state `\(pair)`", TextRange(start: place, end: place), text)
  }
}

extension TextDocument {
  /// The indent of the next line that holds something.
  fileprivate func indent(below number: Int) -> Int? {
    for next in (number + 1)..<max(number + 1, lineCount) {
      let line = line(next)
      let indent = line.prefix { $0 == 0x20 }.count
      if indent < line.count, line[line.startIndex + indent] != 0x23 { return indent }
    }
    return nil
  }
}
