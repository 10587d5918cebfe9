import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// What happened, beside the grants themselves.
struct Facts {
  struct Event {
    let name: String
    let day: CalendarDate
    let payee: Int64?
  }

  struct Leave {
    let from: CalendarDate
    /// nil while it lasts.
    let to: CalendarDate?
  }

  struct Leaving {
    let day: CalendarDate
    let reason: String
    let row: Int
  }

  struct Result {
    let grant: String?
    let terms: String?
    let tranche: Int64?
    let number: Fraction?
    let text: String?
    let row: Int
  }

  /// A grant, told apart from others by its holder and its id.
  struct GrantKey: Hashable {
    let payee: Int64
    let id: String
  }

  /// Units of a grant that something happened to on a day.
  struct Movement {
    let day: CalendarDate
    /// nil for all that are left.
    let units: Int64?
    let price: Fraction?
    let row: Int

    func place(_ ref: TableRef) -> BatchPlace { ref.place(row, "units") }
  }

  /// By the grant that they concern; without one, all grants.
  private(set) var events: [String?: [Event]] = [:]
  private(set) var leavings: [Int64: Leaving] = [:]
  private(set) var leaves: [Int64: [Leave]] = [:]
  /// For each factor of the performance terms, by the payee that they concern; without one, all payees.
  private(set) var results: [[Int64?: [Result]]] = []
  private(set) var exercises: [GrantKey: [Movement]] = [:]
  private(set) var cancellations: [GrantKey: [Movement]] = [:]
  /// For each table of recorded acceleration.
  private(set) var accelerations: [[GrantKey: [Movement]]] = []
  private(set) var prices = PriceList()
  private(set) var fairValues = PriceList()
  /// The shares that are expected not to vest, by the day of the estimate.
  private(set) var estimates = PriceList()
  private(set) var dividends: [(day: CalendarDate, amount: Fraction)] = []

  init(_ terms: Terms, _ batch: Batch) throws(CalculationFault) {
    if let ref = terms.events { try readEvents(try Rows(ref, batch)) }
    if let leavers = terms.leavers { try readLeavings(leavers, try Rows(leavers.table, batch)) }
    if let leaves = terms.leaves { try readLeaves(try Rows(leaves.table, batch)) }
    for factor in terms.performance?.factors ?? [] {
      results.append(try Self.results(factor, try Rows(factor.table, batch)))
    }
    if let ref = terms.exercises {
      exercises = try Self.movements(try Rows(ref, batch), terms.unitPlaces, wantsUnits: true)
    }
    if let ref = terms.cancellations?.table {
      cancellations = try Self.movements(try Rows(ref, batch), terms.unitPlaces, wantsUnits: false)
    }
    for ref in terms.recorded.map(\.table) {
      accelerations.append(try Self.movements(try Rows(ref, batch), terms.unitPlaces, wantsUnits: true))
    }
    if let ref = terms.prices {
      let rows = try Rows(ref, batch)
      prices = PriceList(days: try rows.days("date"), prices: try rows.numbers("price"))
      fairValues =
        ref.has("fair_value")
        ? PriceList(days: try rows.days("date"), prices: try rows.numbers("fair_value")) : prices
    }
    if let ref = terms.expense?.estimates {
      let rows = try Rows(ref, batch)
      estimates = PriceList(days: try rows.days("date"), prices: try rows.numbers("rate"))
    }
    if let ref = terms.dividends?.table {
      let rows = try Rows(ref, batch)
      let (days, amounts) = (try rows.days("date"), try rows.numbers("amount"))
      for row in 0..<rows.count {
        dividends.append((try rows.wanted(days, row, "date"), try rows.wanted(amounts, row, "amount")))
      }
      dividends.sort { ($0.day, $0.amount) < ($1.day, $1.amount) }
    }
  }

  /// The first day of each event that concerns a grant.
  func events(of grant: Grant) -> [String: CalendarDate] {
    var days: [String: CalendarDate] = [:]
    for event in (events[grant.id] ?? []) + (events[nil] ?? [])
    where event.payee ?? grant.payee == grant.payee {
      days[event.name] = min(event.day, days[event.name] ?? event.day)
    }
    return days
  }

  /// Refuses what happened to a grant that its holder does not have.
  func check(_ grants: [Grant], _ terms: Terms) throws(CalculationFault) {
    let known = Set(grants.map(\.key))
    let tables =
      [(terms.exercises, exercises), (terms.cancellations?.table, cancellations)]
      + zip(terms.recorded.map(\.table), accelerations).map { ($0, $1) }
    for case (let ref?, let movements) in tables {
      let strange = movements.filter { !known.contains($0.key) }
      guard let first = strange.flatMap({ $0.value }).min(by: { $0.row < $1.row }) else { continue }
      let id = strange.first { $0.value.contains { $0.row == first.row } }?.key.id ?? ""
      throw CalculationFault("the person has no grant `\(id)`", at: [ref.place(first.row, "grant")])
    }
  }

