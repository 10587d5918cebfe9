import Diagnostics
import Expressions
import Money
import PlanCalendar
import PlanModel
import Tables

/// Gives credit for the rows of a table.
struct RowCrediting {
  let rule: CreditRule
  let credit: RowCredit
  let plan: Plan
  let tables: [String: Table]
  let people: Payees
  /// Rows after this day are not there yet.
  let asOf: CalendarDate?

  /// The lines of the rule, and the rows that could not be credited.
  func lines(
    rejected: inout [RejectedRow], notices: inout [Diagnostic]
  ) throws(Diagnostic) -> CreditedLines {
    var lines = CreditedLines(
      rule: rule.name.text, table: credit.table, idColumn: credit.id, places: credit.rounding.places)
    guard let table = tables[credit.table], let ids = table[credit.id], let dates = table[credit.date],
      let amounts = table[credit.amount], case .date(let days) = dates.values
    else { return lines }
    let owners = people.finder.indices(of: table[credit.owner])
    let wanted = try condition(table)
    let shares = credit.split.flatMap { split in
      tables[split.table].map { Shares(split, table: $0, ids: ids, people: people.finder) }
    }
    let rates = credit.conversion.flatMap { conversion -> DayRates? in
      guard let rateTable = tables[conversion.table], let currencies = table[conversion.currency] else {
        return nil
      }
      return DayRates(conversion, rates: rateTable, currencies: currencies, planCurrency: plan.currency.code)
    }
    let last = asOf?.day ?? Int32.max
    var outside: [Int] = []
    for row in 0..<table.rowCount where wanted?[row] ?? true {
      guard days[row] <= last else { continue }
      guard let period = plan.calendar.index(of: CalendarDate(day: days[row])) else {
        outside.append(row)
        continue
      }
      do {
        guard let amount = amounts.number(row) else { throw Refusal.noAmount }
        guard owners[row] != -1 else { throw Refusal.noOwner }
        guard owners[row] >= 0 else { throw Refusal.stranger(table[credit.owner]?.display(row) ?? "") }
        let credited = try converted(amount, row: row, day: days[row], rates)
        let parts = try shares?.shares(of: row, owner: owners[row]) ?? []
        if parts.isEmpty {
          lines.append(
            payee: owners[row], row: Int32(row), day: days[row], period: Int32(period), amount: credited)
          continue
        }
        let amounts = try shares?.parts(of: credited, parts, owner: owners[row], credit.rounding) ?? []
        for (share, amount) in zip(parts, amounts) {
          lines.append(
            payee: share.payee, row: Int32(row), day: days[row], period: Int32(period), amount: amount,
            share: share.row)
        }
      } catch let refusal as Refusal {
        rejected.append(reject(table, row, refusal))
      } catch let fault as Shares.Fault {
        rejected.append(reject(table, row, .shares(fault)))
      } catch {
        throw Diagnostic(
          .arithmeticOverflow, .error, "the amount is too large to credit exactly",
          at: .row(file: table.file, line: Int(table.lines[row]), column: credit.amount))
      }
    }
    if let notice = RowNotice.outside(outside, dates, of: table) { notices.append(notice) }
    lines.sort(rank: Self.ranks(ids))
    return lines
  }

  /// The place of each row's id when the ids are sorted by their bytes, or as numbers.
  static func ranks(_ ids: Column) -> [Int32] {
    switch ids.values {
    case .text(let codes, let pool):
      let ranks = pool.ranks()
      return codes.map { ranks[Int($0)] }
    case .integer(let numbers):
      let order = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
      var ranks = [Int32](repeating: 0, count: numbers.count)
      for (rank, row) in order.enumerated() { ranks[row] = Int32(rank) }
      return ranks
    default: return (0..<Int32(ids.count)).map { $0 }
    }
  }

  private enum Refusal: Error {
    case noAmount, noOwner
    case stranger(String)
    case noRate
    case shares(Shares.Fault)
  }

  private func condition(_ table: Table) throws(Diagnostic) -> [Bool]? {
    guard let condition = credit.condition else { return nil }
    do {
      return try ColumnEvaluator(rowCount: table.rowCount) { table[$0] }.mask(condition)
    } catch {
      throw Diagnostic(
        .arithmeticOverflow, .error, "a figure of `where: \(condition.text)` is too large", at: rule.name.span
      )
    }
  }

  private func converted(_ amount: ExactDecimal, row: Int, day: Int32, _ rates: DayRates?) throws -> Int64 {
    var exact = amount
    if let rates {
      guard let rate = rates.rate(row: row, day: day) else { throw Refusal.noRate }
      exact = try amount.multiplied(by: rate)
    }
    let rounded = try exact.rescaled(to: credit.rounding.places, rounding: credit.rounding.mode)
    guard let credited = Int64(exactly: rounded) else { throw ArithmeticOverflow() }
    return credited
  }

  private func reject(_ table: Table, _ row: Int, _ refusal: Refusal) -> RejectedRow {
    let (code, column, message, help): (DiagnosticCode, String, String, String?) =
      switch refusal {
      case .noAmount: (.valueMissing, credit.amount, "the row has no amount to credit", nil)
      case .noOwner:
        (
          .valueMissing, credit.owner, "the row has no owner to credit",
          "leave such rows out with `where: has(\(credit.owner))`"
        )
      case .stranger(let word):
        (
          .danglingKey, credit.owner, "`\(word)` is not among the people of the plan",
          Suggestion.nearest(to: word, in: people.count <= 2000 ? people.ids : []).map {
            "did you mean `\($0)`?"
          }
        )
      case .noRate:
        (
          .noRate, credit.conversion?.currency ?? "",
          "there is no rate for \(table[credit.conversion?.currency ?? ""]?.display(row) ?? "?") on "
            + "\(table[credit.date]?.display(row) ?? "?")", "add the rate of that day"
        )
      case .shares(.sum(let sum)):
        (
          .splitSum, credit.id, "the shares of this row add up to \(percent(sum)), not 100%",
          "mend its rows in table `\(credit.split?.table ?? "")`"
        )
      case .shares(.ownerMissing):
        (
          .splitSum, credit.owner, "the owner is not among the people who share this row",
          "add the owner to the split, or state `remainder: largest`"
        )
      case .shares(.stranger):
        (.splitSum, credit.id, "a person or percentage in the split of this row is empty or unknown", nil)
      }
    return RejectedRow(
      table: table.name, file: table.file, line: Int(table.lines[row]), column: column, code: code,
      message: message, help: help)
  }

  private func percent(_ value: ExactDecimal) -> String {
    ExactDecimal(coefficient: value.coefficient, scale: max(0, value.scale - 2)).normalized.description + "%"
  }
}
