import JSONCore

/// What the client can do, of all that this server asks for.
struct ClientCapabilities: Sendable {
  private let value: JSONValue

  init(_ value: JSONValue?) { self.value = value ?? .null }

  /// The unit in which positions are counted.
  var encoding: PositionEncoding {
    let offered = self["general", "positionEncodings"]?.array?.compactMap(\.string) ?? []
    return .chosen(from: offered)
  }

  /// Whether the client asks for diagnostics itself.
  var pullsDiagnostics: Bool { self["textDocument", "diagnostic"]?.object != nil }
  var hasSnippets: Bool { flag("textDocument", "completion", "completionItem", "snippetSupport") }
  var hasMarkdownHover: Bool {
    self["textDocument", "hover", "contentFormat"]?.array?.contains("markdown") ?? true
  }
  var hasNestedSymbols: Bool { flag("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport") }
  var hasConfiguration: Bool { flag("workspace", "configuration") }
  var hasProgress: Bool { flag("window", "workDoneProgress") }
  var showsDocuments: Bool { flag("window", "showDocument", "support") }
  var refreshesHints: Bool { flag("workspace", "inlayHint", "refreshSupport") }
  var refreshesLenses: Bool { flag("workspace", "codeLens", "refreshSupport") }
  var refreshesDiagnostics: Bool {
    flag("workspace", "diagnostics", "refreshSupport") || flag("workspace", "diagnostic", "refreshSupport")
  }
  var watchesFiles: Bool { flag("workspace", "didChangeWatchedFiles", "dynamicRegistration") }
  var registersConfiguration: Bool {
    flag("workspace", "didChangeConfiguration", "dynamicRegistration")
  }
  var hasEditVersions: Bool { flag("workspace", "workspaceEdit", "documentChanges") }
  var hasRelatedInformation: Bool { flag("textDocument", "publishDiagnostics", "relatedInformation") }

  private func flag(_ path: String...) -> Bool { at(path)?.bool ?? false }

  private subscript(_ path: String...) -> JSONValue? { at(path) }

  private func at(_ path: [String]) -> JSONValue? { path.reduce(value as JSONValue?) { $0?[$1] } }
}
