import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Works out figures of payees over a round, as far as it has come.
struct Figures {
  /// A figure as value over base; the base is one where the figure is no share.
  struct Quantity {
    var value: ExactDecimal
    var base: ExactDecimal?

    /// The figures of several together: the values over the bases.
    func adding(_ other: Quantity) throws(CalculationFault) -> Quantity {
      do {
        let base = try self.base.flatMap { base throws(ArithmeticOverflow) in
          try other.base.map { other throws(ArithmeticOverflow) in try base.adding(other) }
        }
        return Quantity(value: try value.adding(other.value), base: base)
      } catch {
        throw CalculationFault("a score is too large")
      }
    }

    /// Nil where it is a share of nothing, or of less.
    func ratio() throws(CalculationFault) -> Ratio? { try Ratio(value, by: base ?? .one) }
  }

  let field: Field
  let round: Terms.Round
  /// The last day that counts so far.
  let until: CalendarDate
  /// For each payee, the row of the period that the figures stand in; nil for who does not take part.
  let rows: [Int?]

  /// The figure of each payee; nil for who takes no part, and for a share of nothing.
  func quantities(_ figure: Figure) throws(CalculationFault) -> [Quantity?] {
    switch figure.kind {
    case .plain(let source):
      return try values(source).map { value in value.map { Quantity(value: $0, base: nil) } }
    case .attainment(let measure):
      let value = try field.batch.periods.numbers(measure + ".value")
      let quota = try field.batch.periods.numbers(measure + ".quota")
      return rows.map { row in
        guard let row, !quota.isMissing(row), quota.values[row] > 0 else { return nil }
        return Quantity(value: value.decimal(row), base: quota.decimal(row))
      }
    case .growth(let source, let base, let isShare):
      let (now, before) = (try values(source), try bases(base, source))
      return try zip(now, before).map { now, before throws(CalculationFault) in
        guard let now, let before, !isShare || before.coefficient > 0 else { return nil }
        do {
          return Quantity(value: try now.subtracting(before), base: isShare ? before : nil)
        } catch {
          throw CalculationFault("a score is too large")
        }
      }
    }
  }

  /// For each payee, the last day on which a line counted; nil for none.
  func lastDays() -> [Int32?] {
    var days = [Int32?](repeating: nil, count: rows.count)
    for (line, owner) in field.owners.enumerated() where isCounted(field.days[line], round.from, until) {
      days[owner] = max(days[owner] ?? .min, field.days[line])
    }
    return days
  }

  private func isCounted(_ day: Int32, _ from: CalendarDate, _ to: CalendarDate) -> Bool {
    from.day <= day && day <= to.day
  }

  private func values(_ source: Figure.Source) throws(CalculationFault) -> [ExactDecimal?] {
    if case .measure(let measure) = source { return try ofMeasure(measure) }
    let sums = try ofLines(source, from: round.from, to: until)
    return rows.indices.map { rows[$0] == nil ? nil : sums[$0] }
  }

  private func bases(_ base: Figure.Base, _ source: Figure.Source) throws(CalculationFault) -> [ExactDecimal?]
  {
    switch base {
    case .days(let from, let to):
      let sums = try ofLines(source, from: from, to: to)
      return rows.indices.map { rows[$0] == nil ? nil : sums[$0] }
    case .column(let name):
      let column = try field.batch.periods.numbers(name)
      return rows.map { row in row.flatMap { column.isMissing($0) ? nil : column.decimal($0) } }
    }
  }

  private func ofLines(
    _ source: Figure.Source, from: CalendarDate, to: CalendarDate
  ) throws(CalculationFault) -> [ExactDecimal] {
    var sums = [Int128](repeating: 0, count: rows.count)
    var places = 0
    if case .sum(let name) = source {
      let column = try field.batch.lines.numbers(name)
      places = column.places
      for (line, owner) in field.owners.enumerated() where isCounted(field.days[line], from, to) {
        if !column.isMissing(line) { sums[owner] += Int128(column.values[line]) }
      }
    } else {
      for (line, owner) in field.owners.enumerated() where isCounted(field.days[line], from, to) {
        sums[owner] += 1
      }
    }
    return sums.map { ExactDecimal(coefficient: $0, scale: places) }
  }

  /// What a measure came to in the periods of the round up to the last day that counts.
  private func ofMeasure(_ measure: String) throws(CalculationFault) -> [ExactDecimal?] {
    let column = try field.batch.periods.numbers(measure + ".in_period")
    return try rows.indices.map { payee throws(CalculationFault) in
      guard rows[payee] != nil else { return nil }
      var sum = Int128(0)
      for row in field.rows[payee] {
        let span = field.spanOfRow[row]
        if span.to < round.from.day || span.from > round.to.day { continue }
        if span.from < round.from.day || span.to > round.to.day {
          throw CalculationFault(
            "round `\(round.name)` cuts through period \(span.label), in which `\(measure)` has but one figure"
          )
        }
        if span.to <= until.day { sum += Int128(column.values[row]) }
      }
      return ExactDecimal(coefficient: sum, scale: column.places)
    }
  }
}
