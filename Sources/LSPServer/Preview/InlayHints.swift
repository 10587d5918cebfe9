import Diagnostics
import JSONCore
import JSONRPC
import PlanModel
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
      && document.complete != document.state
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
  func currentHints(_ document: OpenDocument, _ analysis: PlanAnalysis) -> [PlacedHint] {
    guard settings.previews, document.preview != nil else { return [] }
    placeHints(document)
    guard isBehind(document, analysis) else { return document.placedHints }
    return document.placedHints.map { PlacedHint(hint: $0.hint.ofEarlier, line: $0.line) }
  }

  /// Whether the hints are of an earlier text, as there are no figures of this one.
  private func isBehind(_ document: OpenDocument, _ analysis: PlanAnalysis) -> Bool {
    analysis.file.plan == nil || document.failedSerial == document.serial
  }

  /// Finds the lines of the hints in a text that was checked; in one with faults they stay where they are.
  func placeHints(_ document: OpenDocument) {
    guard let analysis = document.analysis, let plan = analysis.file.plan, !isBehind(document, analysis),
      document.hints != nil || document.placedSerial != document.serial
    else { return }
    if let hints = document.hints { document.latestHints = hints }
    document.hints = nil
    document.placedSerial = document.serial
    let places = HintPlaces(plan, document)
    // One a line at most: of two the first of plan, component and term.
    var taken: Set<Int> = []
    document.placedHints = document.latestHints.filter(settings.shows).compactMap { hint in
      guard let line = places.line(hint.place), taken.insert(line).inserted else { return nil }
      return PlacedHint(hint: hint, line: line)
    }
  }
}

/// Where the parts of a plan stand in its own text.
private struct HintPlaces {
  private let document: OpenDocument
  private let plan: Plan
  private let components: [String: Component]

  init(_ plan: Plan, _ document: OpenDocument) {
    (self.plan, self.document) = (plan, document)
    components = Dictionary(plan.components.map { ($0.name.text, $0) }) { first, _ in first }
  }

  /// The line of a place, from 0; nil for one that is in another file, or no more.
  func line(_ place: InlayHint.Place) -> Int? {
    let span: SourceSpan? =
      switch place {
      case .plan: plan.name.span
      case .component(let name): components[name]?.name.span
      case .term(let component, let pointer): components[component]?.configSpans[pointer]
      }
    guard let span, span.file == document.file else { return nil }
    return document.text.lineNumber(of: document.text.offset(of: span.start))
  }
}

extension Settings {
  fileprivate func shows(_ hint: InlayHint) -> Bool {
    switch hint.place {
    case .plan: showsPlan
    case .component: showsComponents
    case .term: showsBands
    }
  }
}
