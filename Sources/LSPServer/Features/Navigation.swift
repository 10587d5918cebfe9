import Diagnostics
import JSONCore
import JSONRPC
import ModuleHost
import PlanModel
import PlanReading
import Sessions
import Tables
import YAMLSource

/// From a name to where it is given, to where it is used, and to another name.
extension Desk {
  private func mention(_ document: OpenDocument, _ position: TextPosition) -> PlanMention? {
    names(document)?.mention(at: document.text.sourcePosition(position, encoding), in: document.file)
  }

  /// All places of what is named at a position: of a name of the plan, or of an anchor.
  private func places(
    _ document: OpenDocument, _ position: TextPosition
  ) -> [(span: SourceSpan, isDefinition: Bool)] {
    let place = document.text.sourcePosition(position, encoding)
    let anchors = analysis(of: document).file.anchors
    if let anchor = anchors.last(where: { $0.span.holds(place) }) {
      return Self.anchors(named: anchor, in: anchors).map { ($0.span.withoutSign, !$0.isAlias) }
    }
    guard let names = names(document), let mention = mention(document, position) else { return [] }
    return names.mentions.filter { $0.names(mention) }.map { ($0.span, $0.isDefinition) }
  }

  /// An anchor and the aliases that mean it: those up to the next anchor of the same name.
  private static func anchors(named anchor: YAMLAnchor, in all: [YAMLAnchor]) -> [YAMLAnchor] {
    let same = all.filter { $0.name == anchor.name }.sorted { $0.span.start < $1.span.start }
    var group: [YAMLAnchor] = []
    for place in same {
      if !place.isAlias {
        if group.contains(where: { $0.span == anchor.span }) { return group }
        group = []
      }
      group.append(place)
    }
    return group
  }

  /// Where a span is, in the document or in another file that the plan is made of.
  private func location(_ document: OpenDocument, _ span: SourceSpan) -> (uri: String, range: JSONValue) {
    if span.file == document.file { return (document.uri, document.text.range(of: span, encoding).json) }
    let uri = DocumentURI.file(span.file)
    if let open = documents[uri] { return (uri, open.text.range(of: span, encoding).json) }
    let source = analysis(of: document).file.sources.first { $0.file == span.file }
    func position(_ place: SourcePosition) -> TextPosition {
      let line = source?.line(place.line).map(String.init) ?? ""
      let scalars = line.unicodeScalars.prefix(place.column - 1)
      let character = scalars.reduce(0) { $0 + encoding.units($1) }
      return TextPosition(line: place.line - 1, character: character)
    }
    return (uri, TextRange(start: position(span.start), end: position(span.end)).json)
  }

  private func json(_ document: OpenDocument, _ span: SourceSpan) -> JSONValue {
    let (uri, range) = location(document, span)
    return ["uri": .string(uri), "range": range]
  }

  func definition(_ document: OpenDocument, _ position: TextPosition) -> JSONValue {
    let found = places(document, position).filter(\.isDefinition)
    if !found.isEmpty { return .array(found.map { json(document, $0.span) }) }
    let place = document.text.sourcePosition(position, encoding)
    guard let mention = mention(document, position) else { return fileDefinition(document, place) }
    if mention.kind == .module, let module = directory.modules[mention.text] {
      return Self.top(of: module.folder + "/module.json")
    }
    return .null
  }

  /// From the name of a data file to the file.
  private func fileDefinition(_ document: OpenDocument, _ place: SourcePosition) -> JSONValue {
    guard let folder = document.dataFolder(settings) else { return .null }
    for table in analysis(of: document).file.terms?.tables ?? [] {
      guard
        let name = table.origin.fileNames.first(where: {
          $0.span.file == document.file && $0.span.holds(place)
        })
      else { continue }
      let files = (try? LoadedData.files(name.text, below: folder)) ?? []
      return .array(files.map { Self.top(of: folder + "/" + $0) })
    }
    return .null
  }

  private static func top(of path: String) -> JSONValue {
    let start = TextPosition(line: 0, character: 0)
    return ["uri": .string(DocumentURI.file(path)), "range": TextRange(start: start, end: start).json]
  }

  func references(_ document: OpenDocument, _ position: TextPosition, withDefinition: Bool) -> JSONValue {
    let found = places(document, position).filter { withDefinition || !$0.isDefinition }
    return .array(found.map { json(document, $0.span) })
  }

