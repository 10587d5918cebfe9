import Diagnostics
import Engine
import Sessions
import SystemIO

/// A line on standard error that says how far a run is: only on a terminal, and only after a second.
final class ProgressBar {
  private let isWanted = Terminal.errorIsTerminal
  private let start = SystemClock.monotonicSeconds
  private var last = 0.0
  private var isShown = false

  func show(_ progress: PlanSession.Progress) {
    guard isWanted else { return }
    let now = SystemClock.monotonicSeconds
    guard now - start > 1, now - last > 0.1 else { return }
    last = now
    isShown = true
    Terminal.writeError("\r\u{1B}[K" + Self.text(progress))
  }

  func clear() {
    if isShown { Terminal.writeError("\r\u{1B}[K") }
    isShown = false
  }

  private static func text(_ progress: PlanSession.Progress) -> String {
    switch progress {
    case .reading(let file): return "reading \(VisibleText.of(file))"
    case .computing(let run):
      let width = 24
      let done = run.total == 0 ? width : run.done * width / run.total
      let bar = String(repeating: "█", count: done) + String(repeating: "░", count: width - done)
      return "\(VisibleText.of(run.component)) \(bar) \(run.done) of \(run.total) lines"
    }
  }
}
