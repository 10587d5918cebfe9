import Diagnostics
import Engine
import JSONCore
import Sessions
import YAMLSource

/// Quick fixes: what a diagnostic's help says, done by one key.
extension Desk {
  func codeActions(_ document: OpenDocument, _ range: TextRange) -> JSONValue {
    let analysis = analysis(of: document)
    let placing = placing(document, analysis)
    var actions: [JSONValue] = []
    for placed in placing.placed(analysis.diagnostics) where placed.range.meets(range) {
      let fixes = QuickFixes(
        placed.diagnostic, placed.range, document.text, encoding, allowed: { self.allowed($0, document) }
      ).fixes
      for (place, fix) in fixes.enumerated() {
        actions.append([
          "title": .string(fix.title), "kind": "quickfix",
          "isPreferred": .bool(place == 0 && fixes.count == 1),
          "diagnostics": [placing.json(placed, uri: document.uri, related: client.hasRelatedInformation)],
          "edit": workspaceEdit([
            document.uri: [["range": fix.range.json, "newText": .string(fix.text)]]
          ]),
        ])
      }
    }
    actions += switchActions(document, range)
    if let id = word(at: range.start, document),
      document.preview?.preview.result.data.people.finder.index(of: id) != nil
    {
      actions.append([
        "title": .string("Explain the pay of \(id)"), "kind": "",
        "command": [
          "title": .string(Command.explain.title), "command": .string(Command.explain.rawValue),
          "arguments": [["uri": .string(document.uri), "payee": .string(id)]],
        ],
      ])
    }
    return .array(actions)
  }

  /// The words that a key of a component's terms may be, where its rule is not stated.
  private func allowed(_ unstated: (span: SourceSpan, key: String), _ document: OpenDocument) -> [String] {
    guard let root = analysis(of: document).root else { return [] }
    var path = NodePath(root, at: unstated.span.start).tokens
    if let place = PlanPlaceWords(path, unstated.key, self, document).words { return place }
    while !path.isEmpty {
      path.removeLast()
      if let words = PlanPlaceWords(path, unstated.key, self, document).words { return words }
    }
    return []
  }
}
