import Diagnostics
import Expressions
import PlanModel
import Tables
import YAMLSource

/// Reads where exchange rates stand, and which of them counts: `table`, `currency`, `date`, `rate` and `at`.
struct RateReading {
  let context: ReadingContext

  func read(_ reader: inout MappingReader) -> RateTable? {
    let table = context.table(reader.text("table", why: "the table of rates"))
    let currency = context.column(reader.text("currency"), of: table, wanted: [.text])
    let rate = context.column(reader.text("rate"), of: table, wanted: [.number])
    let at = reader.optionalWord("at", RateTable.At.self) ?? .day
    var date: String?
    if at == .plan {
      if let stated = reader.optional("date") {
        context.report(
          .wrongValue, "rates of the plan hold for all days, and have no `date`", at: stated.span,
          help: "leave it out, or state another `at`")
      }
    } else {
      let stated = reader.optionalText("date")
      if stated == nil {
        reader.reportAbsent(
          "date", .missingKey, "\(reader.what) has no `date`", at: reader.node.span.firstLine,
          help: "name the column with the rate's day, or state `at: plan` for rates of all days")
      }
      date = context.column(stated, of: table, wanted: [.date])
      if date == nil { return nil }
    }
    guard let table, let currency, let rate else { return nil }
    return RateTable(table: table.name, currency: currency, date: date, rate: rate, at: at)
  }
}