  func highlights(_ document: OpenDocument, _ position: TextPosition) -> JSONValue {
    .array(
      places(document, position).filter { $0.span.file == document.file }.map { place in
        [
          "range": document.text.range(of: place.span, encoding).json,
          "kind": .number(place.isDefinition ? 3 : 2),
        ]
      })
  }

  // MARK: Renaming

  func prepareRename(_ document: OpenDocument, _ position: TextPosition) -> JSONValue {
    let place = document.text.sourcePosition(position, encoding)
    let all = places(document, position)
    guard all.contains(where: \.isDefinition), let here = all.first(where: { $0.span.holds(place) }),
      !isFixed(mention(document, position))
    else { return .null }
    return document.text.range(of: here.span, encoding).json
  }

  /// Names that are keys of the plan's own, and columns of files, which the file calls so.
  private func isFixed(_ mention: PlanMention?) -> Bool {
    mention?.kind == .attribute && ["name", "team", "role", "manager"].contains(mention?.text ?? "")
  }

  func rename(
    _ document: OpenDocument, _ position: TextPosition, to name: String
  ) throws(RPCError) -> JSONValue {
    let all = places(document, position)
    let mention = mention(document, position)
    guard all.contains(where: \.isDefinition), !isFixed(mention) else {
      throw RPCError(.invalidParams, "nothing that can be renamed stands here")
    }
    try Self.refuseBadName(name)
    if let mention, names(document)?.defined(mention.kind, table: mention.table).contains(name) ?? false,
      name != mention.text
    {
      throw RPCError(.invalidParams, "there is a \(mention.kind.word) `\(name)` already")
    }
    var edits: [String: [JSONValue]] = [:]
    for place in all {
      let (uri, range) = location(document, place.span)
      edits[uri, default: []].append(["range": range, "newText": .string(name)])
    }
    if let mention, mention.kind == .column, let header = headerEdit(document, mention) {
      edits[header.uri, default: []].append(header.edit)
    }
    return workspaceEdit(edits)
  }

  private static func refuseBadName(_ name: String) throws(RPCError) {
    let scalars = name.unicodeScalars
    guard let first = scalars.first, first.properties.isXIDStart || first == "_",
      scalars.allSatisfy({ $0.properties.isXIDContinue || $0 == "-" }),
      !["true", "false", "null"].contains(name.lowercased())
    else {
      throw RPCError(
        .invalidParams, "`\(name)` cannot be a name: write letters, digits, `_` and `-`, a letter first")
    }
  }

  /// Keeps a renamed column reading what it read: the file still calls it as before.
  private func headerEdit(
    _ document: OpenDocument, _ mention: PlanMention
  ) -> (uri: String, edit: JSONValue)? {
    let file = analysis(of: document).file
    guard let table = mention.table, let columns = (file.whole ?? file.root)?["data"]?[table]?["columns"],
      let pair = columns.pairs?.first(where: { $0.key == mention.text })
    else { return nil }
    if let scalar = pair.value.scalar {
      let (uri, range) = location(document, pair.value.span)
      let text = "{type: \(scalar.text), header: \(mention.text)}"
      return (uri, ["range": range, "newText": .string(text)])
    }
    guard pair.value["header"] == nil, let first = pair.value.pairs?.first else { return nil }
    let start = first.keySpan.start
    let place = SourceSpan(file: first.keySpan.file, start: start, end: start)
    let (uri, range) = location(document, place)
    let isFlow = start.line == pair.keySpan.start.line
    let indent = String(repeating: " ", count: start.column - 1)
    let text = "header: \(mention.text)" + (isFlow ? ", " : "\n" + indent)
    guard let at = range["start"] else { return nil }
    return (uri, ["range": ["start": at, "end": at], "newText": .string(text)])
  }

  func workspaceEdit(_ edits: [String: [JSONValue]]) -> JSONValue {
    let files = edits.sorted { $0.key < $1.key }
    guard client.hasEditVersions else {
      return ["changes": .object(JSONObject(files.map { ($0.key, .array($0.value)) }))]
    }
    let changes = files.map { uri, edits in
      [
        "textDocument": [
          "uri": .string(uri), "version": documents[uri]?.version.map { .number($0) } ?? .null,
        ], "edits": .array(edits),
      ] as JSONValue
    }
    return ["documentChanges": .array(changes)]
  }
}

extension SourceSpan {
  /// The span behind the sign of an anchor or an alias.
  fileprivate var withoutSign: SourceSpan {
    SourceSpan(file: file, start: SourcePosition(line: start.line, column: start.column + 1), end: end)
  }
}
