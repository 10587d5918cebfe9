import Diagnostics
import JSONRPC
import ModuleHost
import PlanCalendar
import Sessions

/// Computes payouts on a thread of its own, beside the one that talks to the editor.
///
/// Of each document only the newest text is computed: what is newer takes the place of what waits, and stops what
/// runs. The thread, and all that it starts, gives way to the one that answers the editor.
final class PreviewWorker: Sendable {
  /// A text whose payouts are wanted.
  struct Job: Sendable {
    let uri: String
    let state: DocumentState
    let file: PlanFile
    let text: [UInt8]
    /// The text that its payouts are compared with, and its number among those of the document.
    let saved: [UInt8]
    let savedNumber: Int
    let directory: ModuleDirectory
    let dataFolder: String?
    let settings: Settings

    var options: PlanSession.RunOptions {
      PlanSession.RunOptions(dataFolder: dataFolder, asOf: settings.asOf, keepsLines: false)
    }

    /// What the payouts that are compared with depend on.
    struct BaselineKey: Equatable {
      let number: Int
      /// Nil where what is committed does not matter.
      let saves: Int?
      let dataFolder: String?
      let asOf: CalendarDate?
    }

    var baselineKey: BaselineKey {
      BaselineKey(
        number: savedNumber, saves: settings.comparesWithCommitted ? state.saves : nil,
        dataFolder: dataFolder, asOf: settings.asOf)
    }
  }

  private struct State {
    var jobs: [Job] = []
    var tasks: [@Sendable (Workshop) -> Void] = []
    var forgotten: [String] = []
    var newest: [String: DocumentState] = [:]
  }

  private let state = Mailbox(State())

  init(_ inbox: Inbox) {
    BackgroundThread.start(niceness: 5) { [self] in
      let workshop = Workshop(self, inbox)
      while true { work(workshop) }
    }
  }

  /// Has a text computed, unless it has been already.
  func submit(_ job: Job) {
    state.update { state in
      if state.newest[job.uri] == job.state { return }
      state.newest[job.uri] = job.state
      state.jobs.removeAll { $0.uri == job.uri }
      state.jobs.append(job)
    }
  }

  /// Has something done once the texts that wait are computed.
  func perform(_ task: @escaping @Sendable (Workshop) -> Void) { state.update { $0.tasks.append(task) } }

  func forget(_ uri: String) {
    state.update { state in
      state.newest[uri] = nil
      state.jobs.removeAll { $0.uri == uri }
      state.forgotten.append(uri)
    }
  }

  func forgetAll() {
    for uri in state.update({ Array($0.newest.keys) }) { forget(uri) }
  }

  /// Whether a newer text has come, or the document was closed.
  func isStale(_ job: Job) -> Bool { state.update { $0.newest[job.uri] != job.state } }

  private enum Work {
    case job(Job)
    case task(@Sendable (Workshop) -> Void)
    case forget([String])
  }

  private func work(_ workshop: Workshop) {
    let next = state.wait { state -> Work? in
      if !state.forgotten.isEmpty {
        defer { state.forgotten = [] }
        return .forget(state.forgotten)
      }
      if !state.jobs.isEmpty { return .job(state.jobs.removeFirst()) }
      return state.tasks.isEmpty ? nil : .task(state.tasks.removeFirst())
    }
    switch next {
    case .job(let job): workshop.preview(job)
    case .task(let task): task(workshop)
    case .forget(let uris): workshop.forget(uris)
    }
  }
}
