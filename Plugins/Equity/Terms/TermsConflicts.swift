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
    refuseSettlements(terms)
  }

  private mutating func refuseSettlements(_ terms: Terms) {
    let exercised = config["exercises"]["settlement"]
    if let settlement = terms.settlement, terms.instrument.isExercised {
      if terms.instrument == .option || settlement.how != .cash {
        faults.append(
          config["settlement"].fault(
            terms.instrument == .option
              ? "options are settled when they are exercised, not when they vest"
              : "SARs that are settled when they vest are settled in cash",
            help: "state the settlement at exercise as `exercises: {settlement: …}`"))
      }
      if terms.exerciseSettlement != nil {
        faults.append(exercised.fault("what is settled when it vests is not settled again"))
      }
    }
    if let settlement = terms.exerciseSettlement {
      if !terms.instrument.isExercised {
        faults.append(exercised.fault("\(terms.instrument.unit) are not exercised"))
      }
      if terms.instrument == .sar, settlement.how == .pay || settlement.how == .sellToCover {
        faults.append(
          exercised["how"].fault(
            "nothing is paid for an SAR", help: "write `cash`, or `net` for SARs that are settled in shares"))
      }
    }
    if terms.isoWindow != nil, !terms.partsISO {
      faults.append(
        config["iso_window"].fault(
          "nothing says which options are incentive stock options",
          help: "state `iso_limit`, or name the column with the kind of each grant as `kind`"))
    }
    if terms.acceptance != nil, !terms.grants.has("accepted") {
      faults.append(
        config["acceptance"].fault(
          "nothing says when a grant was accepted",
          help: "name the column of the grants with it as `accepted`"))
    }
  }

  private mutating func wantPrices(_ terms: Terms) {
    guard terms.prices == nil else { return }
    var wanting: [String] = []
    if terms.settlement != nil { wanting.append("settlement") }
    if terms.exerciseSettlement != nil { wanting.append("exercises") }
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
    if terms.settlement?.value == .meanWithGrant {
      want("market_value", "settlement", "the mean is with the market value on the day of the grant")
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
      case .cost, .costPlusInterest, .fixed: break
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
}
