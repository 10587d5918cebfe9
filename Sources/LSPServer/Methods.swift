import JSONCore
import JSONRPC

extension Desk {
  typealias Request = @Sendable (Desk, Parameters, RPCID) throws(RPCError) -> Reply
  typealias Notification = @Sendable (Desk, Parameters) -> Void

  /// A request about a plan that is open; of anything else nothing is known, and the answer is null.
  private static func ofPlan(
    _ body: @escaping @Sendable (Desk, OpenDocument, Parameters) throws(RPCError) -> JSONValue
  ) -> Request {
    { desk, params, _ throws(RPCError) in
      guard let document = desk.documents[try params.uri()], document.isPlan else { return .now(.null) }
      return .now(try body(desk, document, params))
    }
  }

  /// The requests that are answered, by their methods.
  static let requests: [String: Request] = [
    "initialize": { desk, params, _ in .now(desk.initialize(params)) },
    "shutdown": { desk, _, _ in .now(desk.shutdown()) },
    "textDocument/diagnostic": { desk, params, _ throws(RPCError) in
      .now(desk.pulledDiagnostics(try params.uri(), previous: params["previousResultId"]?.string))
    },
    "textDocument/inlayHint": { desk, params, id throws(RPCError) in
      try desk.inlayHints(params, id)
    },
    "textDocument/hover": ofPlan { desk, document, params throws(RPCError) in
      desk.hover(document, try params.position())
    },
    "textDocument/completion": ofPlan { desk, document, params throws(RPCError) in
      desk.completion(document, try params.position())
    },
    "textDocument/definition": ofPlan { desk, document, params throws(RPCError) in
      desk.definition(document, try params.position())
    },
    "textDocument/references": ofPlan { desk, document, params throws(RPCError) in
      desk.references(
        document, try params.position(),
        withDefinition: params["context"]?["includeDeclaration"]?.bool ?? true)
    },
    "textDocument/documentHighlight": ofPlan { desk, document, params throws(RPCError) in
      desk.highlights(document, try params.position())
    },
    "textDocument/prepareRename": ofPlan { desk, document, params throws(RPCError) in
      desk.prepareRename(document, try params.position())
    },
    "textDocument/rename": ofPlan { desk, document, params throws(RPCError) in
      guard let name = params["newName"]?.string else {
        throw RPCError(.invalidParams, "`newName` is missing")
      }
      return try desk.rename(document, try params.position(), to: name)
    },
    "textDocument/documentSymbol": ofPlan { desk, document, _ in desk.symbols(document) },
    "textDocument/foldingRange": ofPlan { desk, document, _ in desk.foldingRanges(document) },
    "textDocument/selectionRange": ofPlan { desk, document, params in
      desk.selectionRanges(document, params["positions"]?.array?.compactMap { Parameters.position($0) } ?? [])
    },
    "textDocument/codeAction": ofPlan { desk, document, params throws(RPCError) in
      desk.codeActions(document, try params.range())
    },
    "textDocument/formatting": ofPlan { desk, document, _ throws(RPCError) in
      try desk.formatting(document)
    },
    "textDocument/codeLens": ofPlan { desk, document, _ in desk.codeLenses(document) },
    "textDocument/semanticTokens/full": ofPlan { desk, document, _ in desk.semanticTokens(document) },
    "workspace/executeCommand": { desk, params, id throws(RPCError) in
      try desk.execute(params, id)
    },
  ]

  /// The notifications that are heard, by their methods; others are passed over.
  static let notifications: [String: Notification] = [
    "initialized": { desk, _ in desk.initialized() },
    "textDocument/didOpen": { desk, params in desk.open(params) },
    "textDocument/didChange": { desk, params in desk.change(params) },
    "textDocument/didSave": { desk, params in desk.save(params) },
    "textDocument/didClose": { desk, params in desk.closeDocument(params) },
    "workspace/didChangeConfiguration": { desk, params in
      if desk.client.hasConfiguration {
        desk.fetchSettings()
      } else if let settings = params["settings"], settings.object != nil {
        desk.apply(Settings(settings))
      }
    },
    "workspace/didChangeWatchedFiles": { desk, params in
      desk.filesChanged(params["changes"]?.array?.compactMap { $0["uri"]?.string } ?? [])
    },
    "window/workDoneProgress/cancel": { desk, params in
      if let token = params["token"] { desk.inbox.cancel(token) }
    },
  ]
}
