import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// Takes the steps of a plan's `settle`, payee by payee and period by period.
struct Settling {
  private let settle: Settle
  private let data: RunData
  private let periods: Range<Int>
  private let places: Int
  private let earnings: [(name: String, figures: ComponentResult.Figures)]
  private var owed: [[Int128]]
  private var held: [[[(due: Int32, amount: Int128)]]]
  private let clawbacks: [Int: ClawbackRows]

  /// The settlement of the periods that have begun; nil where a component failed, as nothing is known then.
  static func settlement(
    _ settle: Settle, _ data: RunData, _ components: [ComponentResult], periods: Range<Int>
  ) throws(Diagnostic) -> Settlement? {
    guard components.allSatisfy({ $0.figures != nil }) else { return nil }
    var settling = try Settling(settle, data, components, periods)
    do {
      let settlement = try settling.settled()
      return try settling.converted(settlement)
    } catch let error as Diagnostic { throw error } catch { throw overflow(data.plan.name) }
  }

  private init(
    _ settle: Settle, _ data: RunData, _ components: [ComponentResult], _ periods: Range<Int>
  ) throws(Diagnostic) {
    (self.settle, self.data, self.periods) = (settle, data, periods)
    for named in settle.steps.flatMap(\.components) {
      if let unit = components.first(where: { $0.component.name == named })?.unit {
        throw Diagnostic(
          .wrongValue, .error, "component `\(named.text)` pays \(unit), and money alone is settled",
          at: named.span)
      }
    }
    var earnings: [(name: String, figures: ComponentResult.Figures)] = []
    for component in components where component.unit == nil {
      if let figures = component.figures { earnings.append((component.component.name.text, figures)) }
    }
    self.earnings = earnings
    places = max(data.plan.currency.places, earnings.map(\.figures.places).max() ?? 0)
    let opening = try OpeningBalances(settle, data, places: places)
    (owed, held) = (opening.owed, opening.held)
    var clawbacks: [Int: ClawbackRows] = [:]
    for (index, step) in settle.steps.enumerated() {
      if case .clawback(let clawback) = step.kind {
        clawbacks[index] = try ClawbackRows(clawback, step.name, data, places: places)
      }
    }
    self.clawbacks = clawbacks
  }

  /// The pay of one payee and period while steps are taken.
  private struct Pay {
    let payee: Int
    let period: Period
    let place: Int
    var amount: Int128
    /// What of it is held back or was released, and so is no part of what is payable.
    var aside: Int128 = 0
    var entries: [Settlement.Entry] = []
  }

  private mutating func settled() throws -> Settlement {
    let count = data.plan.calendar.periods.count
    let zeros = [Int64](repeating: 0, count: data.people.count * count)
    var result = Settlement(
      places: places, earned: zeros, payable: zeros, paid: zeros,
      entries: Array(repeating: [], count: zeros.count), open: settle.steps.map { _ in zeros })
    for payee in 0..<data.people.count {
      for period in periods {
        let place = payee * count + period
        let earned = earned(earnings.map(\.name), place)
        var pay = Pay(
          payee: payee, period: data.plan.calendar.periods[period], place: place, amount: earned)
        for (index, step) in settle.steps.enumerated() {
          try take(step, index, &pay)
          result.open[index][place] = try narrow(
            owed[index][payee] + held[index][payee].reduce(0) { $0 + $1.amount }, step.name)
        }
        result.earned[place] = try narrow(earned, data.plan.name)
        result.payable[place] = try narrow(pay.amount - pay.aside, data.plan.name)
        result.paid[place] = try narrow(pay.amount, data.plan.name)
        result.entries[place] = pay.entries
      }
      for (index, step) in settle.steps.enumerated() {
        if owed[index][payee] != 0 {
          result.balances.append(
            .init(
              payee: payee, step: index, due: nil, amount: try narrow(owed[index][payee], step.name)))
        }
        var sums: [Int32: Int128] = [:]
        for part in held[index][payee] { sums[part.due, default: 0] += part.amount }
        for (due, amount) in sums.sorted(by: { $0.key < $1.key }) where amount != 0 {
          result.balances.append(
            .init(payee: payee, step: index, due: due, amount: try narrow(amount, step.name)))
        }
      }
    }
    return result
  }

  /// The settlement with what is paid in each payee's own currency.
  private func converted(_ settlement: Settlement) throws -> Settlement {
    guard let payIn = settle.payIn else { return settlement }
    var (result, conversion) = (settlement, PayConversion(payIn, data, places: places))
    let count = data.plan.calendar.periods.count
    result.inPayCurrency = Array(repeating: nil, count: result.paid.count)
    for payee in 0..<data.people.count {
      for period in periods {
        let place = payee * count + period
        result.inPayCurrency[place] = try conversion.converted(
          result.paid[place], payee: payee, period: data.plan.calendar.periods[period])
      }
    }
    result.faults = conversion.faults
    return result
  }

