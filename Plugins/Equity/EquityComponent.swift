import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Grants of units, and what becomes of them period by period.
///
/// Pays the units that vest, or money where units are settled in cash. Every figure is that of whole days, so that a
/// period can be cut in two without changing a sum.
struct EquityComponent: RewardComponent {
  let terms: Terms
  let context: ComponentContext
  let needs: ColumnNeeds

  init(terms: Terms, context: ComponentContext) throws(ConfigFaults) {
    self.terms = terms
    self.context = context
    var faults: [ConfigFault] = []
    let tables = TableRef.needs(terms.tables, &faults)
    if !faults.isEmpty { throw ConfigFaults(faults) }
    var periods: [ColumnNeeds.Need] = [
      .init("period.from", .date), .init("period.to", .date),
    ]
    if let settlement = terms.settlement ?? terms.exerciseSettlement, case .column(let name) = settlement.tax
    {
      periods.append(.init(name, .number, at: settlement.pointer + "/tax/column"))
    }
    if let name = terms.profit?.coefficient, !periods.contains(where: { $0.name == name }) {
      periods.append(.init(name, .number, at: "/profit/coefficient/column"))
    }
    needs = ColumnNeeds(periods: periods, tables: tables)
  }

  var gives: ColumnGifts {
    ColumnGifts(
      places: terms.paysMoney ? context.places : terms.unitPlaces, unit: terms.paysMoney ? nil : terms.unit,
      scope: terms.profit == nil ? .payee : .component, periods: columns.map(gift))
  }

  private func gift(_ column: PeriodFigure) -> ColumnGifts.Gift {
    let isMoney = column.isMoney
    return ColumnGifts.Gift(
      column.name, places: isMoney ? context.places : terms.unitPlaces,
      unit: isMoney ? (terms.paysMoney ? nil : context.currency) : (terms.paysMoney ? terms.unit : nil),
      summary: column.summary)
  }

  /// The columns beside the payment, those that the terms make something of.
  private var columns: [PeriodFigure] {
    var columns: [PeriodFigure] = [.vestedToDate, .outstanding, .flow(.forfeited)]
    if terms.isHeld { columns += [.exercisable, .flow(.exercised), .flow(.lapsed)] }
    if terms.prices != nil { columns += [.flow(.fairValue), .cashValue] }
    if let settlement = terms.settlement {
      columns += moved(settlement.how) + [.flow(.tax), .flow(.cash)]
    }
    if terms.partsISO { columns += [.flow(.iso), .flow(.nso)] }
    if let settlement = terms.exerciseSettlement {
      columns.append(.flow(.spread))
      if terms.partsISO { columns.append(.flow(.isoSpread)) }
      if !terms.paysMoney { columns += moved(settlement.how) }
      columns += [.flow(.tax), .flow(.cash)]
    }
    if terms.dividends != nil { columns.append(.flow(.dividends)) }
    if terms.repurchases { columns.append(.flow(.repurchase)) }
    if terms.expense != nil { columns.append(.expense) }
    return columns
  }

  /// The units that a settlement moves.
  private func moved(_ how: Settlement.How) -> [PeriodFigure] {
    switch how {
    case .cash: terms.instrument == .option ? [.flow(.withheld)] : []
    case .pay: [.flow(.delivered)]
    case .sellToCover, .net: [.flow(.withheld), .flow(.delivered)]
    }
  }

  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    let ledger = try Ledger(terms, context, batch)
    let count = batch.periods.count
    var periods = Frame(count: count)
    var earned: [Int64] = []
    for row in 0..<count { earned.append(try ledger.sum(.earned, row)) }
    periods.append(FrameColumn(name: "adjustment", values: .decimal(earned, places: gives.places)))
    for column in columns {
      var (cells, missing): ([Int64], [Bool]) = ([], [])
      for row in 0..<count {
        let cell = try ledger.figure(column, row)
        cells.append(cell ?? 0)
        missing.append(cell == nil)
      }
      periods.append(
        FrameColumn(
          name: column.name, values: .decimal(cells, places: gift(column).places),
          missing: missing.contains(true) ? missing : nil))
    }
    var lines = Frame(count: batch.lines.count)
    lines.append(
      FrameColumn(
        name: "earned",
        values: .decimal([Int64](repeating: 0, count: batch.lines.count), places: gives.places)))
    return Earnings(lines: lines, periods: periods)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    let ledger = try Ledger(terms, context, batch)
    let periods = (0..<batch.periods.count).map { row in
      ledger.entries(.earned, row).map {
        Step($0.text, ExactDecimal(coefficient: Int128($0.amount), scale: gives.places), at: $0.pointer)
      }
    }
    return Explanation(lines: [[Step]](repeating: [], count: batch.lines.count), periods: periods)
  }
}

extension Terms {
  /// Whether anything can be bought back.
  var repurchases: Bool {
    performance?.price != nil || (leavers?.rules.values.contains { $0.price != nil } ?? false)
      || cancellations?.table.has("price") ?? false
  }
}
