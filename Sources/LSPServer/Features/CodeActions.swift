import Diagnostics
import Engine
import JSONCore
import PlanReading
import Sessions
import YAMLSource

/// Quick fixes: what a diagnostic's help says, done by one key.
extension Desk {
  func codeActions(_ document: OpenDocument, _ range: TextRange) -> JSONValue {
    let analysis = analysis(of: document)
    let placing = placing(document, analysis)
    let text = fixableText(document)
    var actions: [JSONValue] = []
    for placed in placing.placed(analysis.diagnostics) where placed.range.meets(range) {
      let fixes = QuickFixes(placed.diagnostic, placed.range, text).fixes
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

  private func fixableText(_ document: OpenDocument) -> FixableText {
    FixableText(
      document: document.text, encoding: encoding, root: analysis(of: document).root,
      wordsOfKey: { path, key in self.words(ofKey: key, in: path, document) })
  }

  /// The words that a key may have in a mapping of the plan, or of a component's terms; nil where it cannot stand.
  private func words(ofKey key: String, in path: [String], _ document: OpenDocument) -> [String]? {
    guard let place = PlanPlace(path + [key]) else { return nil }
    guard let terms = place.terms else { return place.shape.words }
    guard !terms.path.isEmpty else { return [] }
    return schemaPlace(terms, document)?.words
  }
}
