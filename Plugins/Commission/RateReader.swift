import JSONCore
import ModuleKit
import Money
import PlanCalendar

/// What a number of the terms is: it decides what its entries are called.
enum RateUnit: String {
  /// A share of an amount.
  case rate
  /// Money.
  case amount
  /// A multiplier.
  case factor

  /// The key of a band or point that holds the number.
  var word: String { rawValue }
}

extension TermsReader {
  /// A number: plain, in a column, or looked up in a table, in bands, on a curve.
  mutating func rate(_ reader: ConfigReader, _ unit: RateUnit) -> Terms.Rate? {
    let pointer = reader.pointer.description
    if let column = reader["column"].value?.string { return .column(column, pointer: pointer) }
    if reader["bands"].exists { return ladder(reader, unit).map { .bands($0) } }
    if reader["points"].exists { return curve(reader, unit).map { .curve($0) } }
    if reader["by"].exists { return lookup(reader, unit).map { .lookup($0) } }
    return reader.decimal(&faults).map { .flat($0, pointer: pointer) }
  }

  private mutating func lookup(_ reader: ConfigReader, _ unit: RateUnit) -> Terms.Lookup? {
    let by = reader["by"].text(&faults)
    var table: [Terms.Entry] = []
    let members = reader["table"].value?.object
    if members == nil { faults.append(reader["table"].fault("a table of values by `by` is wanted here")) }
    for key in members?.keys ?? [] {
      if let rate = rate(reader["table"][key], unit) { table.append(Terms.Entry(key: key, rate: rate)) }
    }
    guard reader["otherwise"].exists else {
      faults.append(
        reader.fault(
          "the plan must state `otherwise`: the value for what the table does not name",
          help: "write `otherwise: 0` to pay nothing, or a rate", isUnstated: true))
      return nil
    }
    guard let otherwise = rate(reader["otherwise"], unit), let by else { return nil }
    return Terms.Lookup(by: by, table: table, otherwise: otherwise, pointer: reader.pointer.description)
  }

  private mutating func ladder(_ reader: ConfigReader, _ unit: RateUnit) -> Terms.Ladder? {
    let edge = reader["edge"].word(
      Terms.Tiers.Edge.self, asking: "which band a figure that is exactly on an edge belongs to", &faults)
    let firstEdge = reader["bands"].items(&faults).first?["to"].value?.string
    let areDays = firstEdge.flatMap { CalendarDate($0) } != nil
    let by = figure(reader, areDays: areDays)
    let bands = bands(reader["bands"], areDays: areDays) { reader, item in
      reader.rate(item[unit.word], unit)
    }
    guard let by, let edge, !bands.isEmpty else { return nil }
    return Terms.Ladder(by: by, edge: edge, bands: bands, pointer: reader.pointer.description)
  }

  private mutating func curve(_ reader: ConfigReader, _ unit: RateUnit) -> Terms.Curve? {
    let by = figure(reader, areDays: false)
    let places = reader["places"].value?.int
    if places == nil || !(0...12).contains(places ?? 0) {
      faults.append(
        reader["places"].exists
          ? reader["places"].fault("a whole number from 0 to 12 is wanted here")
          : reader.fault(
            "the plan must state `places`: the digits to which a number between two points is rounded",
            help: "write `places: 4`: 0.0688, that is 6.88%", isUnstated: true))
    }
    let below = end(reader, "below", "what holds below the first point")
    let above = end(reader, "above", "what holds above the last point")
    var points: [(at: ExactDecimal, number: ExactDecimal)] = []
    let items = reader["points"].items(&faults)
    if items.count < 2 { faults.append(reader["points"].fault("at least two points are wanted")) }
    for item in items {
      guard let at = item["at"].decimal(&faults), let number = item[unit.word].decimal(&faults) else {
        continue
      }
      if let before = points.last?.at, at <= before {
        faults.append(item["at"].fault("the points of a curve must ascend"))
      }
      if let places, number.scale > places {
        faults.append(
          item[unit.word].fault(
            "`\(number)` has more places than the \(places) of the curve", help: "raise `places`"))
      }
      points.append((at, number))
    }
    for (key, end) in [("below", below), ("above", above)] {
      if case .number(let number)? = end, let places, number.scale > places {
        faults.append(
          reader[key].fault(
            "`\(number)` has more places than the \(places) of the curve", help: "raise `places`"))
      }
    }
    guard let by, let places, let below, let above, points.count >= 2, faults.isEmpty else { return nil }
    return Terms.Curve(
      by: by, points: points, below: below, above: above, places: places,
      pointer: reader.pointer.description)
  }

