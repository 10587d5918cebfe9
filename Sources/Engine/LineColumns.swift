package import Expressions
package import Money
package import Tables

/// Finds the columns that conditions and modules may name, aligned with credited lines.
///
/// `amount` is the credited amount, `date` the day, `payee.x` an attribute of the credited person on that day;
/// any other name is a column of the credited table.
package struct LineColumns {
  private let lines: CreditedLines
  private let context: RunData

  package init(lines: CreditedLines, context: RunData) {
    self.lines = lines
    self.context = context
  }

  /// The column of this name, one cell a line, or nil when there is none.
  package func column(_ name: String) -> Column? {
    if name.hasPrefix("payee.") {
      return context.people.attribute(String(name.dropFirst(6)), payees: lines.payee, days: lines.day)
    }
    switch name {
    case "amount": return Column(name: name, values: .decimal(lines.amount, places: lines.places))
    case "date": return Column(name: name, values: .date(lines.day))
    default: return context.tables[lines.table]?[name]?.gathered(lines.row)
    }
  }

  /// For each line, whether the condition holds.
  package func mask(_ condition: Expression) throws(ArithmeticOverflow) -> [Bool] {
    var found: [String: Column] = [:]
    let evaluator = ColumnEvaluator(rowCount: lines.count) { name in
      if let column = found[name] { return column }
      found[name] = column(name)
      return found[name]
    }
    return try evaluator.mask(condition)
  }
}
