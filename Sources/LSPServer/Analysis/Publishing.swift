import Diagnostics
import JSONCore

/// Diagnostics on their way to the client, who asks for them or is sent them, never both.
extension Desk {
  func placing(_ document: OpenDocument, _ analysis: PlanAnalysis) -> DiagnosticPlacing {
    DiagnosticPlacing(
      document: document.text, file: analysis.file, encoding: encoding,
      dataFolder: document.dataFolder(settings))
  }

  /// All there is to tell of a plan: of its text, its modules' terms and, as last seen, its data.
  func diagnostics(_ document: OpenDocument, _ analysis: PlanAnalysis) -> [JSONValue] {
    let placing = placing(document, analysis)
    let all = analysis.diagnostics + document.dataFaults.map(asSeenHere)
    return placing.placed(all).map {
      placing.json($0, uri: document.uri, related: client.hasRelatedInformation || client.pullsDiagnostics)
    }
  }

  /// A missing file is an error for a run; in an editor nobody has said yet where the data is.
  private func asSeenHere(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.code == .fileNotReadable, settings.dataFolder == nil else { return diagnostic }
    return Diagnostic(
      diagnostic.code, .warning, diagnostic.message, at: diagnostic.location,
      help: "payouts are not previewed; the setting `incentive.dataFolder` says where the data files are",
      related: diagnostic.related.map { ($0.location, $0.message) })
  }

  func publish(_ document: OpenDocument, _ diagnostics: [JSONValue]) {
    var params = JSONObject([("uri", .string(document.uri)), ("diagnostics", .array(diagnostics))])
    params["version"] = document.version.map { .number($0) }
    outbox.notify("textDocument/publishDiagnostics", .object(params))
  }

  /// The diagnostics that a client asks for.
  func pulledDiagnostics(_ uri: String, previous: String?) -> JSONValue {
    guard let document = documents[uri], document.isPlan else { return ["kind": "full", "items": []] }
    let analysis = analysis(of: document)
    let number = "\(document.serial).\(document.finished?.serial ?? -1)"
    if number == previous { return ["kind": "unchanged", "resultId": .string(number)] }
    return [
      "kind": "full", "resultId": .string(number), "items": .array(diagnostics(document, analysis)),
    ]
  }

  /// Has the client see diagnostics that changed though the text did not.
  func republish(_ document: OpenDocument) {
    if !client.pullsDiagnostics {
      publish(document, diagnostics(document, analysis(of: document)))
    } else if client.refreshesDiagnostics {
      outbox.request("workspace/diagnostic/refresh", nil)
    }
  }
}
