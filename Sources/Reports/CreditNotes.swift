import Diagnostics
import Engine
import Money
import PlanCalendar
import PlanModel
import Tables

/// Says how a line came to its credited amount: converted, shared, passed on.
struct CreditNotes {
  let result: RunResult
  let lines: CreditedLines
  let line: Int
  let rule: String

  var notes: [Derivation.Note] {
    var notes: [Derivation.Note] = []
    if lines.origin(line) >= 0 {
      let from = result.data.people.ids[Int(lines.origin(line))]
      let span = result.data.plan.credits.first { $0.name.text == rule }?.name.span
      notes.append(
        Derivation.Note(text: "passed on from \(from) by `\(rule)`", location: span.map { .source($0) }))
    }
    guard let credit = result.data.plan.credits.rowCredit(of: rule), lines.row[line] >= 0 else {
      return notes
    }
    let row = Int(lines.row[line])
    if let conversion = credit.conversion { notes += conversionNotes(credit, conversion, row) }
    if lines.share(line) >= 0, let split = credit.split, let table = result.data.tables[split.table],
      let share = table[split.percent]?.number(Int(lines.share(line)))
    {
      let percent = ExactDecimal(coefficient: share.coefficient, scale: max(0, share.scale - 2)).normalized
      notes.append(
        Derivation.Note(
          text: "share of \(percent)%",
          location: .row(file: table.file, line: Int(table.lines[Int(lines.share(line))]), column: nil)))
    }
    return notes
  }

  /// The amount in its own currency and the rate of the day, where it is not the plan's currency.
  private func conversionNotes(_ credit: RowCredit, _ conversion: Conversion, _ row: Int) -> [Derivation.Note]
  {
    guard let table = result.data.tables[credit.table], let amount = table[credit.amount]?.number(row),
      let currency = table[conversion.currency]?.text(row), currency != result.data.plan.currency.code,
      let rates = result.data.tables[conversion.table], let currencies = rates[conversion.rateCurrency],
      let days = rates[conversion.rateDate], let values = rates[conversion.rate]
    else { return [] }
    let day = CalendarDate(day: lines.day[line])
    let found = (0..<rates.rowCount).first { currencies.text($0) == currency && days.date($0) == day }
    guard let found, let rate = values.number(found) else { return [] }
    return [
      Derivation.Note(
        text: "\(amount.grouped) \(currency) × \(rate)",
        location: .row(file: rates.file, line: Int(rates.lines[found]), column: nil))
    ]
  }
}
