import Diagnostics
import YAMLSource

/// A plan's text as fixes see it: where words stand, and where a pair is put so that it belongs to a mapping.
struct FixableText {
  let document: TextDocument
  let encoding: PositionEncoding
  let root: YAMLNode?
  /// The words that a key may have in a mapping of the plan or of a component's terms; nil where there is no such key.
  let wordsOfKey: (_ path: [String], _ key: String) -> [String]?

  // MARK: Words

  private func offsets(_ range: TextRange) -> Range<Int> {
    let start = document.offset(of: range.start, encoding)
    return start..<max(start, document.offset(of: range.end, encoding))
  }

  private func range(_ offsets: Range<Int>) -> TextRange {
    TextRange(
      start: document.position(of: offsets.lowerBound, encoding),
      end: document.position(of: offsets.upperBound, encoding))
  }

  /// The part of a range that a message quotes, or all of it: of a whole call the name of its function.
  func range(ofWordIn message: String, within whole: TextRange) -> TextRange {
    let offsets = offsets(whole)
    for match in message.matches(of: #/`([^`]+)`/#) {
      if let found = find(Array(match.1.utf8), in: offsets) { return range(found) }
    }
    return whole
  }

  /// The first place of a text on the line that a range begins on, from there or else before.
  func range(of word: String, onLineOf place: TextRange) -> TextRange? {
    let line = document.line(place.start.line)
    let start = document.offset(of: place.start, encoding)
    let bytes = Array(word.utf8)
    let found = find(bytes, in: start..<max(start, line.endIndex)) ?? find(bytes, in: line.indices)
    return found.map { range($0) }
  }

  /// The empty range behind a word on the line of a position.
  func end(ofWord word: String, from position: TextPosition) -> TextRange? {
    range(of: word, onLineOf: TextRange(start: position, end: position)).map {
      TextRange(start: $0.end, end: $0.end)
    }
  }

  private func find(_ word: [UInt8], in offsets: Range<Int>) -> Range<Int>? {
    guard !word.isEmpty, offsets.count >= word.count else { return nil }
    let first = (offsets.lowerBound...(offsets.upperBound - word.count)).first {
      document.bytes[$0...].starts(with: word)
    }
    return first.map { $0..<$0 + word.count }
  }

  // MARK: Mappings

  /// The mappings that a diagnostic at a span may mean, with the ways to them: the one behind the key that stands there,
  /// and those that begin there.
  private func mappings(at span: SourceSpan) -> [(path: [String], node: YAMLNode)] {
    guard let root else { return [] }
    let tokens = NodePath(root, at: span.start).tokens
    return (0...tokens.count).reversed().compactMap { count -> (path: [String], node: YAMLNode)? in
      let path = Array(tokens.prefix(count))
      guard let node = node(path), node.pairs != nil else { return nil }
      let begins = node.span.start == span.start
      let isOfKey =
        count == tokens.count
        && path.last.map { key in
          self.node(Array(path.dropLast()))?.pairs?.contains { pair in
            pair.key == key && pair.keySpan.start == span.start
          } ?? false
        } ?? false
      return begins || isOfKey ? (path, node) : nil
    }
  }

  private func node(_ path: [String]) -> YAMLNode? {
    path.reduce(root) { node, token in Int(token).flatMap { node?.items?[safe: $0] } ?? node?[token] }
  }

  /// The words that a key may have at a span, or around it.
  func words(_ key: String, _ span: SourceSpan) -> [String] {
    for (path, _) in mappings(at: span) {
      if let words = wordsOfKey(path, key), !words.isEmpty { return words }
    }
    guard let root else { return [] }
    var path = NodePath(root, at: span.start).tokens
    while true {
      if let words = wordsOfKey(path, key), !words.isEmpty { return words }
      if path.popLast() == nil { return [] }
    }
  }

  /// The value of a key in the innermost mapping around a span that has it.
  func value(of key: String, around span: SourceSpan) -> TextRange? {
    guard let root else { return nil }
    var path = NodePath(root, at: span.start).tokens
    while true {
      if let value = node(path)?[key], value.scalar != nil { return document.range(of: value.span, encoding) }
      if path.popLast() == nil { return nil }
    }
  }

  /// Whether the mapping that a diagnostic at a span means has the key.
  func has(_ key: String, at span: SourceSpan) -> Bool {
    mappings(at: span).contains { $0.node[key] != nil }
  }

  /// The columns of the table that a span stands in.
  func columns(around span: SourceSpan) -> [String] {
    guard let root else { return [] }
    let path = NodePath(root, at: span.start).tokens
    guard path.count > 1, path[0] == "data" else { return [] }
    return root["data"]?[path[1]]?["columns"]?.pairs?.map(\.key) ?? []
  }

  /// The edit that puts a pair into the mapping of a path; nil where there is none.
  func insertion(_ pair: (key: String, value: String), in path: [String]) -> (range: TextRange, text: String)?
  {
    guard let node = node(path) else { return nil }
    // What is stated one by one, like quantities, goes beside what is there.
    if let own = node[pair.key], own.pairs != nil, let inner = pair.value.wholeMatch(of: #/\{(\w+): (.+)\}/#)
    {
      return insertion((key: String(inner.1), value: String(inner.2)), in: path + [pair.key])
    }
    return insertion(pair, into: node)
  }

  /// The edit that puts a pair into the mapping that a diagnostic at a span means.
  func insertion(_ pair: (key: String, value: String), at span: SourceSpan) -> (
    range: TextRange, text: String
  )? {
    let mappings = mappings(at: span)
    let known = mappings.first { wordsOfKey($0.path, pair.key) != nil } ?? mappings.first
    return known.flatMap { insertion(pair, into: $0.node) }
  }

  private func insertion(
    _ pair: (key: String, value: String), into node: YAMLNode
  ) -> (range: TextRange, text: String)? {
    if let own = node.pairs?.first(where: { $0.key == pair.key }) {
      guard let scalar = own.value.scalar else { return nil }
      if !scalar.text.isEmpty { return (document.range(of: own.value.span, encoding), pair.value) }
      // Behind the colon of a key without a value.
      let place = document.position(of: document.offset(of: own.keySpan.end) + 1, encoding)
      return (TextRange(start: place, end: place), " " + pair.value)
    }
    let text = "\(pair.key): \(pair.value)"
    let offset = document.offset(of: node.span.start)
    if offset < document.bytes.count, document.bytes[offset] == 0x7B {
      let place = document.position(of: offset + 1, encoding)
      return (TextRange(start: place, end: place), text + (node.pairs?.isEmpty == true ? "" : ", "))
    }
    guard let first = node.pairs?.first else { return nil }
    // A pair on a line of its own before the first one, which may begin behind a dash.
    let start = document.offset(of: first.keySpan.start)
    let indent = start - document.lineStarts[document.lineNumber(of: start)]
    let place = document.position(of: start, encoding)
    return (TextRange(start: place, end: place), text + "\n" + String(repeating: " ", count: indent))
  }
}