  private mutating func end(_ reader: ConfigReader, _ key: String, _ question: String) -> Terms.Curve.End? {
    switch reader[key].value?.string {
    case "hold": return .hold
    case "extend": return .extend
    default: break
    }
    if reader[key].value?.decimal != nil { return reader[key].decimal(&faults).map { .number($0) } }
    faults.append(
      reader[key].exists
        ? reader[key].fault("`hold`, `extend` or a number is wanted here")
        : reader.fault(
          "the plan must state `\(key)`: \(question)",
          help: "write `\(key): hold` for the number of the nearest point, `extend` to go on, or a number",
          isUnstated: true))
    return nil
  }

  /// What bands and curves go by.
  private mutating func figure(_ reader: ConfigReader, areDays: Bool) -> Terms.Figure? {
    let by = reader["by"]
    if let start = by["months_since"].value?.string { return .monthsSince(start) }
    if let component = by["earned"].value?.string { return .earned(component) }
    guard let name = by.text(&faults) else { return nil }
    let measure = reader["measure"].exists ? reader["measure"].text(&faults) : nil
    guard name == "attainment" || name == "value" else {
      if measure != nil {
        faults.append(
          reader["measure"].fault(
            "`\(name)` is a column of the rows, and no figure of a measure",
            help: "write `by: attainment` or `by: value`, or leave out `measure`"))
      }
      return areDays ? .day(name) : .column(name)
    }
    if measure == nil, name == "attainment" ? !context.hasQuota : !context.hasMeasure {
      faults.append(
        by.fault(
          name == "attainment" ? "attainment needs a measure with a quota" : "`value` needs a measure",
          help: "name one as `measure`, here or of the component"))
    }
    return name == "attainment" ? .attainment(measure: measure) : .value(measure: measure)
  }

  /// Bands that ascend to an open one, each with what `read` makes of it.
  mutating func bands(
    _ reader: ConfigReader, areDays: Bool = false, _ read: (inout TermsReader, ConfigReader) -> Terms.Rate?
  ) -> [Terms.Band] {
    let items = reader.items(&faults)
    if items.isEmpty { faults.append(reader.fault("at least one band is wanted")) }
    var bands: [Terms.Band] = []
    for (index, item) in items.enumerated() {
      let isLast = index == items.count - 1
      let to = item["to"].exists ? areDays ? day(item["to"]) : item["to"].decimal(&faults) : nil
      if isLast, item["to"].exists {
        faults.append(
          item["to"].fault(
            "the last band must be open", help: "remove `to`, or add a band for what lies above"))
      }
      if !isLast, !item["to"].exists {
        faults.append(item.fault("only the last band may be open", help: "state its upper edge as `to`"))
      }
      if let to, let before = bands.last?.to, to <= before {
        faults.append(item["to"].fault("the edges of the bands must ascend"))
      }
      if let rate = read(&self, item) { bands.append(Terms.Band(to: to, rate: rate)) }
    }
    return bands
  }

  /// A day as days since 1970-01-01.
  private mutating func day(_ reader: ConfigReader) -> ExactDecimal? {
    if let day = reader.value?.string.flatMap({ CalendarDate($0) }) { return ExactDecimal(day.day) }
    faults.append(reader.fault("a day is wanted here", help: "write days as YYYY-MM-DD"))
    return nil
  }
}
