import ModuleKit

/// Caps and floors as integers of the places in which earnings are paid.
struct Limits<Number: WalkNumber> {
  private let lineCap: Number?
  private let lineFloor: Number?
  private let caps: [Terms.Bound.Span: Int128]
  private let floors: [Terms.Bound.Span: Int128]

  init(_ terms: Terms) throws(CalculationFault) {
    func amounts(_ bounds: [Terms.Bound]) throws(CalculationFault) -> [Terms.Bound.Span: Int128] {
      var amounts: [Terms.Bound.Span: Int128] = [:]
      for bound in bounds { amounts[bound.per] = try Exact.scaled(bound.amount, to: terms.round.places) }
      return amounts
    }
    caps = try amounts(terms.caps)
    floors = try amounts(terms.floors)
    lineCap = caps[.line].map { Number(truncatingIfNeeded: $0) }
    lineFloor = floors[.line].map { Number(truncatingIfNeeded: $0) }
  }

  /// The earning within the cap and floor that hold for each line.
  func line(_ amount: Number) -> Number {
    var amount = amount
    if let lineCap { amount = min(amount, lineCap) }
    if let lineFloor { amount = max(amount, lineFloor) }
    return amount
  }

  /// Whether anything bounds a span.
  func bounds(_ span: Terms.Bound.Span) -> Bool { caps[span] != nil || floors[span] != nil }

  /// The amount within the bounds of a span, and the bound that changed it; a floor holds at the span's end only.
  func within(
    _ span: Terms.Bound.Span, _ amount: Int128, isEnd: Bool
  ) -> (amount: Int128, isFloor: Bool) {
    if isEnd, let least = floors[span], amount < least { return (least, true) }
    return (caps[span].map { min(amount, $0) } ?? amount, false)
  }
}

/// What a span of several periods has come to, without its bounds, and what was paid.
struct SpanTotals {
  var unbounded: Int128 = 0
  var paid: Int128 = 0
}
