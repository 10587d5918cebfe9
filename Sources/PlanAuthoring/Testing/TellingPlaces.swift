import Diagnostics
import PlanModel
import Sessions
import Tables

/// The places of diagnostics as tests name them, and whether what was told is what a test expects.
struct TellingPlaces {
  /// The tables whose rows stand in the test or the plan: rows of these are named by table.
  private let tables: [(name: String, file: String, firstLine: Int, lines: Int)]
  /// The rows that were rejected, which know their table.
  private let rejected: [RejectedRow]

  init(rows: [String: TableSource.Origin], plan: PlanFile, rejected: [RejectedRow] = []) {
    self.rejected = rejected
    tables = (plan.terms?.tables ?? []).compactMap { table in
      guard case .inline(let text, let line, let file, _) = rows[table.schema.name] ?? table.origin else {
        return nil
      }
      return (
        table.schema.name, file, line, text.split(separator: "\n", omittingEmptySubsequences: false).count
      )
    }
  }

  /// The place of a diagnostic: `deals:3:date` for the third line of a table's text, `data/deals.csv:3:date` in a data
  /// file, and `plan.yaml:36:50` in a plan, whatever its folder.
  private func name(_ diagnostic: Diagnostic) -> String {
    switch diagnostic.location {
    case .source(let span): return "\(Self.lastName(span.file)):\(span.start.line):\(span.start.column)"
    case .row(let file, let line, let column):
      let own = rejected.first { $0.diagnostic(diagnostic.severity) == diagnostic }?.table
      let table = tables.first {
        $0.file == file && ($0.firstLine..<$0.firstLine + $0.lines).contains(line)
          && (own == nil || own == $0.name)
      }
      let place = table.map { "\($0.name):\(line - $0.firstLine + 1)" } ?? "\(file):\(line)"
      return place + (column.map { ":" + $0 } ?? "")
    case .file(let file): return file
    case nil: return ""
    }
  }

  private static func lastName(_ path: String) -> String {
    String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
  }

  /// Errors that no telling expects, and tellings of which nothing was told.
  func faults(_ told: [Diagnostic], _ tellings: [PlanTest.Telling]?) -> [Diagnostic] {
    func agree(_ diagnostic: Diagnostic, _ telling: PlanTest.Telling) -> Bool {
      guard diagnostic.code.rawValue == telling.code.text else { return false }
      guard let place = telling.place?.text else { return true }
      return (name(diagnostic) + ":").hasPrefix(place + ":")
    }
    let tellings = tellings ?? []
    let unexpected = told.filter { diagnostic in
      diagnostic.severity == .error && !tellings.contains { agree(diagnostic, $0) }
    }
    let missing = tellings.filter { telling in !told.contains { agree($0, telling) } }
    return unexpected
      + missing.map { telling in
        let place = telling.place.map { " at `\($0.text)`" } ?? ""
        let found = told.map { "`\($0.code.rawValue)` at `\(name($0))`" }
        return Diagnostic(
          .testFailed, .error, "`\(telling.code.text)` is not told\(place)", at: telling.code.span,
          help: found.isEmpty
            ? "nothing is told of these rows and this plan" : "told is \(found.joined(separator: ", "))")
      }
  }
}
