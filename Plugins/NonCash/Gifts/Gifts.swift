import ModuleKit
import ModuleProtocol
import Money

/// A component that gives gifts, and pays what their tax costs.
///
/// Gifts of the chosen table have their value in the period of the row's day once they are `delivered`; those that rules
/// give, in the period itself.
struct Gifts: RewardComponent {
  let terms: GiftTerms
  let places: Int

  var needs: ColumnNeeds {
    var periods = Roster.needs
    func add(_ need: ColumnNeeds.Need) {
      if !periods.contains(where: { $0.name == need.name }) { periods.append(need) }
    }
    for rule in terms.rules {
      switch rule.cause {
      case .reached(let condition): condition.needs.forEach(add)
      case .won(let column): add(.init(column, .number, at: rule.pointer + "/won"))
      }
      if let team = rule.team { add(.init(team, .key, at: rule.pointer + "/team")) }
    }
    if let income = terms.income { add(.init(income, .number, at: "/gifts/gross_up/income")) }
    if let role = terms.role { add(.init(role, .key, at: "/gifts/role")) }
    return ColumnNeeds(
      periods: periods, tables: [terms.catalogue.need] + (terms.chosen.map { [$0.need] } ?? []))
  }

  var gives: ColumnGifts {
    ColumnGifts(
      places: places, scope: .component,
      periods: [
        .init("given", places: 0, unit: "items", summary: "that the payee takes part in"),
        .init("pending", places: 0, unit: "items", summary: "chosen and not delivered yet"),
        .init("refused", places: 0, unit: "items", summary: "for which stock, budget or role did not do"),
        .init("fair_value", places: places, summary: "market value of what was given"),
        .init("taxable", places: places, summary: "fair value and gross-up"),
      ])
  }

  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    let run = try GiftRun(terms, batch, places: places)
    var lines = Frame(count: batch.lines.count)
    lines.append(
      FrameColumn(
        name: "earned", values: .decimal([Int64](repeating: 0, count: lines.count), places: places)))
    var periods = Frame(count: batch.periods.count)
    func add(_ name: String, _ places: Int, _ cell: (GiftRun.Row) -> Int64) {
      periods.append(FrameColumn(name: name, values: .decimal(run.rows.map(cell), places: places)))
    }
    add("adjustment", places) { $0.grossUp }
    add("given", 0) { $0.given }
    add("pending", 0) { $0.pending }
    add("refused", 0) { $0.refused }
    add("fair_value", places) { $0.value }
    add("taxable", places) { $0.value + $0.grossUp }
    return Earnings(lines: lines, periods: periods)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    let run = try GiftRun(terms, batch, places: places)
    return Explanation(
      lines: [[Step]](repeating: [], count: batch.lines.count),
      periods: run.rows.map { row in
        row.words.map { Step($0.text, .zero, at: $0.pointer) }
          + (row.grossUp == 0
            ? []
            : [
              Step(
                "tax on gifts worth \(StepText.amount(ExactDecimal(coefficient: Int128(row.value), scale: places)))",
                ExactDecimal(coefficient: Int128(row.grossUp), scale: places), at: "/gifts/gross_up")
            ])
      })
  }
}
