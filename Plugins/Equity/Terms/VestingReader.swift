import JSONCore
import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Reads vesting terms: as segments that follow one another, or as the conditions of the Open Cap Table Format.
struct VestingReader {
  private let reader: ConfigReader
  private let name: String
  private var faults: [ConfigFault] = []
  private var ids: [String: Int] = [:]

  static func read(_ reader: ConfigReader, name: String, _ faults: inout [ConfigFault]) -> VestingTerms? {
    var own = VestingReader(reader: reader, name: name)
    let terms = own.terms()
    if let terms, own.faults.isEmpty {
      own.faults = VestingChecks.faults(terms, at: reader.pointer.description)
    }
    faults += own.faults
    return own.faults.isEmpty ? terms : nil
  }

  private init(reader: ConfigReader, name: String) {
    self.reader = reader
    self.name = name
  }

  private mutating func terms() -> VestingTerms? {
    let allocation = reader["allocation_type"].word(
      Allocation.self, asking: "how whole units are made of parts of a grant", &faults)
    let hasSegments = reader["segments"].exists
    guard hasSegments != reader["vesting_conditions"].exists else {
      faults.append(reader.fault("state either `segments` or `vesting_conditions`"))
      return nil
    }
    let conditions = hasSegments ? segments() : conditions(reader["vesting_conditions"])
    guard let allocation, !conditions.isEmpty else { return nil }
    return VestingTerms(name: name, allocation: allocation, conditions: conditions)
  }

  // MARK: Segments

  private mutating func segments() -> [VestingTerms.Condition] {
    let day = day(reader["day_of_month"])
    let items = reader["segments"].items(&faults)
    if items.isEmpty { faults.append(reader["segments"].fault("at least one segment is wanted")) }
    let event = reader["event"].exists ? reader["event"].text(&faults) : nil
    var conditions = [
      VestingTerms.Condition(
        id: "start", amount: .quantity(.zero), trigger: .start, next: items.isEmpty ? [] : [1], expires: nil,
        pointer: reader["segments"].pointer.description)
    ]
    var expires: Trigger?
    if reader["expires"].exists {
      if let text = reader["expires"].value?.string {
        expires = CalendarDate(text).map { .absolute($0) }
        if expires == nil { faults.append(reader["expires"].fault("a day like 2030-12-31 is wanted here")) }
      } else {
        expires = span(reader["expires"], day).map { .relative(to: 0, $0) }
      }
    }
    var lead = 0
    for (index, item) in items.enumerated() {
      guard var span = span(item, day), let part = part(item["portion"]) else { continue }
      var trigger = Trigger.relative(to: index, span)
      if let event {
        // Time runs on whether or not the event has come: every segment counts from the start.
        if case .relative(_, let first)? = conditions.dropFirst().first?.trigger.timed,
          first.unit != span.unit
        {
          faults.append(item.fault("segments that wait for an event are all in months, or all in days"))
        }
        span.lead = lead
        lead += span.length * span.occurrences
        trigger = .laterOf([.relative(to: 0, span), .event(event)])
      }
      conditions.append(
        VestingTerms.Condition(
          id: item["id"].value?.string ?? "segment-\(index + 1)", amount: .portion(part, ofRemainder: false),
          trigger: trigger, next: index + 1 < items.count ? [index + 2] : [], expires: expires,
          pointer: item.pointer.description))
    }
    return conditions
  }

  private mutating func span(_ reader: ConfigReader, _ day: DayOfMonth) -> Span? {
    let unit: Span.Unit = reader["days"].exists ? .days : .months
    guard reader["days"].exists != reader["months"].exists else {
      faults.append(reader.fault("state either `months` or `days`"))
      return nil
    }
    let length = whole(reader[unit == .days ? "days" : "months"], 0...36_525)
    let times = reader["times"].exists ? whole(reader["times"], 1...10_000) : 1
    guard let length, let times else { return nil }
    return Span(length: length, unit: unit, occurrences: times, day: day)
  }

  // MARK: Conditions

  private mutating func conditions(_ list: ConfigReader) -> [VestingTerms.Condition] {
    let items = list.items(&faults)
    if items.isEmpty { faults.append(list.fault("at least one condition is wanted")) }
    for (index, item) in items.enumerated() {
      guard let id = item["id"].text(&faults) else { continue }
      if ids.updateValue(index, forKey: id) != nil {
        faults.append(item["id"].fault("two conditions are called `\(id)`"))
      }
    }
    return items.compactMap { condition($0) }
  }

  private mutating func condition(_ item: ConfigReader) -> VestingTerms.Condition? {
    let next = item["next_condition_ids"].items(&faults).compactMap { place($0) }
    let trigger = trigger(item["trigger"], item)
    let expires = item["expires"].exists ? self.trigger(item["expires"], item) : nil
    guard let amount = amount(item), let trigger else { return nil }
    return VestingTerms.Condition(
      id: item["id"].value?.string ?? "", amount: amount, trigger: trigger, next: next, expires: expires,
      pointer: item.pointer.description)
  }

  private mutating func amount(_ item: ConfigReader) -> VestingTerms.Amount? {
    guard item["portion"].exists != item["quantity"].exists else {
      faults.append(item.fault("state either `portion` or `quantity`"))
      return nil
    }
    if item["quantity"].exists { return number(item["quantity"]).map { .quantity($0) } }
    let portion = item["portion"]
    guard portion["numerator"].exists || portion["denominator"].exists else {
      return part(portion).map { .portion($0, ofRemainder: false) }
    }
    guard let above = number(portion["numerator"]), let below = number(portion["denominator"]) else {
      return nil
    }
    guard below.isPositive, above >= .zero, let part = try? above / below else {
      faults.append(portion.fault("a portion is at least 0, and its denominator above 0"))
      return nil
    }
    return .portion(part, ofRemainder: portion["remainder"].value?.bool ?? false)
  }

