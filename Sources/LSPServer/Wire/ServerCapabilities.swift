import JSONCore

/// What this server offers a client.
enum ServerCapabilities {
  static func json(_ client: ClientCapabilities) -> JSONValue {
    var object = JSONObject([
      ("positionEncoding", .string(client.encoding.rawValue)),
      ("textDocumentSync", ["openClose": true, "change": 2, "save": ["includeText": false]]),
      ("hoverProvider", true),
      ("completionProvider", ["triggerCharacters": [":", " ", ".", "{", ",", "-"]]),
      ("definitionProvider", true),
      ("referencesProvider", true),
      ("documentHighlightProvider", true),
      ("renameProvider", ["prepareProvider": true]),
      ("documentSymbolProvider", true),
      ("foldingRangeProvider", true),
      ("selectionRangeProvider", true),
      ("codeActionProvider", ["codeActionKinds": ["quickfix"]]),
      ("documentFormattingProvider", true),
      ("codeLensProvider", ["resolveProvider": false]),
      ("inlayHintProvider", ["resolveProvider": false]),
      (
        "semanticTokensProvider",
        [
          "legend": [
            "tokenTypes": .array(SemanticTokens.types.map { .string($0) }),
            "tokenModifiers": .array(SemanticTokens.modifiers.map { .string($0) }),
          ], "full": true,
        ]
      ),
      (
        "executeCommandProvider",
        ["commands": .array(Command.allCases.map { .string($0.rawValue) }), "workDoneProgress": true]
      ),
      ("workspace", ["workspaceFolders": ["supported": true, "changeNotifications": false]]),
    ])
    if client.pullsDiagnostics {
      object["diagnosticProvider"] = [
        "identifier": "incentive", "interFileDependencies": true, "workspaceDiagnostics": false,
      ]
    }
    return .object(object)
  }
}
