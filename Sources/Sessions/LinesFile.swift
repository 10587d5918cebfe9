import Diagnostics
import Engine
import Reports
import Synchronization
import SystemIO

/// The file of a run's lines, written block by block while the run goes on, under a temporary name.
final class LinesFile: Sendable {
  private let path: String
  private let file = Mutex<Result<AtomicFile.Staged, Diagnostic>?>(nil)

  init(_ path: String) { self.path = path }

  /// Writes the blocks of a run in their order, each made and formatted on any core.
  func write(_ blocks: Int, _ sections: Int, _ block: @Sendable (Int) -> RunResult?) {
    let words = Mutex<LineWords?>(nil)
    let written = Result { () throws(Diagnostic) in
      try AtomicFile.stage(blocks: blocks, sections: sections, for: path) { number, write in
        guard let result = block(number) else { return }
        let words = words.withLock { words in
          let ready = words ?? LineWords(result.data, forCSV: true)
          words = ready
          return ready
        }
        let csv = ReportCSV(LineReport(result, words: words).report())
        if number == 0 { csv.block(0).withBytes { write(0, $0) } }
        for section in 0..<sections { csv.rows(of: section).withBytes { write(section, $0) } }
      }
    }
    file.withLock { $0 = written }
  }

  /// The file, if lines were taken; it is the caller's from now on.
  func taken() throws(Diagnostic) -> AtomicFile.Staged? {
    try file.withLock { file in
      defer { file = nil }
      return file
    }?.get()
  }

  deinit {
    if case .success(let staged) = file.withLock({ $0 }) { staged.discard() }
  }
}
