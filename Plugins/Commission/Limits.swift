import ModuleKit

/// Caps and floors as integers of the places in which earnings are paid.
struct Limits<Number: WalkNumber> {
  private let lineCap: Number?
  private let lineFloor: Number?
  let periodCap: Int128?
  let periodFloor: Int128?
  let windowCap: Int128?

  init(_ terms: Terms) throws(CalculationFault) {
    func amount(_ bound: Terms.Bound?, _ span: Terms.Bound.Span) throws(CalculationFault) -> Int128? {
      guard let bound, bound.per == span else { return nil }
      return try Exact.scaled(bound.amount, to: terms.round.places)
    }
    lineCap = try amount(terms.cap, .line).map { Number(truncatingIfNeeded: $0) }
    lineFloor = try amount(terms.floor, .line).map { Number(truncatingIfNeeded: $0) }
    periodCap = try amount(terms.cap, .period)
    periodFloor = try amount(terms.floor, .period)
    windowCap = try amount(terms.cap, .window)
  }

  /// The earning within the cap and floor that hold for each line.
  func line(_ amount: Number) -> Number {
    var amount = amount
    if let lineCap { amount = min(amount, lineCap) }
    if let lineFloor { amount = max(amount, lineFloor) }
    return amount
  }
}
