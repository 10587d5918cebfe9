import Diagnostics
import Expressions
import Money
import Parallelism
import PlanCalendar
import PlanModel
import Tables

/// Gives credit for the rows of a table, a stretch of rows at a time on all cores.
struct RowCrediting: Sendable {
  private static let rowsAStretch = 1 << 15

  let rule: CreditRule
  let credit: RowCredit
  let plan: Plan
  let tables: [String: Table]
  let people: Payees
  let ranks: RowRanks
  let periods: PeriodOfDay
  /// Whether lines are left dealt out to groups of payees.
  var isDealt = false
  /// Rows after this day are not there yet.
  let asOf: CalendarDate?

  /// The lines of the rule, and the rows that could not be credited.
  func lines(
    rejected: inout [RejectedRow], notices: inout [Diagnostic]
  ) throws(Diagnostic) -> CreditedLines {
    var lines = CreditedLines(
      rule: rule.name.text, table: credit.table, idColumn: credit.id, places: credit.rounding.places)
    guard let table = tables[credit.table], let input = try input(table, &rejected) else { return lines }
    let ordering = LineOrdering(
      payees: people.count, days: periods.days, ranks: ranks, comesInRankOrder: ranks.isRowOrder)
    let stretches = Parallel.stretches(table.rowCount, size: Self.rowsAStretch)
    let done = Parallel.map(stretches.count) { index in
      var stretch = Stretch()
      credit(stretches[index], input, &stretch)
      let part = ordering.part(stretch.drafts)
      stretch.drafts = []
      return (part: part, stretch: stretch)
    }
    if let row = done.lazy.compactMap(\.stretch.tooLarge).first {
      throw Diagnostic(
        .arithmeticOverflow, .error, "the amount is too large to credit exactly",
        at: .row(file: table.file(of: row), line: Int(table.lines[row]), column: credit.amount))
    }
    for (row, refusal) in done.lazy.flatMap(\.stretch.refused) {
      rejected.append(Refusal.rejection(of: row, refusal, credit, table, people))
    }
    let outside = done.flatMap(\.stretch.outside)
    if let dates = table[credit.date],
      let notice = RowNotice.outside(
        outside, dates, of: table, so: "the row is credited to nobody",
        help: "mend the day, or leave such rows out with `where`")
    {
      notices.append(notice)
    }
    if isDealt {
      lines.dealt = DealtLines(ordering, done.map(\.part))
    } else {
      ordering.order(done.map(\.part), into: &lines)
    }
    lines.houseRows = done.reduce(0) { $0 + $1.stretch.house }
    return lines
  }

  /// The columns of the table as crediting reads them.
  private struct Input: Sendable {
    let days: [Int32]
    let amounts: [Int64]
    let noAmount: [Bool]?
    let owners: Owners
    let wanted: [Bool]?
    let shares: Shares?
    let rates: DayRates?
    let product: ScaledProduct
  }

  /// What a stretch of rows gave.
  private struct Stretch: Sendable {
    var drafts: [LineDraft] = []
    var refused: [(row: Int, refusal: Refusal)] = []
    var outside: [Int] = []
    var house = 0
    var tooLarge: Int?
  }