  private mutating func trigger(_ reader: ConfigReader, _ condition: ConfigReader) -> Trigger? {
    guard let type = reader["type"].text(&faults) else { return nil }
    switch type {
    case "VESTING_START_DATE": return .start
    case "VESTING_EVENT":
      let name = reader["event"].exists ? reader["event"].text(&faults) : condition["id"].value?.string
      return name.map { .event($0) }
    case "VESTING_SCHEDULE_ABSOLUTE":
      guard let text = reader["date"].text(&faults) else { return nil }
      if let day = CalendarDate(text) { return .absolute(day) }
      faults.append(reader["date"].fault("a day like 2030-12-31 is wanted here"))
      return nil
    case "VESTING_SCHEDULE_RELATIVE":
      guard let span = period(reader["period"]), let base = place(reader["relative_to_condition_id"]) else {
        return nil
      }
      return .relative(to: base, span)
    case "EARLIER_OF", "LATER_OF":
      let parts = reader["triggers"].items(&faults).compactMap { trigger($0, condition) }
      let counts = Set(parts.map(\.occurrences)).subtracting([1])
      guard parts.count >= 2, counts.count <= 1 else {
        faults.append(
          reader["triggers"].fault(
            parts.count < 2
              ? "at least two triggers are wanted"
              : "triggers that occur several times must do so equally often"
          ))
        return nil
      }
      return type == "LATER_OF" ? .laterOf(parts) : .earlierOf(parts)
    default:
      faults.append(
        reader["type"].fault(
          "there is no trigger `\(type)`",
          help:
            "write VESTING_START_DATE, VESTING_SCHEDULE_RELATIVE, VESTING_SCHEDULE_ABSOLUTE, VESTING_EVENT, "
            + "EARLIER_OF or LATER_OF"))
      return nil
    }
  }

  private mutating func period(_ reader: ConfigReader) -> Span? {
    let unit = reader["type"].word(Span.Unit.self, asking: "what the length is counted in", &faults)
    let length = whole(reader["length"], 0...36_525)
    // Earlier versions of the format say `repetitions`.
    let times = whole(
      reader["occurrences"].exists ? reader["occurrences"] : reader["repetitions"], 1...10_000)
    if unit == .months, !reader["day_of_month"].exists {
      faults.append(
        reader.fault(
          "the plan must state `day_of_month`: on which day of a month it vests",
          help: "write `day_of_month: VESTING_START_DAY_OR_LAST_DAY_OF_MONTH`, or a day from \"01\" to "
            + "31_OR_LAST_DAY_OF_MONTH", isUnstated: true))
    }
    let day = day(reader["day_of_month"])
    let cliff =
      reader["cliff_installment"].exists ? whole(reader["cliff_installment"], 0...(times ?? 10_000)) : 1
    guard let unit, let length, let times, let cliff else { return nil }
    return Span(length: length, unit: unit, occurrences: times, day: day, cliff: max(1, cliff))
  }

  // MARK: Values

  private mutating func day(_ reader: ConfigReader) -> DayOfMonth {
    guard let value = reader.value else { return .startDay }
    // YAML reads a bare 15 as a number.
    let word = value.string ?? value.int.map { $0 < 10 ? "0\($0)" : "\($0)" } ?? ""
    if let day = DayOfMonth(word: word) { return day }
    faults.append(
      reader.fault(
        "a day of the month is wanted here",
        help: "write 01 … 28, 29_OR_LAST_DAY_OF_MONTH … 31_OR_LAST_DAY_OF_MONTH, or "
          + "VESTING_START_DAY_OR_LAST_DAY_OF_MONTH"))
    return .startDay
  }

  private mutating func place(_ reader: ConfigReader) -> Int? {
    guard let id = reader.text(&faults) else { return nil }
    if let place = ids[id] { return place }
    faults.append(
      reader.fault(
        "there is no condition `\(id)`",
        help: "the conditions are \(ids.keys.sorted().joined(separator: ", "))"))
    return nil
  }

  /// A part of the grant: `25%`, `0.25` or `1/48`.
  private mutating func part(_ reader: ConfigReader) -> Fraction? {
    if let number = reader.value?.decimal, number >= .zero { return Fraction(number) }
    let sides = (reader.value?.string ?? "").split(separator: "/", omittingEmptySubsequences: false)
    if sides.count == 2, let above = ExactDecimal(sides[0]), let below = ExactDecimal(sides[1]),
      below > .zero, above >= .zero, let part = try? Fraction(above) / Fraction(below)
    {
      return part
    }
    faults.append(reader.fault("a part of the grant is wanted here, like 25% or 1/48"))
    return nil
  }

  /// A number, which the format writes as a text.
  private mutating func number(_ reader: ConfigReader) -> Fraction? {
    if let text = reader.value?.string, let number = ExactDecimal(text) { return Fraction(number) }
    return reader.decimal(&faults).map { Fraction($0) }
  }

  private mutating func whole(_ reader: ConfigReader, _ range: ClosedRange<Int>) -> Int? {
    if let number = reader.value?.int, range.contains(number) { return number }
    faults.append(
      reader.fault("a whole number from \(range.lowerBound) to \(range.upperBound) is wanted here"))
    return nil
  }
}
