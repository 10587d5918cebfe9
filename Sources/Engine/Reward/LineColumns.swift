package import Diagnostics
package import Expressions
import Money
import PlanCalendar
package import Tables

/// Finds the columns that conditions and modules may name, aligned with credited lines.
///
/// `amount` is the credited amount, `date` the day, `payee.x` an attribute of the credited person on that day;
/// any other name is a column of the credited table.
package struct LineColumns {
  private let table: Table?
  private let places: Int
  private let payee: [Int32]
  private let row: [Int32]
  private let day: [Int32]
  private let amount: [Int64]
  private let people: Payees

  /// The columns of a stretch of lines.
  init(lines: CreditedLines, range: Range<Int>, context: RunData) {
    table = context.tables[lines.table]
    places = lines.places
    people = context.people
    if range == 0..<lines.count {
      (payee, row, day, amount) = (lines.payee, lines.row, lines.day, lines.amount)
    } else {
      payee = Array(lines.payee[range])
      row = Array(lines.row[range])
      day = Array(lines.day[range])
      amount = Array(lines.amount[range])
    }
  }

  /// Everybody once, on a day, with nothing sold.
  init(everyoneOn day: CalendarDate, period: Int, context: RunData) {
    let count = context.people.count
    table = nil
    places = 0
    people = context.people
    payee = Array(0..<Int32(count))
    row = [Int32](repeating: -1, count: count)
    self.day = [Int32](repeating: day.day, count: count)
    amount = [Int64](repeating: 0, count: count)
  }

  /// The column of this name, one cell a line, or nil when there is none.
  package func column(_ name: String) -> Column? {
    if name.hasPrefix("payee.") {
      return people.attribute(String(name.dropFirst(6)), payees: payee, days: day)
    }
    switch name {
    case "amount": return Column(name: name, values: .decimal(amount, places: places))
    case "date": return Column(name: name, values: .date(day))
    default: return table?[name]?.gathered(row)
    }
  }

  /// For each line, whether the condition holds.
  ///
  /// Where that cannot be said, the fault names the row; `span` is told for what has none.
  package func mask(_ condition: Expression, _ span: SourceSpan) throws(Diagnostic) -> [Bool] {
    do {
      return try ColumnEvaluator(condition, rowCount: payee.count) { column($0) }.mask()
    } catch {
      throw diagnostic(error, condition, span)
    }
  }

  /// The number that a formula has on each line of `only`, or on all; nil where it is empty.
  func decimals(
    _ formula: Expression, only: [Bool]?, _ span: SourceSpan
  ) throws(Diagnostic) -> [ExactDecimal?] {
    do {
      return try ColumnEvaluator(formula, rowCount: payee.count) { column($0) }.decimals(only: only)
    } catch {
      throw diagnostic(error, formula, span)
    }
  }

  /// What tells the values of a formula apart on the lines of `only`, or on all; nil where it is empty.
  func identities(
    _ formula: Expression, only: [Bool]?, _ span: SourceSpan
  ) throws(Diagnostic) -> [Expression.Identity?] {
    do {
      return try ColumnEvaluator(formula, rowCount: payee.count) { column($0) }.values(only: only)
        .map { Expression.Identity($0) }
    } catch {
      throw diagnostic(error, formula, span)
    }
  }

  private func diagnostic(_ fault: EvaluationFault, _ expression: Expression, _ span: SourceSpan)
    -> Diagnostic
  {
    guard let table, let line = fault.row, row[line] >= 0 else {
      return fault.diagnostic(of: expression, at: .source(span))
    }
    return fault.diagnostic(of: expression, at: table.location(row: Int(row[line])))
  }
}
