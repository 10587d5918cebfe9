import Diagnostics
import ModuleProtocol
import PlanModel

/// Checks a module's answer before anything of it is used: one cell a row, of the kinds that it promised.
struct EarningsCheck: Sendable {
  let component: Component
  let contract: ComponentContract

  /// An answer that kept what was promised.
  struct Answer: Sendable {
    /// What each line earned, then each column given, in the order promised.
    let lines: [[Int64]]
    let adjustments: [Int64]
    /// Each column given of the periods, in the order promised, and which of its cells are empty.
    let periods: [(cells: [Int64], missing: [Bool]?)]
    /// For each line, the row of its period in the batch.
    let periodRows: [Int64]
  }

  func checked(_ earnings: Earnings, _ batch: Batch) throws(Diagnostic) -> Answer {
    guard earnings.lines.count == batch.lines.count, earnings.periods.count == batch.periods.count else {
      throw lie(
        "it answered \(earnings.lines.count) lines and \(earnings.periods.count) periods to a batch of "
          + "\(batch.lines.count) and \(batch.periods.count)")
    }
    var lines = [try cells(earnings.lines, "earned", places: contract.gives.places)]
    for gift in contract.gives.lines {
      lines.append(try cells(earnings.lines, gift.name, places: gift.places))
    }
    var periods: [(cells: [Int64], missing: [Bool]?)] = []
    for gift in contract.gives.periods {
      let cells = try cells(earnings.periods, gift.name, places: gift.places, mayBeEmpty: true)
      periods.append((cells, earnings.periods[gift.name]?.missing))
    }
    guard case .integer(let rows)? = batch.lines["period_row"]?.values else {
      throw lie("its batch has no periods")
    }
    return Answer(
      lines: lines,
      adjustments: try cells(earnings.periods, "adjustment", places: contract.gives.places), periods: periods,
      periodRows: rows)
  }

  private func cells(
    _ frame: Frame, _ name: String, places: Int, mayBeEmpty: Bool = false
  ) throws(Diagnostic) -> [Int64] {
    guard let column = frame[name] else { throw lie("its answer has no column `\(name)`, which it promised") }
    guard case .decimal(let cells, places) = column.values, cells.count == frame.count,
      column.missing == nil || mayBeEmpty
    else {
      throw lie(
        "column `\(name)` is not one decimal of \(places) places for each row\(mayBeEmpty ? " that has one" : "")"
      )
    }
    return cells
  }

  private func lie(_ what: String) -> Diagnostic {
    Diagnostic(
      .moduleProtocol, .error, "module `\(component.module.text)` broke the protocol: \(what)",
      at: component.module.span)
  }
}
