import ModuleKit

/// Caps and floors as integers of the places in which earnings are paid.
struct Limits<Number: WalkNumber> {
  private let lineCap: LineNumbers<Number>?
  private let lineFloor: LineNumbers<Number>?
  private let caps: [Terms.Bound.Span: LineNumbers<Int128>]
  private let floors: [Terms.Bound.Span: LineNumbers<Int128>]

  init(_ round: Terms.Round, _ input: WalkInput) throws(CalculationFault) {
    let lines = input.periodRow.count
    lineCap = try input.caps[.line].map { cap throws(CalculationFault) in
      try cap.rounded(to: round.places, round.mode, rows: lines)
    }
    lineFloor = try input.floors[.line].map { floor throws(CalculationFault) in
      try floor.rounded(to: round.places, round.mode, rows: lines)
    }
    func amounts(
      _ bounds: [Terms.Bound.Span: RateColumn]
    ) throws(CalculationFault) -> [Terms.Bound.Span: LineNumbers<Int128>] {
      var amounts: [Terms.Bound.Span: LineNumbers<Int128>] = [:]
      for (span, bound) in bounds where span != .line {
        amounts[span] = try bound.rounded(to: round.places, round.mode, rows: input.periodCount)
      }
      return amounts
    }
    caps = try amounts(input.caps)
    floors = try amounts(input.floors)
  }

  /// The earning within the cap and floor that hold for each line.
  ///
  /// A line below zero takes back what its opposite would pay: with a cap of 5,000, 9,000 pays 5,000 and -9,000 takes
  /// back 5,000.
  func line(_ amount: Number, _ line: Int) -> Number {
    amount < 0 ? -positive(-amount, line) : positive(amount, line)
  }

  private func positive(_ amount: Number, _ line: Int) -> Number {
    var amount = amount
    if let lineFloor { amount = max(amount, lineFloor[line]) }
    if let lineCap { amount = min(amount, lineCap[line]) }
    return amount
  }

  /// Whether anything bounds a span.
  func bounds(_ span: Terms.Bound.Span) -> Bool { caps[span] != nil || floors[span] != nil }

  /// The amount within the bounds of a span at a period row, and whether a floor made it; a floor holds at the span's end
  /// only, and a cap below it comes last.
  func within(
    _ span: Terms.Bound.Span, _ amount: Int128, _ row: Int, isEnd: Bool
  ) -> (amount: Int128, isFloor: Bool) {
    var (bounded, isFloor) = (amount, false)
    if isEnd, let least = floors[span]?[row], bounded < least { (bounded, isFloor) = (least, true) }
    if let most = caps[span]?[row], bounded > most { (bounded, isFloor) = (most, false) }
    return (bounded, isFloor)
  }
}

/// What a span of several periods has come to, without its bounds, and what was paid.
struct SpanTotals {
  var unbounded: Int128 = 0
  var paid: Int128 = 0
}
