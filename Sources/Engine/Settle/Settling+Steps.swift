import Money
import PlanCalendar
import PlanModel
import Tables

/// What each kind of step does to the pay of a period.
extension Settling {
  mutating func take(_ step: Settle.Step, _ index: Int, _ pay: inout Pay) throws {
    let base = step.components.isEmpty ? pay.amount : earned(step.components.map(\.text), pay.place)
    switch step.kind {
    case .cap(let cap): try takeCap(cap, step, index, base, &pay)
    case .draw(let draw): try takeDraw(draw, step, index, base, &pay)
    case .clawback:
      for row in clawbacks[index]?.rows[pay.place] ?? [] { try takeRow(row, step, index, &pay) }
      try recover(step, index, &pay, from: base, least: 0)
    case .holdback(let holdback): try takeHoldback(holdback, step, index, base, &pay)
    case .carry:
      if pay.amount < 0 {
        open[index][pay.payee].add(-pay.amount, due: recoverable(step, pay))
        try add(-pay.amount, "\(step.name.text): \(text(pay.amount)) carried forward", index, &pay)
      } else {
        try recover(step, index, &pay, from: base, least: 0)
      }
    }
  }

  /// Cuts what is above the cap: of the period, or of all that its window has come to so far.
  ///
  /// Worked number: with 10,000 a year the periods 6,000, 7,000 and -4,000 keep 6,000, 4,000 and -1,000.
  private mutating func takeCap(
    _ cap: Settle.Cap, _ step: Settle.Step, _ index: Int, _ base: Int128, _ pay: inout Pay
  ) throws {
    let day = pay.period.lastDay.day
    let limit = try value(cap.amount, pay.payee, day)
    guard let window = cap.window else {
      guard let limit, base > limit else { return }
      return try add(limit - base, "\(step.name.text): \(text(base)) capped at \(text(limit))", index, &pay)
    }
    let start = data.plan.calendar.windowStart(window, of: pay.period.start).day
    // What was counted in windows before is of no more use.
    let before = open[index][pay.payee].parts.first { $0.due == start }?.amount ?? 0
    _ = open[index][pay.payee].removed(by: .max)
    open[index][pay.payee].add(before + base, due: start)
    let earlier = before == 0 ? nil : try value(cap.amount, pay.payee, pay.period.start.day - 1)
    let kept = min(before + base, limit ?? Int128.max) - min(before, earlier ?? Int128.max)
    try add(
      kept - base,
      "\(step.name.text): \(text(before + base)) of the \(window.rawValue) capped at \(limit.map { text($0) } ?? "nothing")",
      index, &pay)
  }

  private mutating func takeDraw(
    _ draw: Settle.Draw, _ step: Settle.Step, _ index: Int, _ base: Int128, _ pay: inout Pay
  ) throws {
    let begins = pay.period.start
    var least: Int128 = 0
    if draw.from.map({ begins >= $0 }) ?? true, draw.to.map({ begins <= $0 }) ?? true,
      let amount = try value(draw.amount, pay.payee, pay.period.lastDay.day)
    {
      let paid = draw.payment == .advance ? amount : max(0, amount - base)
      let words =
        draw.payment == .advance ? "advance" : "top-up from \(text(base)) to \(text(amount))"
      try add(paid, "\(step.name.text): \(words)", index, &pay)
      if draw.isRecoverable { open[index][pay.payee].add(paid, due: recoverable(step, pay)) }
      if draw.payment == .topUp { least = amount }
    }
    try recover(step, index, &pay, from: base, least: least)
  }

