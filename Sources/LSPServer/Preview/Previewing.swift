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
    defer { document.savedText = nil }
    return PreviewWorker.Job(
      uri: document.uri, serial: analysis.serial, file: analysis.file,
      baseline: document.savedText.map { PlanFile(bytes: $0, file: document.file) }, directory: directory,
      dataFolder: document.dataFolder(settings), settings: settings)
  }

  func baselineReady(_ uri: String, _ preview: PayoutPreview) {
    documents[uri]?.baseline = preview
    documents[uri]?.revision += 1
  }

  func previewReady(_ uri: String, _ ready: ReadyPreview, _ faults: [Diagnostic]) {
    guard let document = documents[uri] else { return }
    // Terms that a module refuses leave holes in the figures: the last whole ones are worth more.
    if document.preview != nil, ready.preview.outcome.planDiagnostics.hasErrors {
      return previewFailed(uri, ready.serial, faults)
    }
    var ready = ready
    // What terms paid is kept until it has been counted anew, lest hints come and go.
    if let last = document.preview, last.periods == ready.periods { ready.tallies = last.tallies }
    document.preview = ready
    document.revision += 1
    document.failedSerial = nil
    if let wanted = document.baselineSerial, wanted <= ready.serial {
      document.baseline = ready.preview
      document.baselineSerial = nil
    }
    finish(document, ready.serial, faults)
  }

  func previewFailed(_ uri: String, _ serial: Int, _ faults: [Diagnostic]) {
    guard let document = documents[uri] else { return }
    document.failedSerial = serial
    finish(document, serial, faults)
  }

  private func finish(_ document: OpenDocument, _ serial: Int, _ faults: [Diagnostic]) {
    document.finishedSerial = serial
    let areNew = faults != document.dataFaults
    document.dataFaults = faults
    if areNew { republish(document) }
    // Made now, so that they are there if the next edit breaks the plan.
    _ = currentHints(document, analysis(of: document))
    hintsWaitNoMore(document)
    refreshHints()
  }

  func talliesReady(_ uri: String, _ serial: Int, _ tallies: [String: StepTally]) {
    guard let document = documents[uri], document.preview?.serial == serial else { return }
    document.preview?.tallies = tallies
    document.revision += 1
    _ = currentHints(document, analysis(of: document))
    refreshHints()
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
