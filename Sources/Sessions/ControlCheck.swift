import Diagnostics
import Money
import PlanModel
import Tables

/// Holds the accepted rows of a table against its control totals.
struct ControlCheck {
  private let source: TableSource
  private let table: Table

  init(_ source: TableSource, _ table: Table) { (self.source, self.table) = (source, table) }

  /// What does not agree.
  var faults: [Diagnostic] {
    guard let control = source.control else { return [] }
    var faults: [Diagnostic] = []
    if let (count, place) = control.rows, count != table.rowCount {
      faults.append(
        fault("`\(source.schema.name)` has \(table.rowCount) rows, its control total is \(count)", place))
    }
    for (column, amount) in control.sums {
      guard let sum = Self.sum(table[column.text]), sum != amount else { continue }
      let difference = (try? sum.subtracting(amount)).map { difference in
        let size = ExactDecimal(
          coefficient: Int128(difference.coefficient.magnitude), scale: difference.scale)
        return ": \(size.grouped) too \(difference > .zero ? "much" : "little")"
      }
      faults.append(
        fault(
          "the `\(column.text)` of `\(source.schema.name)` adds up to \(sum.grouped), its control total is "
            + "\(amount.grouped)" + (difference ?? ""), column))
    }
    return faults
  }

  private func fault(_ message: String, _ place: Named) -> Diagnostic {
    Diagnostic(
      .controlTotal, .error, message, at: place.span,
      help: "look for rows that are missing, there twice or rejected, or mend the control total")
  }

  /// What the cells of a column of numbers add up to.
  static func sum(_ column: Column?) -> ExactDecimal? {
    guard let column else { return nil }
    let (cells, places): ([Int64], Int)
    switch column.values {
    case .integer(let numbers): (cells, places) = (numbers, 0)
    case .decimal(let numbers, let digits): (cells, places) = (numbers, digits)
    default: return nil
    }
    var sum = Int128(0)
    for row in cells.indices where !column.isMissing(row) { sum += Int128(cells[row]) }
    return ExactDecimal(coefficient: sum, scale: places)
  }
}
