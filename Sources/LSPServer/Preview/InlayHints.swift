import Diagnostics
import JSONCore
import JSONRPC
import Sessions

/// Hints for the lines that an editor shows.
extension Desk {
  func inlayHints(_ params: Parameters, _ id: RPCID) throws(RPCError) -> Reply {
    guard let document = documents[try params.uri()], document.isPlan else { return .now([]) }
    let range = Parameters.range(params["range"])
    let analysis = analysis(of: document)
    // A client that will not be told when the preview is there waits for it.
    let isWaiting =
      !client.refreshesHints && settings.previews && analysis.file.plan != nil
      && document.finishedSerial != document.serial
    if !isWaiting { return .now(hints(document, analysis, in: range)) }
    worker.submit(job(document, analysis))
    let uri = document.uri
    document.waitingForHints.append { desk in
      if desk.inbox.isCancelled(id) {
        desk.finish(id, .failure(RPCError(.cancelled, "the request was cancelled")))
      } else if let document = desk.documents[uri] {
        desk.finish(id, .success(desk.hints(document, desk.analysis(of: document), in: range)))
      } else {
        desk.finish(id, .success([]))
      }
    }
    return .later
  }

  private func hints(_ document: OpenDocument, _ analysis: PlanAnalysis, in range: TextRange?) -> JSONValue {
    let text = document.text
    let hints = currentHints(document, analysis)
    return .array(
      hints.filter { hint in
        guard let range else { return true }
        return (range.start.line...max(range.start.line, range.end.line)).contains(hint.line)
      }
      .map { $0.json(text, encoding) })
  }

  /// The hints of the last good preview at the lines where its parts now stand.
  func currentHints(_ document: OpenDocument, _ analysis: PlanAnalysis) -> [InlayHint] {
    guard settings.previews, let ready = document.preview else { return [] }
    let isBehind = analysis.file.plan == nil || document.failedSerial == document.serial
    let areCurrent = document.hintsAreOf.map { $0 == (document.serial, document.revision) } ?? false
    if let plan = analysis.file.plan, !isBehind, !areCurrent {
      document.hintsAreOf = (document.serial, document.revision)
      let text = document.text
      document.hints =
        HintMaking(
          plan: plan, ready: ready, baseline: document.baseline, settings: settings,
          line: { span in text.lineNumber(of: text.offset(of: span.start)) }
        ).hints
    }
    return isBehind ? document.hints.map(\.ofEarlier) : document.hints
  }
}
