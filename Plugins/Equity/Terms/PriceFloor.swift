import JSONCore
import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// The least that a unit may be granted at: a share of the higher of two averages of the market before it was announced.
struct PriceFloor {
  /// Whether averages are kept exactly, or rounded half up to the currency's minor unit as they are published.
  enum Averages: String, CaseIterable {
    case exact
    case halfUp = "half-up"
  }

  /// The turnover and the volume of each trading day.
  let table: TableRef
  /// How many trading days the longer averages go over; the one of the last day counts beside them.
  let days: [Int]
  let share: Fraction
  let averages: Averages
  /// The least in any case.
  let par: Fraction
  let pointer: String
}

extension TermsReader {
  /// Reads the floor, and holds it against the measures for listed companies (articles 23 and 29) where they hold: 50 %
  /// for restricted stock, 100 % for options, of the averages of 1 and of 20, 60 or 120 trading days.
  mutating func priceFloor(_ reader: ConfigReader, _ terms: Terms) -> PriceFloor? {
    let table = TableRef.read(reader, person: false, ["date", "turnover", "volume"], &faults)
    let share = fraction(reader["share"])
    let par = reader["par"].exists ? fraction(reader["par"]) : .zero
    let averages = reader["averages"].word(
      PriceFloor.Averages.self, asking: "whether averages are exact or rounded half up to the minor unit",
      &faults)
    let many = reader["days"].value?.array != nil
    let days = (many ? reader["days"].items(&faults) : [reader["days"]]).compactMap { whole($0, 1...1_000) }
    for (column, what) in [("price", "price"), ("announced", "day of announcement")]
    where !terms.grants.has(column) {
      faults.append(
        config["grants"].fault("the \(what) of each grant is wanted", help: "name its column as `\(column)`"))
    }
    if terms.isAShare, let share {
      let least = terms.instrument == .option ? Fraction.one : Fraction(1, over: 2)
      if share < least, !reader["basis"].exists {
        faults.append(
          reader["share"].fault(
            "the least for listed companies is \(least)",
            help: "where the plan sets its price by another method, state it as `basis`"))
      }
      if !days.contains(where: { [20, 60, 120].contains($0) }) {
        faults.append(reader["days"].fault("20, 60 or 120 trading days are wanted here"))
      }
    }
    guard let table, let share, let par, let averages, !days.isEmpty else { return nil }
    return PriceFloor(
      table: table, days: days, share: share, averages: averages, par: par,
      pointer: reader.pointer.description)
  }
}

/// What the market was before a day.
struct PriceFloorCheck {
  private let floor: PriceFloor
  private let places: Int
  private let days: [(day: CalendarDate, turnover: Fraction, volume: Fraction)]

  init(_ floor: PriceFloor, places: Int, _ batch: Batch) throws(CalculationFault) {
    self.floor = floor
    self.places = places
    let rows = try Rows(floor.table, batch)
    let (dates, turnover, volume) = (
      try rows.days("date"), try rows.numbers("turnover"), try rows.numbers("volume")
    )
    var days: [(day: CalendarDate, turnover: Fraction, volume: Fraction)] = []
    for row in 0..<rows.count {
      let volume = try rows.wanted(volume, row, "volume")
      guard volume.isPositive else { continue }
      days.append((try rows.wanted(dates, row, "date"), try rows.wanted(turnover, row, "turnover"), volume))
    }
    self.days = days.sorted { $0.day < $1.day }
  }

  /// Refuses a grant whose price is below the floor.
  ///
  /// Worked number: averages of 24.68 on the last trading day and 24.00 over 20 of them, at 50 %: 12.34.
  func check(_ grant: Grant, _ table: TableRef) throws(CalculationFault) {
    guard let price = grant.price, let announced = grant.announced else {
      throw CalculationFault(
        "grant `\(grant.id)` has no \(grant.price == nil ? "price" : "day of announcement"), which its floor is told by",
        at: [table.place(grant.row, grant.price == nil ? "price" : "announced")])
    }
    let before = days.filter { $0.day < announced }
    var (highest, count) = (Fraction.zero, 1)
    for days in [1] + floor.days {
      guard before.count >= days else {
        throw CalculationFault(
          "grant `\(grant.id)` wants the \(days) trading days before \(announced), and the table `\(floor.table.name)` has \(before.count)",
          at: [table.place(grant.row, "announced")])
      }
      let average = try average(before.suffix(days))
      if average > highest { (highest, count) = (average, days) }
    }
    let least = max(floor.par, try floor.share * highest)
    guard price < least else { return }
    throw CalculationFault(
      "grant `\(grant.id)` has a price of \(price.decimalText), and the least is \(least.decimalText): "
        + (least == floor.par
          ? "the par value"
          : "\(floor.share) of \(highest.decimalText), the average of \(count) trading days before \(announced)"),
      at: [table.place(grant.row, "price")])
  }

  private func average(
    _ days: ArraySlice<(day: CalendarDate, turnover: Fraction, volume: Fraction)>
  ) throws(CalculationFault) -> Fraction {
    var (turnover, volume) = (Fraction.zero, Fraction.zero)
    for day in days { (turnover, volume) = (try turnover + day.turnover, try volume + day.volume) }
    let exact = try turnover / volume
    if floor.averages == .exact { return exact }
    return Fraction(Int128(try exact.rounded(to: places, .halfUp)), over: PowersOfTen[places])
  }
}
