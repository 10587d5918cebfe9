import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms from a component's config, and asks for whatever they leave open.
struct BonusReader {
  let context: ComponentContext
  var faults: [ConfigFault] = []

  init(context: ComponentContext) { self.context = context }

  /// Refuses keys that mean nothing for this kind of bonus.
  mutating func refuseOthers(_ config: ConfigReader, but known: [String]) {
    for key in config.value?.object?.keys ?? [] where !known.contains(key) {
      faults.append(
        config[key].fault("it has no place beside `\(known[0])`", help: "write a component of its own"))
    }
  }

  /// An amount that the currency can pay, to the minor unit, as the number that it is.
  mutating func amount(_ reader: ConfigReader) -> ExactDecimal? {
    guard let value = reader.decimal(&faults) else { return nil }
    let most = ExactDecimal(coefficient: Int128(largestAmount / 1000), scale: context.places)
    guard value >= .zero, value.scale <= context.places, value <= most else {
      faults.append(
        reader.fault(
          "an amount from 0 is wanted here that \(context.currency) can pay, with \(context.places) digits after the point"
        ))
      return nil
    }
    return value
  }

  /// The same in the minor unit.
  mutating func cents(_ reader: ConfigReader) -> Int64? {
    amount(reader).flatMap { try? $0.rescaled(to: context.places, rounding: .down) }.map { Int64($0) }
  }

  /// A share that is not below zero.
  mutating func share(_ reader: ConfigReader) -> ExactDecimal? {
    let share = reader.decimal(&faults)
    if let share, share < .zero { faults.append(reader.fault("it cannot pay less than nothing")) }
    return share
  }

  mutating func target(_ reader: ConfigReader) -> Target? {
    let pointer = reader.pointer.description
    if let name = reader.value?.string { return .column(name, pointer: pointer) }
    if reader.value?.object != nil {
      let share = share(reader["share"])
      let name = reader["of"].text(&faults)
      guard let share, let name else { return nil }
      return .share(share, of: name, pointer: pointer + "/of")
    }
    return amount(reader).map { .amount($0) }
  }

  mutating func rounding(_ config: ConfigReader) -> RoundingMode {
    config["round"].exists
      ? config["round"].word(RoundingMode.self, asking: "", &faults) ?? .halfEven : .halfEven
  }

  /// A figure: `{attainment: MEASURE}`, `{measure: MEASURE}` or `{column: payee.NAME}`.
  mutating func figure(_ reader: ConfigReader) -> BonusFigure? {
    let pointer = reader.pointer.description
    if reader["attainment"].exists {
      return reader["attainment"].text(&faults).map {
        BonusFigure(kind: .attainment($0), pointer: pointer + "/attainment")
      }
    }
    if reader["measure"].exists {
      return reader["measure"].text(&faults).map {
        BonusFigure(kind: .value($0), pointer: pointer + "/measure")
      }
    }
    if reader["column"].exists {
      return reader["column"].text(&faults).map {
        BonusFigure(kind: .column($0), pointer: pointer + "/column")
      }
    }
    faults.append(
      reader.fault(
        "a figure is wanted here",
        help: "write `attainment: MEASURE`, `measure: MEASURE` or `column: payee.NAME`"))
    return nil
  }

  /// Points `{at, pays}`, or `{value, pays}` for a figure that is no share.
  mutating func curve(_ reader: ConfigReader, isShare: Bool) -> Curve {
    var points: [Curve.Point] = []
    let key = isShare ? "at" : "value"
    for item in reader["curve"].items(&faults) {
      let at = item[key].decimal(&faults)
      let pays = share(item["pays"])
      guard let at, let pays else { continue }
      if let last = points.last, at <= last.at { faults.append(item[key].fault("the points must ascend")) }
      points.append(Curve.Point(at: at, pays: pays, pointer: item["pays"].pointer.description))
    }
    var curve = Curve(points: points)
    if reader["curve"].exists {
      curve.between =
        reader["between"].word(
          Curve.Between.self, asking: "what is paid between two points of the curve", &faults) ?? .linear
    } else if reader["between"].exists {
      faults.append(reader["between"].fault("there is no curve", help: "remove `between`, or state `curve`"))
    }
    return curve
  }
}