  private func input(_ table: Table, _ rejected: inout [RejectedRow]) throws(Diagnostic) -> Input? {
    guard let ids = table[credit.id], let amounts = table[credit.amount],
      case .date(let days)? = table[credit.date]?.values
    else { return nil }
    let (cells, places): ([Int64], Int) =
      switch amounts.values {
      case .decimal(let cells, let places): (cells, places)
      case .integer(let cells): (cells, 0)
      default: ([], 0)
      }
    if cells.isEmpty { return nil }
    var rates: DayRates?
    if let conversion = credit.conversion, let source = tables[conversion.table],
      let currencies = table[conversion.currency]
    {
      rates = DayRates(
        conversion, rates: source, currencies: currencies, planCurrency: plan.currency.code,
        days: periods.days, rejected: &rejected)
    }
    let owners = try Owners(credit, of: table, tables: tables, people: people)
    let wanted = try credit.condition.map { condition throws(Diagnostic) in try table.mask(condition) }
    do {
      let shares = try credit.split.flatMap { split throws(ArithmeticOverflow) -> Shares? in
        guard let table = tables[split.table] else { return nil }
        return try Shares(split, table: table, ids: ids, people: people.finder, rounding: credit.rounding)
      }
      return Input(
        days: days, amounts: cells, noAmount: amounts.missing,
        owners: owners,
        wanted: wanted, shares: shares, rates: rates,
        product: try ScaledProduct(
          places: places + (rates?.places ?? 0), to: credit.rounding.places, credit.rounding.mode))
    } catch {
      throw Diagnostic(.arithmeticOverflow, .error, "a figure is too large", at: rule.name.span)
    }
  }

  /// Credits a stretch of rows; stops at the first amount that is too large.
  private func credit(_ rows: Range<Int>, _ input: Input, _ stretch: inout Stretch) {
    stretch.drafts.reserveCapacity(rows.count + rows.count / 4)
    let last = asOf?.day ?? Int32.max
    for row in rows where input.wanted?[row] ?? true {
      let day = input.days[row]
      guard day <= last else { continue }
      let period = periods[day]
      if period < 0 {
        stretch.outside.append(row)
        continue
      }
      let owner = input.owners[row]
      let parts = input.shares?.shares(of: row) ?? 0..<0
      if owner == Owners.house, parts.isEmpty {
        stretch.house += 1
        continue
      }
      if let refusal = refusal(row, owner, day, input) {
        stretch.refused.append((row, refusal))
        continue
      }
      do {
        let amount = try input.product(input.amounts[row], input.rates?.rate(row: row, day: day) ?? 1)
        var draft = LineDraft(payee: owner, row: Int32(row), day: day, period: period, amount: amount)
        guard let shares = input.shares, !parts.isEmpty else {
          if let team = input.owners.team(owner) {
            for (place, payee) in team.payees.enumerated() {
              draft.payee = payee
              draft.amount =
                team.isEqual ? Owners.equalPart(of: amount, place, of: team.payees.count) : amount
              stretch.drafts.append(draft)
            }
          } else {
            stretch.drafts.append(draft)
          }
          continue
        }
        if let fault = shares.fault(parts, owner: owner) {
          stretch.refused.append((row, .shares(fault)))
          continue
        }
        try shares.cut(amount, parts, owner: owner) { payee, share, part in
          (draft.payee, draft.share, draft.amount) = (payee, share, part)
          stretch.drafts.append(draft)
        }
      } catch {
        stretch.tooLarge = row
        return
      }
    }
  }

  @inline(__always)
  private func refusal(_ row: Int, _ owner: Int32, _ day: Int32, _ input: Input) -> Refusal? {
    if input.noAmount?[row] ?? false { return .noAmount }
    switch owner {
    case Owners.none: return .noOwner
    case Owners.stranger: return .stranger
    case Owners.ambiguous: return .ambiguous
    default: break
    }
    if let rates = input.rates, rates.rate(row: row, day: day) == nil {
      return rates.isRejected(row: row, day: day) ? .badRate : .noRate
    }
    return nil
  }

  /// The place of each row's id when the ids are sorted by their bytes, or as numbers.
  static func ranks(_ ids: Column) -> RowRanks {
    switch ids.values {
    case .text(let codes, let pool):
      if pool.isAscending { return RowRanks(codes) }
      let ranks = pool.ranks()
      return RowRanks(codes.map { ranks[Int($0)] })
    case .integer(let numbers):
      let order = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
      var ranks = [Int32](repeating: 0, count: numbers.count)
      for (rank, row) in order.enumerated() { ranks[row] = Int32(rank) }
      return RowRanks(ranks)
    default: return RowRanks()
    }
  }
}
