import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// Takes the steps of a plan's `settle`, payee by payee and period by period.
struct Settling {
  let settle: Settle
  let data: RunData
  let places: Int
  let clawbacks: [Int: ClawbackRows]
  /// For each step and payee, what is open: owed, held, or counted by a cap since the first day of its window.
  var open: [[OpenAmounts]]
  private let periods: Range<Int>
  private let earnings: [(name: String, figures: ComponentResult.Figures)]

  /// The settlement of the periods that have begun; nil where a component failed, as nothing is known then.
  static func settlement(
    _ settle: Settle, _ data: RunData, _ components: [ComponentResult], periods: Range<Int>,
    asOf: CalendarDate?
  ) throws(Diagnostic) -> Settlement? {
    guard components.allSatisfy({ $0.figures != nil }) else { return nil }
    var settling = try Settling(settle, data, components, periods, asOf)
    do {
      let settlement = try settling.settled()
      return try settling.converted(settlement)
    } catch let error as Diagnostic { throw error } catch { throw overflow(data.plan.name) }
  }

  private init(
    _ settle: Settle, _ data: RunData, _ components: [ComponentResult], _ periods: Range<Int>,
    _ asOf: CalendarDate?
  ) throws(Diagnostic) {
    (self.settle, self.data, self.periods) = (settle, data, periods)
    for named in settle.steps.flatMap(\.allComponents) {
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
    open = try OpeningBalances(settle, data, places: places).open
    var clawbacks: [Int: ClawbackRows] = [:]
    for (index, step) in settle.steps.enumerated() {
      if case .clawback(let clawback) = step.kind {
        clawbacks[index] = try ClawbackRows(
          clawback, step.name, data, earnings, places: places, asOf: asOf)
      }
    }
    self.clawbacks = clawbacks
  }

  /// The pay of one payee and period while steps are taken.
  struct Pay {
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
          result.open[index][place] = try narrow(step.isCap ? 0 : open[index][payee].sum, step.name)
        }
        result.earned[place] = try narrow(earned, data.plan.name)
        result.payable[place] = try narrow(pay.amount - pay.aside, data.plan.name)
        result.paid[place] = try narrow(pay.amount, data.plan.name)
        result.entries[place] = pay.entries
      }
      for (index, step) in settle.steps.enumerated() {
        for part in open[index][payee].parts {
          result.balances.append(
            .init(
              payee: payee, step: index, due: part.due == OpenAmounts.atOnce ? nil : part.due,
              amount: try narrow(part.amount, step.name)))
        }
      }
    }
    result.faults = clawbacks.sorted { $0.key < $1.key }.flatMap(\.value.faults)
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
    result.faults += conversion.faults
    return result
  }

  /// What these components earned in a pair of payee and period.
  func earned(_ names: [String], _ place: Int) -> Int128 {
    earnings.reduce(0) { sum, component in
      guard names.contains(component.name) else { return sum }
      return sum + Int128(component.figures.total[place]) * PowersOfTen[places - component.figures.places]
    }
  }

  func text(_ amount: Int128) -> String { ExactDecimal(coefficient: amount, scale: places).grouped }

  func narrow(_ amount: Int128, _ name: Named) throws(Diagnostic) -> Int64 {
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
