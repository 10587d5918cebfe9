import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// The rules beyond the schedule.
extension TermsReader {
  mutating func performance(_ reader: ConfigReader) -> Performance? {
    let items = reader["factors"].items(&faults)
    if items.isEmpty {
      faults.append(reader.fault("at least one factor is wanted", help: "write `factors: […]`"))
    }
    let factors = items.compactMap { factor($0) }
    let cap = reader["cap"].exists ? fraction(reader["cap"]) : nil
    let rounding = reader["fraction"].word(
      Performance.Rounding.self, asking: "how a fraction of a unit that the factors leave is rounded", &faults
    )
    let missed = reader["missed"].word(
      Performance.Missed.self, asking: "what becomes of units that the factors do not let vest", &faults)
    let price = missed == .repurchase ? price(reader["price"], reader) : nil
    guard let rounding, let missed else { return nil }
    return Performance(factors: factors, cap: cap, fraction: rounding, missed: missed, price: price)
  }

  private mutating func factor(_ reader: ConfigReader) -> Performance.Factor? {
    let table = TableRef.read(
      reader, ["result"], optional: ["tranche", "grant", "terms"], &faults)
    let missing = reader["missing"].word(
      Performance.Missing.self, asking: "what holds for a tranche without a result", &faults)
    var scale: Performance.Scale? = .factor
    if reader["grades"].exists {
      var grades: [String: Fraction] = [:]
      for key in reader["grades"].value?.object?.keys ?? [] {
        grades[key] = fraction(reader["grades"][key])
      }
      scale = .grades(grades)
    } else if reader["points"].exists {
      scale = points(reader)
    }
    guard let table, let missing, let scale else { return nil }
    return Performance.Factor(table: table, scale: scale, missing: missing)
  }

  private mutating func points(_ reader: ConfigReader) -> Performance.Scale? {
    enum Between: String, CaseIterable { case linear, step }
    let between = reader["between"].word(
      Between.self, asking: "whether a result between two points is interpolated or counts as the lower",
      &faults
    )
    guard reader["below"].exists else {
      faults.append(
        reader.fault(
          "the plan must state `below`: the factor of a result below the first point",
          help: "write `below: 0`", isUnstated: true))
      return nil
    }
    let below = fraction(reader["below"])
    var points: [Performance.Point] = []
    for item in reader["points"].items(&faults) {
      guard let at = item["at"].decimal(&faults), let pays = fraction(item["pays"]) else { continue }
      if let last = points.last, Fraction(at) <= last.at {
        faults.append(item["at"].fault("the points must ascend"))
      }
      points.append(Performance.Point(at: Fraction(at), pays: pays))
    }
    if points.isEmpty { faults.append(reader["points"].fault("at least one point is wanted")) }
    guard let between, let below else { return nil }
    return .points(points, isStepped: between == .step, below: below)
  }

  /// `{table, person, grant, date, units, from}`: units that have vested early, as they were recorded.
  mutating func recordedAcceleration(_ reader: ConfigReader) -> RecordedAcceleration? {
    let table = TableRef.read(reader, person: true, ["grant", "date", "units"], &faults)
    let from = reader["from"].word(
      Acceleration.From.self,
      asking: "which units vest early: a part of each tranche, the next ones, the last ones", &faults)
    guard let table, let from else { return nil }
    return RecordedAcceleration(table: table, from: from, pointer: reader.pointer.description)
  }

  mutating func cancellations(_ reader: ConfigReader) -> Cancellations? {
    let table = TableRef.read(reader, person: true, ["grant", "date", "units"], optional: ["price"], &faults)
    let from = reader["from"].word(
      Cancellations.From.self, asking: "whether unvested or vested units are cancelled first", &faults)
    var cost = Cancellations.Cost.reverse
    if config["expense"].exists {
      cost =
        reader["cost"].word(
          Cancellations.Cost.self,
          asking: "whether the cost of cancelled units is given back or borne at once", &faults) ?? cost
    }
    guard let table, let from else { return nil }
    return Cancellations(table: table, from: from, cost: cost)
  }

  mutating func acceleration(_ reader: ConfigReader) -> Acceleration? {
    let event = reader["event"].text(&faults)
    let share = fraction(reader["share"])
    var from = Acceleration.From.each
    if let share {
      if share > .one { faults.append(reader["share"].fault("at most all of it can vest early")) }
      if share < .one {
        from =
          reader["from"].word(
            Acceleration.From.self,
            asking: "which units vest early: a part of each tranche, the next ones, the last ones", &faults)
          ?? from
      }
    }
    var second: Acceleration.Second?
    if reader["and"].exists {
      let reasons = reader["and"]["reasons"].items(&faults).compactMap { $0.text(&faults) }
      let within = length(reader["and"]["within"])
      let before = reader["and"]["before"].exists ? length(reader["and"]["before"]) : .days(0)
      if reasons.isEmpty { faults.append(reader["and"].fault("reasons for leaving are wanted")) }
      if let within, let before {
        second = Acceleration.Second(reasons: reasons, within: within, before: before)
      }
    }
    guard let event, let share else { return nil }
    return Acceleration(
      event: event, second: second, share: share, from: from, pointer: reader.pointer.description)
  }

