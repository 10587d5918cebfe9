import Diagnostics
import Engine
import ModuleHost
import PlanModel
import Sessions
import Synchronization

/// What the preview thread keeps of a document from one text to the next.
final class Bench {
  /// What a text came to.
  struct Made {
    let ready: ReadyPreview
    /// What is wrong with the data.
    let faults: [Diagnostic]
    let hints: [InlayHint]
    fileprivate let session: PlanSession
  }

  /// What payouts are compared with.
  struct Baseline {
    fileprivate let key: PreviewWorker.Job.BaselineKey
    /// Of its own for each.
    let number: Int
    /// Nil where the text could not be run.
    let preview: PayoutPreview?
    /// What the plan is called as it is there: saved, or committed.
    let word: String
  }

  /// Whether what is made now is still wanted; modules in the middle of their work are asked too.
  private let wanted = StillWanted()
  private var session: PlanSession?
  private var last: PayoutPreview?
  private var baseline: Baseline?
  private var tallies: [String: NumberedTally] = [:]
  private var hints = HintMemory()

  // What each line pays is asked of modules up to so many lines.
  private static let mostTalliedLines = 300_000

  /// The session of a text: the modules of the document's last one run on, and what it computed is taken over.
  func session(_ job: PreviewWorker.Job, isCancelled: @escaping @Sendable () -> Bool) -> PlanSession {
    wanted.ask(isCancelled)
    return session(job, job.file)
  }

  private func session(_ job: PreviewWorker.Job, _ file: PlanFile) -> PlanSession {
    let next =
      session.map { PlanSession(file, after: $0) }
      ?? PlanSession(
        file, modules: job.directory,
        deadlines: .init(start: 10, call: 60) { [wanted] in !wanted.holds })
    session = next
    return next
  }

  func preview(
    _ job: PreviewWorker.Job, isCancelled: @escaping @Sendable () -> Bool
  ) throws(RunFaults) -> Made {
    wanted.ask(isCancelled)
    guard job.file.plan != nil else { throw RunFaults([]) }
    // Where it is this same text that is compared with, its own payouts are kept.
    let compared = baseline?.key == job.baselineKey ? nil : ComparedText(job)
    if let compared, compared.bytes != job.text { _ = try baseline(job, compared, isCancelled) }
    let session = session(job, job.file)
    let outcome = try session.run(job.options, isCancelled: isCancelled)
    let preview = PayoutPreview(outcome, after: last)
    last = preview
    if let compared, compared.bytes == job.text { keep(preview, job, compared.word) }
    let ready = ReadyPreview(
      state: job.state, preview: preview, period: ReadyPreview.period(preview, job.settings))
    return Made(ready: ready, faults: outcome.dataFaults, hints: hints(ready), session: session)
  }

  private func hints(_ ready: ReadyPreview) -> [InlayHint] {
    hints.hints(ready, baseline: baseline, tallies: tallies)
  }

  // MARK: What is compared with

  /// What the saved, or the committed text pays.
  func baseline(
    _ job: PreviewWorker.Job, isCancelled: @escaping @Sendable () -> Bool
  ) throws(RunFaults) -> Baseline {
    wanted.ask(isCancelled)
    if let baseline, baseline.key == job.baselineKey { return baseline }
    return try baseline(job, ComparedText(job), isCancelled)
  }

  private func baseline(
    _ job: PreviewWorker.Job, _ text: ComparedText, _ isCancelled: @escaping () -> Bool
  ) throws(RunFaults) -> Baseline {
    let file = PlanFile(bytes: text.bytes, file: job.file.file)
    do {
      return keep(
        PayoutPreview(try session(job, file).run(job.options, isCancelled: isCancelled)), job, text.word)
    } catch {
      if isCancelled() { throw error }
      return keep(nil, job, text.word)
    }
  }

  @discardableResult
  private func keep(_ preview: PayoutPreview?, _ job: PreviewWorker.Job, _ word: String) -> Baseline {
    let new = Baseline(
      key: job.baselineKey, number: (baseline?.number ?? 0) + 1, preview: preview, word: word)
    baseline = new
    return new
  }

  // MARK: What terms pay

  /// The hints with what each term pays; nil when nothing came to be known that was not before.
  func hintsWithTerms(
    _ made: Made, _ job: PreviewWorker.Job, isCancelled: () -> Bool
  ) -> [InlayHint]? {
    guard job.settings.showsBands else { return nil }
    let (ready, result) = (made.ready, made.ready.preview.result)
    var found: [String: NumberedTally] = [:]
    var areNew = false
    for component in result.components {
      let name = component.component.name.text
      guard let figures = component.figures, figures.lines.count <= Self.mostTalliedLines,
        let number = result.memory.number(ofComponent: name)
      else { continue }
      if let known = tallies[name], known.number == number, known.periods == ready.periods {
        found[name] = known
        continue
      }
      let tally = try? made.session.tally(
        ready.preview.outcome, component: name, periods: ready.periods, isCancelled: isCancelled)
      if isCancelled() { return nil }
      areNew = true
      found[name] = tally.map { NumberedTally(number: number, periods: ready.periods, tally: $0) }
    }
    tallies = found
    return areNew ? hints(ready) : nil
  }
}

/// Whether the work at hand is still wanted, for whoever does a part of it on any thread.
private final class StillWanted: Sendable {
  private let isCancelled = Mutex<@Sendable () -> Bool>({ false })

  /// Has this asked from now on.
  func ask(_ isCancelled: @escaping @Sendable () -> Bool) { self.isCancelled.withLock { $0 = isCancelled } }

  var holds: Bool { !isCancelled.withLock { $0 }() }
}

extension RunOutcome {
  /// What is wrong with data: rows and files, and what the run had to tell of them.
  fileprivate var dataFaults: [Diagnostic] {
    let plan = Set(planDiagnostics)
    return diagnostics.filter { !plan.contains($0) && !$0.isOfRow(in: planFile.file) }
  }
}