  private mutating func take(_ step: Settle.Step, _ index: Int, _ pay: inout Pay) throws {
    let base = step.components.isEmpty ? pay.amount : earned(step.components.map(\.text), pay.place)
    switch step.kind {
    case .cap(let amount):
      guard let cap = try value(amount, pay, step.name), base > cap else { return }
      try add(cap - base, "\(step.name.text): \(text(base)) capped at \(text(cap))", index, &pay)
    case .draw(let draw):
      let begins = pay.period.start
      var least: Int128 = 0
      if draw.from.map({ begins >= $0 }) ?? true, draw.to.map({ begins <= $0 }) ?? true,
        let amount = try value(draw.amount, pay, step.name)
      {
        let paid = draw.payment == .advance ? amount : max(0, amount - base)
        let words =
          draw.payment == .advance ? "advance" : "top-up from \(text(base)) to \(text(amount))"
        try add(paid, "\(step.name.text): \(words)", index, &pay)
        if draw.isRecoverable { owed[index][pay.payee] += paid }
        if draw.payment == .topUp { least = amount }
      }
      try recover(step, index, &pay, from: base, least: least)
    case .clawback:
      for row in clawbacks[index]?.rows[pay.place] ?? [] {
        owed[index][pay.payee] += row.amount
        if row.amount != 0 {
          let owed = text(self.owed[index][pay.payee])
          pay.entries.append(
            Settlement.Entry(
              step: index, text: "\(step.name.text): \(row.text) is \(text(row.amount)), owed \(owed)",
              amount: 0))
        }
      }
      if owed[index][pay.payee] < 0 {
        try add(-owed[index][pay.payee], "\(step.name.text): given back", index, &pay)
        owed[index][pay.payee] = 0
      }
      try recover(step, index, &pay, from: base, least: 0)
    case .holdback(let holdback):
      let digits = min(places, holdback.rounding.places)
      let kept = try ExactDecimal(coefficient: base, scale: places).multiplied(by: holdback.share)
        .rounded(to: digits, holdback.rounding.mode).rescaled(to: places, rounding: .halfEven)
      let due = pay.period.lastDay.adding(days: holdback.releaseAfter)
      if kept != 0 {
        try add(
          -kept, "\(step.name.text): \(Self.percent(holdback.share)) of \(text(base)) held until \(due)",
          index, &pay)
        pay.aside -= kept
        held[index][pay.payee].append((due.day, kept))
      }
      var sums: [Int32: Int128] = [:]
      for part in held[index][pay.payee] where part.due < pay.period.end.day {
        sums[part.due, default: 0] += part.amount
      }
      held[index][pay.payee].removeAll { $0.due < pay.period.end.day }
      for (due, amount) in sums.sorted(by: { $0.key < $1.key }) {
        let day = due == Int32.min ? "" : ", due \(CalendarDate(day: due))"
        try add(amount, "\(step.name.text): released\(day)", index, &pay)
        pay.aside += amount
      }
    case .carry:
      if pay.amount < 0 {
        owed[index][pay.payee] -= pay.amount
        try add(-pay.amount, "\(step.name.text): \(text(pay.amount)) carried forward", index, &pay)
      } else {
        try recover(step, index, &pay, from: base, least: 0)
      }
    }
  }

  /// Takes what is owed: no more than the earnings of the components that take part, than is above the floor, than the
  /// most a period.
  private mutating func recover(
    _ step: Settle.Step, _ index: Int, _ pay: inout Pay, from base: Int128, least: Int128
  ) throws {
    let before = owed[index][pay.payee]
    guard before > 0, step.recovery.from.map({ pay.period.start >= $0 }) ?? true else { return }
    let floor = max(least, try amount(step.recovery.floor))
    var taken = min(before, max(0, base), max(0, pay.amount - floor))
    if let most = step.recovery.most { taken = min(taken, try amount(most)) }
    owed[index][pay.payee] = before - taken
    try add(
      -taken, "\(step.name.text): recovered, owed \(text(before)) before, \(text(before - taken)) after",
      index,
      &pay)
  }

  private func add(_ amount: Int128, _ text: String, _ step: Int, _ pay: inout Pay) throws {
    if amount == 0 { return }
    pay.amount += amount
    pay.entries.append(
      Settlement.Entry(step: step, text: text, amount: try narrow(amount, settle.steps[step].name)))
  }

  /// What these components earned in a pair of payee and period.
  private func earned(_ names: [String], _ place: Int) -> Int128 {
    earnings.reduce(0) { sum, component in
      guard names.contains(component.name) else { return sum }
      return sum + Int128(component.figures.total[place]) * PowersOfTen[places - component.figures.places]
    }
  }

  private func value(_ amount: Settle.Amount, _ pay: Pay, _ name: Named) throws -> Int128? {
    switch amount {
    case .fixed(let number): return try self.amount(number)
    case .attribute(let attribute):
      let column = data.people.attribute(
        attribute, payees: [Int32(pay.payee)], days: [pay.period.lastDay.day])
      return try column?.number(0).map { try self.amount($0) }
    }
  }

  private func amount(_ number: ExactDecimal) throws(ArithmeticOverflow) -> Int128 {
    try number.rescaled(to: places, rounding: .halfEven)
  }

  private func text(_ amount: Int128) -> String { ExactDecimal(coefficient: amount, scale: places).grouped }

  private func narrow(_ amount: Int128, _ name: Named) throws(Diagnostic) -> Int64 {
    if let narrow = Int64(exactly: amount) { return narrow }
    throw Self.overflow(name)
  }

  static func overflow(_ name: Named) -> Diagnostic {
    Diagnostic(.arithmeticOverflow, .error, "the amounts of `\(name.text)` are too large", at: name.span)
  }

  /// A share as a percentage: 0.1 is `10%`.
  static func percent(_ share: ExactDecimal) -> String {
    let percent = (try? share.multiplied(by: ExactDecimal(100)))?.normalized ?? share
    return "\(percent)%"
  }
}
