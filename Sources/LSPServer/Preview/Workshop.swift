import Diagnostics
import Engine
import ModuleHost
import PlanModel
import Sessions

/// The sessions of the preview thread, and what is made in them; used from that thread alone.
final class Workshop {
  private let worker: PreviewWorker
  private let inbox: Inbox
  private var sessions: [String: PlanSession] = [:]
  /// The last tally of each component, by document and name, with the number of the work that it is of.
  private var tallies: [String: (number: Int, periods: Range<Int>, tally: StepTally)] = [:]

  // What each line pays is asked of modules up to so many lines.
  private static let mostTalliedLines = 300_000

  init(_ worker: PreviewWorker, _ inbox: Inbox) {
    self.worker = worker
    self.inbox = inbox
  }

  func forget(_ uris: [String]) {
    for uri in uris {
      sessions[uri] = nil
      tallies = tallies.filter { !$0.key.hasPrefix(uri + "\n") }
    }
  }

  /// The session of a text: the modules of the document's last one run on, and what it computed is taken over.
  func session(_ job: PreviewWorker.Job) -> PlanSession { session(job, job.file) }

  private func session(_ job: PreviewWorker.Job, _ file: PlanFile) -> PlanSession {
    let session =
      sessions[job.uri].map { PlanSession(file, after: $0) }
      ?? PlanSession(file, modules: job.directory, deadlines: .init(start: 10, call: 60))
    sessions[job.uri] = session
    return session
  }

  func preview(_ job: PreviewWorker.Job) {
    let worker = worker
    let isStale: () -> Bool = { worker.isStale(job) }
    if let file = job.baseline, let outcome = try? session(job, file).run(job.options, isCancelled: isStale) {
      let preview = PayoutPreview(outcome)
      inbox.post(.done { $0.baselineReady(job.uri, preview) })
    }
    let session = session(job)
    do {
      let outcome = try session.run(job.options, isCancelled: isStale)
      if isStale() { return }
      let preview = PayoutPreview(outcome)
      let ready = ReadyPreview(
        serial: job.serial, preview: preview, period: ReadyPreview.period(preview, job.settings))
      let faults = outcome.dataFaults
      inbox.post(.done { $0.previewReady(job.uri, ready, faults) })
      addTallies(job, session, ready, isStale)
    } catch {
      if isStale() { return }
      let faults =
        job.file.plan == nil ? session.dataDiagnostics(folder: job.dataFolder) : error.diagnostics
      let own = faults.filter { !$0.isOfRow(in: job.file.file) }
      inbox.post(.done { $0.previewFailed(job.uri, job.serial, own) })
    }
  }

  private func addTallies(
    _ job: PreviewWorker.Job, _ session: PlanSession, _ ready: ReadyPreview, _ isStale: () -> Bool
  ) {
    guard job.settings.showsBands else { return }
    var found: [String: StepTally] = [:]
    let result = ready.preview.result
    for component in result.components {
      let name = component.component.name.text
      guard let figures = component.figures, figures.lines.count <= Self.mostTalliedLines,
        let number = result.memory.number(ofComponent: name)
      else { continue }
      let key = job.uri + "\n" + name
      if let known = tallies[key], known.number == number, known.periods == ready.periods {
        found[name] = known.tally
        continue
      }
      let tally = try? session.tally(
        ready.preview.outcome, component: name, periods: ready.periods, isCancelled: isStale)
      if isStale() { return }
      tallies[key] = tally.map { (number, ready.periods, $0) }
      found[name] = tally
    }
    let all = found
    inbox.post(.done { $0.talliesReady(job.uri, job.serial, all) })
  }
}

extension RunOutcome {
  /// What is wrong with data: rows and files, and what the run had to tell of them.
  fileprivate var dataFaults: [Diagnostic] {
    let plan = Set(planDiagnostics)
    return diagnostics.filter { !plan.contains($0) && !$0.isOfRow(in: planFile.file) }
  }
}

extension Diagnostic {
  /// Whether it is of a row that stands in the plan itself.
  fileprivate func isOfRow(in file: String) -> Bool {
    if case .row(file, _, _)? = location { true } else { false }
  }
}