  mutating func leavers(_ reader: ConfigReader) -> Leavers? {
    let table = TableRef.read(reader, person: true, ["date", "reason"], &faults)
    var rules: [String: Leavers.Rule] = [:]
    let reasons = reader["reasons"].value?.object?.keys ?? []
    if reasons.isEmpty {
      faults.append(reader.fault("rules by reason are wanted", help: "write `reasons: {resigned: {…}}`"))
    }
    for reason in reasons { rules[reason] = rule(reader["reasons"][reason]) }
    guard let table else { return nil }
    return Leavers(table: table, rules: rules)
  }

  private mutating func rule(_ reader: ConfigReader) -> Leavers.Rule? {
    let unvested = reader["unvested"].word(
      Leavers.Unvested.self, asking: "what becomes of units that have not vested", &faults)
    let vested = reader["vested"].word(
      Leavers.Vested.self, asking: "what becomes of units that have vested", &faults)
    var (of, by) = (Leavers.Of.grant, TimeBase.days)
    if unvested == .proRata {
      of =
        reader["of"].word(
          Leavers.Of.self, asking: "whether the whole grant or the next tranche is divided by time", &faults)
        ?? of
      by =
        reader["by"].word(TimeBase.self, asking: "whether time is counted in days or whole months", &faults)
        ?? by
    }
    let credit = unvested == .serviceCredit ? length(reader["credit"]) : nil
    let isRepurchased = unvested == .repurchase || vested == .repurchase
    let price = isRepurchased ? price(reader["price"], reader) : nil
    let window = reader["exercise"].exists ? length(reader["exercise"]) : nil
    guard let unvested, let vested else { return nil }
    return Leavers.Rule(
      unvested: unvested, vested: vested, window: window, price: price, of: of, by: by, credit: credit,
      pointer: reader.pointer.description)
  }

  mutating func leaves(_ reader: ConfigReader) -> Leaves? {
    let table = TableRef.read(reader, person: true, ["from", "to"], &faults)
    let longer = whole(reader["longer_than"], 0...3_660)
    let counted = reader["counted"].word(
      Leaves.Counted.self, asking: "whether all days of a long leave count, or those beyond", &faults)
    let by = reader["by"].word(
      TimeBase.self, asking: "whether later tranches move by days or by whole months", &faults)
    if by == .months, counted == .excess {
      faults.append(
        reader["by"].fault(
          "what lies beyond a number of days is no number of months", help: "write `by: days`"))
    }
    guard let table, let longer, let counted, let by else { return nil }
    return Leaves(table: table, longerThan: longer, counted: counted, by: by)
  }

  mutating func dividends(_ reader: ConfigReader) -> Dividends? {
    let table = TableRef.read(reader, ["date", "amount"], &faults)
    let pay = reader["pay"].word(
      Dividends.Pay.self, asking: "when dividends on unvested units are paid", &faults)
    guard let table, let pay else { return nil }
    return Dividends(table: table, pay: pay)
  }

  mutating func profit(_ reader: ConfigReader) -> ProfitPool? {
    let table = TableRef.read(reader, ["date", "profit"], optional: ["paid"], &faults)
    let rate = fraction(reader["rate"])
    let units = reader["units"].word(
      ProfitPool.Units.self, asking: "which units share in the profit on the record date", &faults)
    let coefficient = reader["coefficient"]["column"].value?.string
    guard reader["total"].exists else {
      faults.append(
        reader.fault(
          "the plan must state `total`: the units that divide the pool",
          help:
            "write `total: holders`, or a number of units of which what nobody holds stays with the company",
          isUnstated: true))
      return nil
    }
    let total = reader["total"].value?.string == "holders" ? nil : fraction(reader["total"])
    if let total, !total.isPositive {
      faults.append(reader["total"].fault("a number above 0 is wanted here"))
    }
    guard let table, let rate, let units else { return nil }
    return ProfitPool(
      table: table, rate: rate, units: units, coefficient: coefficient, total: total,
      pointer: reader.pointer.description)
  }

  mutating func expense(_ reader: ConfigReader) -> Expense? {
    let method = reader["method"].word(
      Expense.Method.self, asking: "how the cost of a grant is spread", &faults)
    let by = reader["by"].word(
      TimeBase.self, asking: "whether service is counted in days or whole months", &faults)
    let from = reader["service_from"].word(
      Expense.Service.self,
      asking: "whether service counts from the day of the grant or the start of vesting",
      &faults)
    var forfeitures: Expense.Forfeitures?
    if reader["forfeitures"]["table"].exists {
      forfeitures = TableRef.read(reader["forfeitures"], ["date", "rate"], &faults).map { .table($0) }
    } else if reader["forfeitures"]["estimate"].exists {
      enum Per: String, CaseIterable { case grant, year }
      let per = reader["forfeitures"]["per"].word(
        Per.self, asking: "whether the estimate holds for the whole grant or each year", &faults)
      if let rate = fraction(reader["forfeitures"]["estimate"]), let per {
        forfeitures = .estimate(rate, perYear: per == .year)
      }
    } else {
      enum Word: String, CaseIterable { case asTheyOccur = "as-they-occur" }
      let word = reader["forfeitures"].word(
        Word.self, asking: "whether forfeitures are estimated or taken as they occur", &faults)
      if word != nil { forfeitures = .asTheyOccur }
    }
    guard let method, let by, let from, let forfeitures else { return nil }
    return Expense(
      method: method, by: by, from: from, forfeitures: forfeitures, pointer: reader.pointer.description)
  }
}
