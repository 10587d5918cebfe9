import Diagnostics
import Engine
import Sessions

/// Previews that are asked for, and what becomes of them.
extension Desk {
  /// Has the payouts of a plan computed.
  func previewPayouts(_ document: OpenDocument, _ analysis: PlanAnalysis) {
    guard settings.previews else { return }
    worker.submit(job(document, analysis))
    if analysis.file.plan == nil { hintsWaitNoMore(document) }
  }

  func job(_ document: OpenDocument, _ analysis: PlanAnalysis) -> PreviewWorker.Job {
    PreviewWorker.Job(
      uri: document.uri, state: document.state, file: analysis.file, text: document.text.bytes,
      saved: document.saved.text, savedNumber: document.saved.number,
      directory: directory, dataFolder: document.dataFolder(settings),
      settings: settings)
  }

  func previewReady(_ uri: String, _ ready: ReadyPreview, _ faults: [Diagnostic], _ hints: [InlayHint]) {
    guard let document = documents[uri] else { return }
    // Terms that a module refuses leave holes in the figures: the last whole ones are worth more.
    if document.preview != nil, ready.preview.outcome.planDiagnostics.hasErrors {
      return previewFailed(uri, ready.state, faults)
    }
    document.preview = ready
    document.hints = hints
    document.failedSerial = nil
    finish(document, ready.state, faults)
  }

  func previewFailed(_ uri: String, _ state: DocumentState, _ faults: [Diagnostic]) {
    guard let document = documents[uri] else { return }
    document.failedSerial = state.serial
    finish(document, state, faults)
    hintsReady(uri, state, nil)
  }

  private func finish(_ document: OpenDocument, _ state: DocumentState, _ faults: [Diagnostic]) {
    document.finished = state
    let areNew = faults != document.dataFaults
    document.dataFaults = faults
    if areNew { republish(document) }
    placeHints(document)
    refreshHints()
  }

  /// The hints with what each term pays are there; nil when they are those that were shown already.
  func hintsReady(_ uri: String, _ state: DocumentState, _ hints: [InlayHint]?) {
    guard let document = documents[uri] else { return }
    document.complete = state
    if let hints {
      document.hints = hints
      placeHints(document)
      refreshHints()
    }
    hintsWaitNoMore(document)
  }

  /// Answers those who asked for hints before the preview was there.
  func hintsWaitNoMore(_ document: OpenDocument) {
    let waiting = document.waitingForHints
    document.waitingForHints = []
    for answer in waiting { answer(self) }
  }

  /// Has the client ask for hints and lenses again.
  func refreshHints() {
    if client.refreshesHints { outbox.request("workspace/inlayHint/refresh", nil) }
    if client.refreshesLenses { outbox.request("workspace/codeLens/refresh", nil) }
  }
}