  /// A row that makes somebody owe, or gives back what an earlier one took or would have taken.
  private mutating func takeRow(
    _ row: ClawbackRows.Row, _ step: Settle.Step, _ index: Int, _ pay: inout Pay
  ) throws {
    if row.amount == 0 { return }
    let given = row.amount < 0 ? open[index][pay.payee].setOff(-row.amount) : 0
    if row.amount > 0 { open[index][pay.payee].add(row.amount, due: recoverable(step, pay)) }
    let owed = text(open[index][pay.payee].sum)
    pay.entries.append(
      Settlement.Entry(
        step: index, text: "\(step.name.text): \(row.text) is \(text(row.amount)), owed \(owed)", amount: 0))
    try add(given, "\(step.name.text): given back", index, &pay)
  }

  private mutating func takeHoldback(
    _ holdback: Settle.Holdback, _ step: Settle.Step, _ index: Int, _ base: Int128, _ pay: inout Pay
  ) throws {
    let digits = min(places, holdback.rounding.places)
    let kept = try ExactDecimal(coefficient: base, scale: places).multiplied(by: holdback.share)
      .rounded(to: digits, holdback.rounding.mode).rescaled(to: places, rounding: .halfEven)
    let due = pay.period.lastDay.adding(days: holdback.releaseAfter)
    if kept != 0 {
      try add(
        -kept, "\(step.name.text): \(Self.percent(holdback.share)) of \(text(base)) held until \(due)",
        index, &pay)
      pay.aside -= kept
      open[index][pay.payee].add(kept, due: due.day)
    }
    for (due, amount) in open[index][pay.payee].removed(by: pay.period.lastDay.day) {
      let day = due == OpenAmounts.atOnce ? "" : ", due \(CalendarDate(day: due))"
      try add(amount, "\(step.name.text): released\(day)", index, &pay)
      pay.aside += amount
    }
  }

  /// The day from which on what a period makes somebody owe may be taken back.
  private func recoverable(_ step: Settle.Step, _ pay: Pay) -> Int32 {
    guard let days = step.recovery.after else { return OpenAmounts.atOnce }
    return pay.period.lastDay.adding(days: days).day
  }

  /// Takes what is owed and may be taken back: no more than the earnings of the components that take part, than is above
  /// the floor, than the most a period.
  private mutating func recover(
    _ step: Settle.Step, _ index: Int, _ pay: inout Pay, from base: Int128, least: Int128
  ) throws {
    guard step.recovery.from.map({ pay.period.start >= $0 }) ?? true else { return }
    let (before, day) = (open[index][pay.payee].sum, pay.period.start.day)
    let floor = max(least, try amount(step.recovery.floor))
    var taken = min(open[index][pay.payee].sum(by: day), max(0, base), max(0, pay.amount - floor))
    if let most = step.recovery.most { taken = min(taken, try amount(most)) }
    if let share = step.recovery.share {
      let part = try ExactDecimal(coefficient: max(0, base), scale: places).multiplied(by: share)
      taken = min(taken, try part.rescaled(to: places, rounding: .halfEven))
    }
    guard taken > 0 else { return }
    open[index][pay.payee].take(taken, by: day)
    try add(
      -taken, "\(step.name.text): recovered, owed \(text(before)) before, \(text(before - taken)) after",
      index, &pay)
  }

  private func add(_ amount: Int128, _ text: String, _ step: Int, _ pay: inout Pay) throws {
    if amount == 0 { return }
    pay.amount += amount
    pay.entries.append(
      Settlement.Entry(step: step, text: text, amount: try narrow(amount, settle.steps[step].name)))
  }

  /// An amount a period: the same for all, or the payee's on a day; nil where the payee has none.
  private func value(_ amount: Settle.Amount, _ payee: Int, _ day: Int32) throws -> Int128? {
    switch amount {
    case .fixed(let number): return try self.amount(number)
    case .attribute(let attribute):
      let column = data.people.attribute(attribute, payees: [Int32(payee)], days: [day])
      return try column?.number(0).map { try self.amount($0) }
    }
  }

  private func amount(_ number: ExactDecimal) throws(ArithmeticOverflow) -> Int128 {
    try number.rescaled(to: places, rounding: .halfEven)
  }
}
