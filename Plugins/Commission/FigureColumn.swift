import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// How far a figure has come: an amount, or a value over a quota.
enum FigurePlace {
  case at(ExactDecimal, of: ExactDecimal)
  /// Beyond everything: a value over a quota of zero.
  case passed

  /// Whether it lies at or above an edge; with `lower`, above it.
  func reaches(_ edge: ExactDecimal, _ side: Terms.Tiers.Edge = .upper) throws(CalculationFault) -> Bool {
    guard case .at(let value, let base) = self else { return true }
    do {
      let edge = try edge.multiplied(by: base)
      return side == .upper ? value >= edge : value > edge
    } catch {
      throw Exact.tooLarge
    }
  }

  /// The band that it reached.
  func band(_ edges: [ExactDecimal], _ side: Terms.Tiers.Edge) throws(CalculationFault) -> Int32 {
    var band: Int32 = 0
    for edge in edges { if try reaches(edge, side) { band += 1 } else { break } }
    return band
  }
}

/// A figure for each row of a batch; figures of measures are the same for all rows of a period.
struct FigureColumn {
  private let places: [FigurePlace]
  /// For each row, the place of its figure.
  private let place: [Int64]?
  private let figure: Terms.Figure

  init(_ figure: Terms.Figure, _ rows: RateRows) throws(CalculationFault) {
    self.figure = figure
    switch figure {
    case .column(let name):
      let numbers = try rows.frame.numbers(name)
      places = numbers.values.indices.map {
        .at(numbers.isMissing($0) ? .zero : numbers.decimal($0), of: .one)
      }
      place = nil
    case .day(let name):
      places = try Self.days(rows.frame, name).map { .at(ExactDecimal($0.day), of: .one) }
      place = nil
    case .monthsSince(let name):
      places = try zip(Self.days(rows.frame, name), Self.days(rows.frame, "date")).map { start, day in
        .at(ExactDecimal(Self.months(from: start, to: day)), of: .one)
      }
      place = nil
    case .attainment(let measure):
      let values = try rows.periods.numbers(NeedList.name("value", of: measure))
      let quotas = try rows.periods.numbers(NeedList.name("quota", of: measure))
      places = values.values.indices.map { row in
        if quotas.isMissing(row) { return .at(.zero, of: .one) }
        return quotas.values[row] == 0 ? .passed : .at(values.decimal(row), of: quotas.decimal(row))
      }
      place = rows.periodRow
    case .value(let measure):
      let values = try rows.periods.numbers(NeedList.name("value", of: measure))
      places = values.values.indices.map { .at(values.decimal($0), of: .one) }
      place = rows.periodRow
    case .earned(let component):
      let values = try rows.periods.numbers(NeedList.name("earned", of: component))
      places = values.values.indices.map { .at(values.decimal($0), of: .one) }
      place = rows.periodRow
    }
  }

  /// What is made of each row's figure.
  func map<Made>(_ make: (FigurePlace) throws(CalculationFault) -> Made) throws(CalculationFault) -> [Made] {
    var made: [Made] = []
    made.reserveCapacity(places.count)
    for place in places { made.append(try make(place)) }
    return place.map { $0.map { made[Int($0)] } } ?? made
  }

  /// The row's figure in words.
  func words(_ row: Int) -> String {
    guard case .at(let value, let base) = places[place.map { Int($0[row]) } ?? row] else {
      return "a quota of zero is passed"
    }
    switch figure {
    case .column(let name): return "\(name) \(value.normalized)"
    case .day(let name): return "\(name) \(CalendarDate(day: Int32(truncatingIfNeeded: value.coefficient)))"
    case .monthsSince(let name): return "\(value) months since \(name)"
    case .attainment(let measure):
      let ratio = try? value.divided(by: base, places: 4, .floor)
      return (measure.map { "\($0) " } ?? "") + "attainment \(ratio.map { StepText.percent($0) } ?? "")"
    case .earned(let component): return "\(component) earned \(StepText.amount(value))"
    case .value(let measure): return "\(measure ?? "measure") \(value.normalized)"
    }
  }

  private static func days(_ frame: Frame, _ name: String) throws(CalculationFault) -> [CalendarDate] {
    guard let column = frame[name], case .date(let days) = column.values else {
      throw CalculationFault("there is no column `\(name)` of days")
    }
    if let empty = column.missing?.firstIndex(of: true) {
      throw CalculationFault("row \(empty) has no day in `\(name)`")
    }
    return days.map { CalendarDate(day: $0) }
  }

  /// The whole months from one day to another: a month is over on its day, or on the last day of a month without it.
  ///
  /// From January 31 to February 28 it is one month, to February 27 none; to a day before, one less than none.
  private static func months(from start: CalendarDate, to day: CalendarDate) -> Int {
    let (a, b) = (start.civil, day.civil)
    let isOver = b.day >= min(a.day, CalendarDate.daysInMonth(b.month, of: b.year))
    return (b.year - a.year) * 12 + b.month - a.month - (isOver ? 0 : 1)
  }
}

extension Terms.Curve {
  /// The number at a place, rounded half-even to the curve's places.
  ///
  /// Between 80 % at 5 % and 120 % at 10 %, an attainment of 95 % has 5 % + 15/40 × 5 % = 6.875 %.
  func number(at place: FigurePlace) throws(CalculationFault) -> ExactDecimal {
    var segment = 0
    while segment + 2 < points.count, try place.reaches(points[segment + 1].at) { segment += 1 }
    if try !place.reaches(points[0].at) {
      if let number = outside(below, points[0].number) { return number }
    } else if try place.reaches(points[points.count - 1].at, .lower) {
      if let number = outside(above, points[points.count - 1].number) { return number }
    }
    guard case .at(let value, let base) = place else { return points[points.count - 1].number }
    let (from, to) = (points[segment], points[segment + 1])
    do {
      // y0 + (value/base - x0) × dy/dx, as one quotient.
      let run = try to.at.subtracting(from.at).multiplied(by: base)
      let way = try value.subtracting(from.at.multiplied(by: base))
      let rise = try way.multiplied(by: to.number.subtracting(from.number))
      return try from.number.multiplied(by: run).adding(rise).divided(by: run, places: places, .halfEven)
    } catch {
      throw Exact.tooLarge
    }
  }

  /// The number beyond an end, or nil where the line goes on.
  private func outside(_ end: End, _ nearest: ExactDecimal) -> ExactDecimal? {
    switch end {
    case .hold: nearest
    case .extend: nil
    case .number(let number): number
    }
  }
}
