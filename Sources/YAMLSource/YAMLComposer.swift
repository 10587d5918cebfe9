import Diagnostics

/// Builds the node tree from events, and reports what YAML allows but a plan does not.
struct YAMLComposer {
  /// How deep a document may nest, aliases counted as what they stand for.
  static let deepest = 64
  /// How many nodes a document may have, aliases counted as what they stand for.
  static let largest = 1_000_000

  /// Stops the composing; the diagnostic is already there.
  private struct Stop: Error {}

  private let events: YAMLEvents
  private let file: String
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var anchorPlaces: [YAMLAnchor] = []
  private var anchors: [String: YAMLNode] = [:]
  private var openAnchors: Set<String> = []
  private var depth = 0
  private var size = 0
  private var lastEnd = SourcePosition(line: 1, column: 1)

  init(_ bytes: [UInt8], file: String) {
    events = YAMLEvents(bytes)
    self.file = file
  }

  /// The root of the first document, as far as it could be read.
  mutating func compose() -> YAMLNode? {
    var root: YAMLNode?
    do {
      while true {
        let placed = try events.next()
        switch placed.event {
        case .documentStart(let position):
          if root != nil {
            report(
              .yamlSeveralDocuments, "a second document begins here", position, position,
              help: "a plan is one document; remove the `---`, or put the second one into a file of its own")
            return root
          }
        case .documentEnd, .end: continue
        case .streamEnd: return root
        default: root = try node(placed)
        }
      }
    } catch let problem as YAMLEvents.Problem {
      diagnostics.append(YAMLProblemText.diagnostic(problem, file: file))
    } catch {}
    return root
  }

  private func span(_ start: SourcePosition, _ end: SourcePosition) -> SourceSpan {
    SourceSpan(file: file, start: start, end: end)
  }

  private mutating func report(
    _ code: DiagnosticCode, _ message: String, _ start: SourcePosition, _ end: SourcePosition,
    help: String? = nil,
    related: [(Location, String)] = []
  ) {
    diagnostics.append(
      Diagnostic(code, .error, message, at: span(start, end), help: help, related: related))
  }

  private mutating func node(_ placed: YAMLEvents.Placed) throws -> YAMLNode {
    if let tag = placed.strangeTag {
      report(
        .yamlUnsupportedTag, "tag `\(tag)` has no meaning in a plan", placed.start, placed.end,
        help: "remove the tag; quote a value to make it a text")
    }
    note(placed)
    let anchor: String?
    let result: YAMLNode
    switch placed.event {
    case .alias(let name): return try alias(name, placed)
    case .scalar(let scalar, let name):
      anchor = name
      lastEnd = placed.end
      result = YAMLNode(.scalar(scalar), span: span(placed.start, lastEnd))
      try count(1, placed)
    case .sequenceStart(let name, _):
      anchor = name
      if let name { openAnchors.insert(name) }
      try enter(placed)
      var items: [YAMLNode] = []
      while true {
        let next = try events.next()
        if case .end = next.event {
          if next.end > next.start { lastEnd = next.end }
          break
        }
        items.append(try node(next))
      }
      depth -= 1
      result = YAMLNode(.sequence(items), span: span(placed.start, max(placed.start, lastEnd)))
    case .mappingStart(let name, _):
      anchor = name
      if let name { openAnchors.insert(name) }
      try enter(placed)
      result = YAMLNode(.mapping(try pairs()), span: span(placed.start, max(placed.start, lastEnd)))
      depth -= 1
    default: throw Stop()
    }
    if let anchor {
      openAnchors.remove(anchor)
      anchors[anchor] = result
    }
    return result
  }

  /// Remembers where an anchor or an alias stands: an event begins with its anchor unless a tag comes first.
  private mutating func note(_ placed: YAMLEvents.Placed) {
    let (name, isAlias): (String?, Bool) =
      switch placed.event {
      case .alias(let name): (name, true)
      case .scalar(_, let anchor), .sequenceStart(let anchor, _), .mappingStart(let anchor, _):
        (anchor, false)
      default: (nil, false)
      }
    guard let name, placed.strangeTag == nil else { return }
    let end = SourcePosition(
      line: placed.start.line, column: placed.start.column + 1 + name.unicodeScalars.count)
    anchorPlaces.append(YAMLAnchor(name: name, span: span(placed.start, end), isAlias: isAlias))
  }

  private mutating func pairs() throws -> [YAMLPair] {
    var pairs: [YAMLPair] = []
    var places: [String: SourceSpan] = [:]
    while true {
      let placed = try events.next()
      if case .end = placed.event {
        if placed.end > placed.start { lastEnd = placed.end }
        return pairs
      }
      let key = try node(placed)
      let value = try node(try events.next())
      guard let scalar = key.scalar else {
        report(
          .yamlKeyNotText, "a key must be a plain text", key.span.start, key.span.end,
          help: "quote it if it begins with `[` or `{`")
        continue
      }
      if scalar.text == "<<", scalar.style == .plain {
        report(
          .yamlUnsupportedTag, "merge keys (`<<`) are not part of YAML 1.2", key.span.start, key.span.end,
          help: "write the keys out, or use an alias for a whole value")
        continue
      }
      if let first = places[scalar.text] {
        report(
          .yamlDuplicateKey, "key `\(scalar.text)` stands twice in this mapping", key.span.start,
          key.span.end,
          help: "keep one of them", related: [(.source(first), "the first one is here")])
        continue
      }
      places[scalar.text] = key.span
      pairs.append(YAMLPair(key: scalar.text, keySpan: key.span, value: value))
    }
  }

  private mutating func alias(_ name: String, _ placed: YAMLEvents.Placed) throws -> YAMLNode {
    lastEnd = placed.end
    let place = span(placed.start, placed.end)
    if let target = anchors[name], !openAnchors.contains(name) {
      try count(target.size, placed)
      if depth + target.depth > Self.deepest {
        report(.yamlTooDeep, "nested more than \(Self.deepest) deep", placed.start, placed.end)
        throw Stop()
      }
      return target.moved(to: place)
    }
    if openAnchors.contains(name) {
      report(
        .yamlAliasCycle, "alias `*\(name)` stands inside the value that it names", placed.start, placed.end)
    } else {
      report(
        .yamlUnknownAnchor, "there is no anchor `&\(name)` before this alias", placed.start, placed.end,
        help: Suggestion.help(for: name, in: Array(anchors.keys)))
    }
    return YAMLNode(
      .scalar(YAMLScalar(text: "", style: .plain, firstLine: placed.start.line, tag: nil)), span: place)
  }

  private mutating func enter(_ placed: YAMLEvents.Placed) throws {
    depth += 1
    lastEnd = placed.end
    try count(1, placed)
    if depth > Self.deepest {
      report(
        .yamlTooDeep, "nested more than \(Self.deepest) deep", placed.start, placed.end,
        help: "no plan needs that; look for brackets that are never closed")
      throw Stop()
    }
  }

  private mutating func count(_ nodes: Int, _ placed: YAMLEvents.Placed) throws {
    size += nodes
    if size > Self.largest {
      report(
        .yamlAliasBomb,
        "the document has over \(Self.largest) values, aliases counted as what they stand for",
        placed.start, placed.end)
      throw Stop()
    }
  }
}
