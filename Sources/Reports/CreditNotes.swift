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
        Derivation.Note(
          text: "passed on from \(from) by `\(rule)`" + share, location: span.map { .source($0) }))
    }
    guard let credit = result.data.plan.credits.rowCredit(of: rule), lines.row[line] >= 0 else {
      return notes
    }
    let row = Int(lines.row[line])
    if let stage = stageNote(credit) { notes.append(stage) }
    if let reason = OwnerReason.of(row, credit, in: result.data), lines.share(line) < 0 {
      notes.append(Derivation.Note(text: reason.text, location: reason.location))
    }
    if let conversion = credit.conversion { notes += conversionNotes(credit, conversion, row) }
    if lines.share(line) >= 0, let split = credit.split, let table = result.data.tables[split.table],
      let share = table[split.percent]?.number(Int(lines.share(line)))
    {
      notes.append(
        Derivation.Note(
          text: "share of \(share.percentage)",
          location: .row(
            file: table.file(of: Int(lines.share(line))), line: Int(table.lines[Int(lines.share(line))]),
            column: nil)))
    }
    return notes
  }

  /// The arithmetic of an amount that is a part of the row's, due at a stage.
  private func stageNote(_ credit: RowCredit) -> Derivation.Note? {
    let plan = result.data.plan
    guard let point = credit.amount.lastIndex(of: "."),
      let stated = plan.credits.first(where: { $0.name.text == credit.amount }),
      let column = plan.computed.first(where: {
        $0.table == credit.table && $0.column.name == credit.amount
      }), let words = column.words
    else { return nil }
    return Derivation.Note(
      text: "stage \(credit.amount[credit.amount.index(after: point)...]): \(words)",
      location: .source(stated.name.span))
  }

  /// What part of the line the manager's level gets, where the levels do not all get the whole.
  private var share: String {
    guard let rule = result.data.plan.credits.first(where: { $0.name.text == rule }),
      case .rollUp(let rollUp) = rule.source, !rollUp.shares.isEmpty,
      let level = result.data.people.level(
        of: Int(lines.payee[line]), above: Int(lines.origin(line)), day: lines.day[line])
    else { return "" }
    guard level < rollUp.shares.count else { return "" }
    return ", \(rollUp.shares[level].percentage) for level \(level + 1)"
  }

  /// The amount in its own currency and the rate of the day, where it is not the plan's currency.
  private func conversionNotes(_ credit: RowCredit, _ conversion: Conversion, _ row: Int) -> [Derivation.Note]
  {
    guard let table = result.data.tables[credit.table], let amount = table[credit.amount]?.number(row),
      let currency = table[conversion.currency]?.text(row), currency != result.data.plan.currency.code,
      let rates = result.data.tables[conversion.rates.table],
      let found = conversion.rates.row(of: currency, on: CalendarDate(day: lines.day[line]), in: rates),
      let rate = rates[conversion.rates.rate]?.number(found)
    else { return [] }
    return [
      Derivation.Note(
        text: "\(amount.grouped) \(currency) × \(rate)",
        location: .row(file: rates.file(of: found), line: Int(rates.lines[found]), column: nil))
    ]
  }
}

extension ExactDecimal {
  /// The number as a percentage: 0.333 is `33.3%`.
  fileprivate var percentage: String {
    let scale = max(scale, 2)
    let digits = (try? rescaled(to: scale, rounding: .halfEven)) ?? coefficient
    return "\(ExactDecimal(coefficient: digits, scale: scale - 2).normalized)%"
  }
}
