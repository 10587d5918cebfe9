import ModuleKit
import ModuleProtocol
import Money

/// A component that keeps an account of points for each payee: what is earned is its pay, in points.
struct Account: RewardComponent {
  let terms: AccountTerms
  let places: Int
  let currency: String

  var needs: ColumnNeeds {
    var (lines, periods) = ([ColumnNeeds.Need](), Roster.needs)
    func addLine(_ need: ColumnNeeds.Need) {
      if !lines.contains(where: { $0.name == need.name }) { lines.append(need) }
    }
    func addPeriod(_ need: ColumnNeeds.Need) {
      if !periods.contains(where: { $0.name == need.name }) { periods.append(need) }
    }
    for rule in terms.rules {
      switch rule {
      case .perAmount(_, _, let column, _, let pointer):
        addLine(.init("date", .date, at: pointer))
        addLine(.init(column, .number, at: pointer + "/of"))
      case .perLine(_, let pointer): addLine(.init("date", .date, at: pointer))
      case .reached(_, let condition, _): condition.needs.forEach(addPeriod)
      case .from(let component, let pointer):
        addPeriod(.init(component + ".earned", .number, at: pointer + "/from"))
      }
    }
    if let role = terms.role { addPeriod(.init(role, .key, at: "/account/role")) }
    var tables: [ColumnNeeds.TableNeed] = []
    if let opening = terms.opening {
      tables.append(
        .init(
          opening.table, person: opening.person,
          columns: [
            .init(opening.points, .number, at: "/account/opening/points"),
            .init(opening.date, .date, at: "/account/opening/date"),
          ], at: "/account/opening/table"))
    }
    tables += (terms.redeem.map { [$0.need] } ?? []) + (terms.catalogue.map { [$0.need] } ?? [])
    return ColumnNeeds(lines: lines, periods: periods, tables: tables)
  }

  var gives: ColumnGifts {
    var periods: [ColumnGifts.Gift] = [
      .init("redeemed", places: 0, summary: "for items"),
      .init("returned", places: 0, summary: "with items that came back"),
      .init("expired", places: 0, summary: "the oldest first"),
      .init("refused", places: 0, summary: "asked for, and not to be had"),
      .init("forgiven", places: 0, summary: "to be taken back, and not there any more"),
      .init("balance", places: 0, summary: "at the end of the period"),
      .init("owed", places: 0, summary: "to be taken off what is earned next"),
    ]
    if terms.levels != nil { periods.append(.init("level", places: 0, unit: "", summary: "0 is none")) }
    if terms.value != nil {
      periods.append(
        .init("liability", places: places, unit: currency, summary: "what the balance is worth"))
    }
    return ColumnGifts(places: 0, unit: "points", scope: .component, periods: periods)
  }

  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    let earning = try Earning(terms, batch)
    let run = try AccountRun(terms, batch, earning)
    var lines = Frame(count: batch.lines.count)
    lines.append(FrameColumn(name: "earned", values: .decimal(earning.lines, places: 0)))
    var periods = Frame(count: batch.periods.count)
    func add(_ name: String, _ cells: [Int64], _ places: Int = 0) {
      periods.append(FrameColumn(name: name, values: .decimal(cells, places: places)))
    }
    add("adjustment", earning.periods)
    add("redeemed", run.rows.map(\.redeemed))
    add("returned", run.rows.map(\.returned))
    add("expired", run.rows.map(\.expired))
    add("refused", run.rows.map(\.refused))
    add("forgiven", run.rows.map(\.forgiven))
    add("balance", run.rows.map(\.balance))
    add("owed", run.rows.map(\.owed))
    if terms.levels != nil { add("level", run.rows.map(\.level)) }
    if let value = terms.value {
      add(
        "liability",
        try run.rows.map { row throws(CalculationFault) in
          guard let worth = try? value.multiplied(by: ExactDecimal(row.balance)),
            let digits = try? worth.rescaled(to: places, rounding: .halfEven),
            let cell = Int64(exactly: digits)
          else { throw CalculationFault("the worth of the points is too large") }
          return cell
        }, places)
    }
    return Earnings(lines: lines, periods: periods)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    let earning = try Earning(terms, batch)
    let run = try AccountRun(terms, batch, earning)
    return Explanation(
      lines: earning.lineSteps,
      periods: zip(earning.periodSteps, run.rows).map { steps, row in
        steps + row.words.map { Step($0, .zero, at: "/account/redeem") }
      })
  }
}