  private mutating func readEvents(_ rows: Rows) throws(CalculationFault) {
    let (names, days) = (try rows.texts("event"), try rows.days("date"))
    let (payees, grants) = (try rows.payees(), try rows.texts("grant"))
    for row in 0..<rows.count {
      events[grants[row], default: []].append(
        Event(
          name: try rows.wanted(names, row, "event"), day: try rows.wanted(days, row, "date"),
          payee: payees[row]))
    }
  }

  private mutating func readLeavings(_ leavers: Leavers, _ rows: Rows) throws(CalculationFault) {
    let (days, reasons, payees) = (try rows.days("date"), try rows.texts("reason"), try rows.payees())
    for row in 0..<rows.count {
      guard let payee = payees[row] else { continue }
      let reason = try rows.wanted(reasons, row, "reason")
      guard leavers.rules[reason] != nil else {
        let known = leavers.rules.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
        throw CalculationFault(
          "somebody left for the reason `\(reason)`, and the terms know \(known)",
          at: [rows.ref.place(row, "reason")])
      }
      if let other = leavings[payee] {
        throw CalculationFault("somebody left twice", at: [rows.ref.place(row), rows.ref.place(other.row)])
      }
      leavings[payee] = Leaving(day: try rows.wanted(days, row, "date"), reason: reason, row: row)
    }
  }

  private mutating func readLeaves(_ rows: Rows) throws(CalculationFault) {
    let (from, to, payees) = (try rows.days("from"), try rows.days("to"), try rows.payees())
    for row in 0..<rows.count {
      guard let payee = payees[row] else { continue }
      let leave = Leave(from: try rows.wanted(from, row, "from"), to: to[row])
      guard leave.from <= leave.to ?? leave.from else {
        throw CalculationFault("a leave ends before it begins", at: [rows.ref.place(row, "to")])
      }
      leaves[payee, default: []].append(leave)
    }
    for payee in leaves.keys { leaves[payee]?.sort { $0.from < $1.from } }
  }

  /// What happened to units of grants, by the grant, in the order of the days.
  private static func movements(
    _ rows: Rows, _ places: Int, wantsUnits: Bool
  ) throws(CalculationFault) -> [GrantKey: [Movement]] {
    let (grants, payees, days) = (try rows.texts("grant"), try rows.payees(), try rows.days("date"))
    let (units, prices) = (try rows.numbers("units"), try rows.numbers("price"))
    var movements: [GrantKey: [Movement]] = [:]
    for row in 0..<rows.count {
      guard let payee = payees[row] else { continue }
      var count: Int64?
      if wantsUnits || units[row] != nil {
        let exact = try rows.wanted(units, row, "units")
        let whole = try exact.rounded(to: places, .down)
        guard exact >= .zero, Fraction(units: whole, places: places) == exact else {
          throw CalculationFault("\(exact.shown) is no number of units", at: [rows.ref.place(row, "units")])
        }
        count = whole
      }
      movements[GrantKey(payee: payee, id: try rows.wanted(grants, row, "grant")), default: []].append(
        Movement(day: try rows.wanted(days, row, "date"), units: count, price: prices[row], row: row))
    }
    return movements.mapValues { own in
      own.sorted { ($0.day, $0.units ?? .max) < ($1.day, $1.units ?? .max) }
    }
  }

  private static func results(
    _ factor: Performance.Factor, _ rows: Rows
  ) throws(CalculationFault) -> [Int64?: [Result]] {
    let isText = if case .grades = factor.scale { true } else { false }
    let texts = isText ? try rows.texts("result") : Array(repeating: nil, count: rows.count)
    let numbers = isText ? Array(repeating: nil, count: rows.count) : try rows.numbers("result")
    let (tranches, grants) = (try rows.numbers("tranche"), try rows.texts("grant"))
    let (terms, payees) = (try rows.texts("terms"), try rows.payees())
    var results: [Int64?: [Result]] = [:]
    for row in 0..<rows.count {
      results[payees[row], default: []].append(
        Result(
          grant: grants[row], terms: terms[row], tranche: tranches[row].map { Int64($0.numerator) },
          number: numbers[row], text: texts[row], row: row))
    }
    return results
  }
}
