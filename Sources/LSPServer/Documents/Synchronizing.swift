import JSONCore
import Sessions
import SystemIO

/// Documents that are opened, edited, saved and closed.
extension Desk {
  func open(_ params: Parameters) {
    guard let item = params["textDocument"], let uri = item["uri"]?.string, let text = item["text"]?.string
    else { return }
    let document = OpenDocument(
      uri: uri, language: item["languageId"]?.string ?? "", version: item["version"]?.int, text: text)
    documents[uri] = document
    if document.isPlan, let path = document.path, let saved = try? FileBytes.read(path) {
      document.saved(as: saved)
    }
    plan(document, quiet: 0)
    renewWholes(of: document)
  }

  func change(_ params: Parameters) {
    guard let uri = params["textDocument"]?["uri"]?.string, let document = documents[uri] else { return }
    let encoding = encoding
    let changes = params["contentChanges"]?.array ?? []
    document.edit(version: params["textDocument"]?["version"]?.int) { text in
      for change in changes {
        guard let new = change["text"]?.string else { continue }
        guard change["range"] != nil, change["range"] != .null else {
          text = TextDocument(new)
          continue
        }
        guard let range = Parameters.range(change["range"]) else { continue }
        let start = text.offset(of: min(range.start, range.end), encoding)
        let first = text.lineNumber(of: start)
        let last = text.lineNumber(of: text.offset(of: max(range.start, range.end), encoding))
        let isWholeLine = start == text.lineStarts[first]
        let before = text.lineCount
        text.replace(range, with: new, encoding)
        let count = text.lineCount - before + last - first
        let isMoved = isWholeLine && (last > first || count > 0)
        document.moveHints(behind: isMoved ? first - 1 : first, upTo: last, by: count - (last - first))
      }
    }
    // Edits that have come meanwhile are all taken in before the next check, however long one takes.
    plan(document, quiet: settings.debounce)
    renewWholes(of: document)
  }

  func save(_ params: Parameters) {
    guard let uri = params["textDocument"]?["uri"]?.string, let document = documents[uri] else { return }
    renewWholes(of: document)
    guard document.isPlan else { return }
    document.saved(as: document.text.bytes)
    document.saves += 1
    if document.due == nil { previewPayouts(document, analysis(of: document)) }
  }

  /// Looks again at the plans that a document is a part of: they are seen with its text as it is typed.
  private func renewWholes(of part: OpenDocument) {
    guard let path = part.realPath else { return }
    for document in documents.values where document.isPlan && document !== part {
      if document.partPaths.contains(where: { (Path.real($0) ?? $0) == path }) { renew(document) }
    }
  }

  func closeDocument(_ params: Parameters) {
    guard let uri = params["textDocument"]?["uri"]?.string, let document = documents[uri] else { return }
    if document.isPlan {
      worker.forget(uri)
      if !client.pullsDiagnostics { publish(document, []) }
      for waiting in document.waitingForHints { waiting(self) }
    }
    documents[uri] = nil
    renewWholes(of: document)
  }

  /// Puts off a look at a document until it has been left alone for some milliseconds.
  private func plan(_ document: OpenDocument, quiet: Int) {
    if document.isPlan { document.due = SystemClock.monotonicMilliseconds + quiet }
  }

  /// Looks again at a document whose text is the same, since something around it has changed.
  func renew(_ document: OpenDocument) {
    guard document.isPlan else { return }
    document.outdate()
    plan(document, quiet: settings.debounce)
  }

  /// Checks a plan, says what is wrong with it, and has its payouts previewed.
  func look(at document: OpenDocument) {
    let analysis = analysis(of: document)
    if !client.pullsDiagnostics { publish(document, diagnostics(document, analysis)) }
    placeHints(document)
    previewPayouts(document, analysis)
  }

  // MARK: Files beside the plans

  /// How often data files are looked at where the client does not tell, in milliseconds.
  static let lookEvery = 1500

  /// Whether this server looks itself whether data has changed.
  var watchesDataItself: Bool { !client.watchesFiles && documents.values.contains(where: \.isPlan) }

  func filesChanged(_ uris: [String]) {
    let paths = uris.compactMap { DocumentURI.path($0) }
    if paths.contains(where: { $0.hasSuffix("/module.json") }) { renewModules() }
    for document in documents.values where document.isPlan {
      let own = Set((document.dataPaths(settings) + document.partPaths).compactMap { Path.real($0) ?? $0 })
      if paths.contains(where: { own.contains(Path.real($0) ?? $0) }) { renew(document) }
    }
  }

  /// Renews the plans whose data files are others than when they were last read.
  func lookAtData() {
    for document in documents.values where document.isPlan {
      let stamps = (document.dataPaths(settings) + document.partPaths).map { FileStamp($0) }
      if let known = document.dataStamps, known != stamps { renew(document) }
      document.dataStamps = stamps
    }
  }
}
