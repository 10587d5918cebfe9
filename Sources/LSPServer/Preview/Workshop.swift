import Diagnostics
import Sessions

/// What is made on the preview thread, document by document; used from that thread alone.
final class Workshop {
  private let worker: PreviewWorker
  private let inbox: Inbox
  private var benches: [String: Bench] = [:]

  init(_ worker: PreviewWorker, _ inbox: Inbox) {
    self.worker = worker
    self.inbox = inbox
  }

  func forget(_ uris: [String]) {
    for uri in uris { benches[uri] = nil }
  }

  /// What is kept of the document of a job.
  func bench(_ job: PreviewWorker.Job) -> Bench {
    let bench = benches[job.uri] ?? Bench()
    benches[job.uri] = bench
    return bench
  }

  /// Computes the payouts of a text, and tells of them as they come: first the totals, then what each term pays.
  func preview(_ job: PreviewWorker.Job) {
    let (worker, bench) = (worker, bench(job))
    let isStale: @Sendable () -> Bool = { worker.isStale(job) }
    do {
      let made = try bench.preview(job, isCancelled: isStale)
      if isStale() { return }
      let (ready, faults, hints) = (made.ready, made.faults, made.hints)
      inbox.post(.done { $0.previewReady(job.uri, ready, faults, hints) })
      let all = bench.hintsWithTerms(made, job, isCancelled: isStale)
      if !isStale() { inbox.post(.done { $0.hintsReady(job.uri, job.state, all) }) }
    } catch {
      if isStale() { return }
      let faults =
        job.file.plan == nil
        ? bench.session(job, isCancelled: isStale).dataDiagnostics(folder: job.dataFolder) : error.diagnostics
      let own = faults.filter { !$0.isOfRow(in: job.file.file) }
      inbox.post(.done { $0.previewFailed(job.uri, job.state, own) })
    }
  }
}

extension Diagnostic {
  /// Whether it is of a row that stands in the plan itself.
  func isOfRow(in file: String) -> Bool {
    if case .row(file, _, _)? = location { true } else { false }
  }
}
