import ModuleKit
import ModuleProtocol
import PlanCalendar

/// Terms that want others, or undo them.
extension TermsReader {
  mutating func refuseConflicts(_ terms: Terms) {
    if terms.vesting.count > 1, !terms.grants.has("terms") {
      faults.append(
        config["grants"].fault(
          "there are several vesting terms, and nothing says which a grant has",
          help: "name the column with the terms of each grant as `terms`"))
    }
    for vesting in terms.vesting {
      if vesting.allocation == .fractional, terms.unitPlaces == 0 {
        faults.append(
          config["vesting"][vesting.name]["allocation_type"].fault(
            "units would be whole", help: "state how many digits a unit has after the point as `unit_places`")
        )
      }
      if terms.events == nil, let event = vesting.conditions.lazy.flatMap(\.trigger.events).first {
        faults.append(
          config["vesting"][vesting.name].fault(
            "`\(event)` is an event, and there is no table of events", help: "name it as `events`"))
      }
    }
    wantPrices(terms)
    wantColumns(terms)
    if terms.isAShare { checkAShare(terms) }
    if !terms.acceleration.isEmpty, terms.events == nil {
      faults.append(
        config["acceleration"].fault("acceleration wants a table of events", help: "name it as `events`"))
    }
    for (index, rule) in terms.acceleration.enumerated() where rule.second != nil {
      for (place, reason) in (rule.second?.reasons ?? []).enumerated()
      where terms.leavers?.rules[reason] == nil {
        faults.append(
          ConfigFault(
            "/acceleration/\(index)/and/reasons/\(place)", "there is no reason `\(reason)` among the leavers'"
          ))
      }
    }
    let isProfit = terms.instrument == .profitUnits
    if isProfit != (terms.profit != nil) {
      faults.append(
        config.fault(
          isProfit ? "profit units want `profit`" : "`profit` is for `instrument: profit-units` alone"))
    }
    if terms.instrument == .phantom, terms.settlement?.how != .cash {
      faults.append(
        config["instrument"].fault("phantom units are paid in cash", help: "write `settlement: {how: cash}`"))
    }
    if terms.instrument.isExercised, let settlement = terms.settlement,
      terms.instrument == .option || settlement.how != .cash
    {
      faults.append(
        config["settlement"].fault(
          terms.instrument == .option
            ? "options are settled when they are exercised, not when they vest"
            : "SARs are settled in cash, or not when they vest"))
    }
  }

  private mutating func wantPrices(_ terms: Terms) {
    guard terms.prices == nil else { return }
    var wanting: [String] = []
    if terms.settlement != nil { wanting.append("settlement") }
    if terms.dividends?.pay == .reinvest { wanting.append("dividends") }
    if terms.expense?.method == .cashSettled { wanting.append("expense") }
    for key in wanting {
      faults.append(config[key].fault("a table of prices is wanted for this", help: "name it as `prices`"))
    }
  }

  private mutating func wantColumns(_ terms: Terms) {
    func want(_ column: String, _ key: String, _ why: String) {
      guard !terms.grants.has(column) else { return }
      faults.append(
        config[key].fault(why, help: "name the column of the grants with it as `\(column)`"))
    }
    if terms.isoLimit != nil {
      want("market_value", "iso_limit", "the limit is counted in the market value on the day of the grant")
    }
    if let method = terms.expense?.method, method != .cashSettled {
      want("fair_value", "expense", "the cost of a grant is its fair value on the day of the grant")
    }
    if terms.instrument.isExercised { want("price", "grants", "the price to be paid is wanted") }
    let prices = [terms.performance?.price] + (terms.leavers?.rules.values.map(\.price) ?? [])
    for price in prices.compactMap({ $0 }) {
      if case .market = price {} else { want("price", "grants", "what was paid for a unit is wanted") }
      switch price {
      case .market, .lower:
        if terms.prices == nil {
          faults.append(config.fault("a repurchase at the market price wants `prices`"))
        }
      case .cost, .costPlusInterest: break
      }
    }
    if let expense = terms.expense, expense.method == .ifrs2 || expense.method == .cas11,
      case .asTheyOccur = expense.forfeitures
    {
      faults.append(
        config["expense"]["forfeitures"].fault(
          "IFRS 2 and CAS 11 want the number that is expected to vest",
          help: "write `forfeitures: {estimate: 5%, per: year}`; an estimate of 0 is one too"))
    }
  }

  /// What the measures for listed companies of mainland China (articles 24 and 25, 30 and 31) can be checked for
  /// before any grant is known.
  private mutating func checkAShare(_ terms: Terms) {
    if terms.performance?.missed == .carryForward {
      faults.append(
        config["performance"]["missed"].fault(
          "a batch whose conditions were not met cannot be carried forward to the next",
          help: "write `missed: repurchase` or `missed: forfeit`"))
    }
    let day = CalendarDate(day: 11_323)  // 2001-01-01: any will do
    for vesting in terms.vesting where vesting.conditions.allSatisfy({ $0.trigger.isRelative }) {
      guard
        let installments = try? VestingWalk.installments(
          vesting, units: 1_000_000, places: 0, start: day, events: [:]),
        let fault = AShareRules.fault(installments, granted: day, units: 1_000_000)
      else { continue }
      faults.append(config["vesting"][vesting.name].fault(fault))
    }
  }
}

extension Trigger {
  /// Whether its day follows from the start of vesting alone.
  fileprivate var isRelative: Bool {
    switch self {
    case .start, .relative: true
    case .absolute, .event: false
    case .earlierOf(let parts), .laterOf(let parts): parts.allSatisfy(\.isRelative)
    }
  }
}

/// The rules for schedules of companies listed in mainland China.
enum AShareRules {
  /// What is wrong with the schedule of a grant: nothing within 12 months of the grant, 12 months between batches, no
  /// batch above half.
  static func fault(_ installments: [Installment], granted: CalendarDate, units: Int64) -> String? {
    var before = granted
    for (index, batch) in installments.filter({ $0.units > 0 }).enumerated() {
      if batch.day < before.adding(months: 12) {
        return index == 0
          ? "the first batch, on \(batch.day), comes less than 12 months after the grant of \(granted)"
          : "batch \(index + 1), on \(batch.day), comes less than 12 months after the one of \(before)"
      }
      if batch.units * 2 > units {
        return "batch \(index + 1), on \(batch.day), is more than half of the grant"
      }
      before = batch.day
    }
    return nil
  }
}
