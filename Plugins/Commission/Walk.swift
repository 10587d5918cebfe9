import ModuleKit
import ModuleProtocol
import Money

/// Walks a batch in order, period by period and line by line, and gathers what is earned.
struct Walk<Number: WalkNumber> {
  let terms: Terms
  let input: WalkInput
  let words: WalkWords
  let gate: GateColumns?
  let limits: Limits<Number>
  let pricing: LinePricing<Number>
  private let roundsSums: Bool
  let earnedRounding: Rescaling<Number>
  private let portionRounding: Rescaling<Number>
  var window = WindowState<Number>()
  var edges: EdgeAmounts<Number>
  /// For whole-amount tiers over a period or to date, the band reached.
  var reached = 0

  var earned: [Int64]
  var adjustment: [Int64]
  /// The cells of each `portion` column.
  private(set) var portions: [[Int64]]

  init(_ terms: Terms, _ input: WalkInput, _ batch: Batch) throws(CalculationFault) {
    self.terms = terms
    self.input = input
    words = WalkWords(terms, input)
    gate = try terms.gate.map { gate throws(CalculationFault) in try GateColumns(gate, batch.periods) }
    limits = try Limits(terms)
    pricing = try LinePricing(input)
    edges = EdgeAmounts(input.bands)
    roundsSums = terms.round.at == .period
    earnedRounding = Rescaling(from: input.earnedScale, to: terms.round.places, terms.round.mode)
    portionRounding = Rescaling(from: input.walkScale, to: Portions.places, .halfEven)
    earned = [Int64](repeating: 0, count: batch.lines.count)
    adjustment = [Int64](repeating: 0, count: batch.periods.count)
    portions = Portions.gifts(terms).map { _ in [Int64](repeating: 0, count: batch.lines.count) }
  }

  mutating func run(_ recorder: inout some WalkRecorder) throws(CalculationFault) {
    var line = 0
    for row in adjustment.indices {
      if row == 0 || input.startsWindow(row) { window = WindowState() }
      let first = line
      while line < earned.count, input.periodRow[line] == Int64(row) { line += 1 }
      try period(row, first..<line, &recorder)
    }
    if line < earned.count {
      throw CalculationFault("line \(line) belongs to no period of the batch, or is out of order")
    }
  }

  private mutating func period(
    _ row: Int, _ lines: Range<Int>, _ recorder: inout some WalkRecorder
  ) throws(CalculationFault) {
    var position = pricing.isToDate ? window.position : 0
    if let quota = input.quota { try edges.set(quota: quota.isMissing(row) ? nil : quota.values[row]) }
    if pricing.kind == .reached { reached = try bandReached(row, lines, from: position) }
    var running: Number = 0
    var shown: Number = 0
    var total: Int128 = 0
    for line in lines {
      let exact = try price(line, &position, &recorder)
      let rounded: Number
      if roundsSums {
        running = try Number.sum(running, exact)
        let target = try earnedRounding.rescaled(running)
        rounded = target - shown
        shown = target
      } else {
        rounded = try earnedRounding.rescaled(exact)
      }
      recorder.line(line) { words.rounding(Int128(exact), Int128(rounded)) }
      let bounded = limits.line(rounded)
      if bounded != rounded {
        recorder.line(line) { words.lineBound(Int128(rounded), Int128(bounded)) }
      }
      let cell = try Exact.narrow(bounded)
      earned[line] = cell
      total += Int128(cell)
    }
    window.position = position
    try settle(row, lines, total, &recorder)
  }

  /// The band that whole-amount tiers reached: by the measure's figure, or by the lines so far.
  private func bandReached(_ row: Int, _ lines: Range<Int>, from start: Number) throws(CalculationFault)
    -> Int
  {
    var figure = start
    if let measured = input.figure {
      let unit = Number(truncatingIfNeeded: PowersOfTen[input.walkScale - measured.places])
      figure = try Number.product(Number(measured.values[row]), unit)
    } else {
      for line in lines { figure = try Number.sum(figure, try pricing.amount(line)) }
    }
    return edges.reached(by: figure, edge: input.bands?.tiers.edge ?? .upper)
  }

  /// What a line earns before anything is rounded; moves `position` past it.
  private mutating func price(
    _ line: Int, _ position: inout Number, _ recorder: inout some WalkRecorder
  ) throws(CalculationFault) -> Number {
    let amount = try pricing.amount(line)
    if pricing.kind == .rate {
      let exact = try pricing.weighted(amount, line)
      recorder.line(line) { words.rate(line, Int128(exact)) }
      return exact
    }
    // A deal alone begins at zero. A negative one walks back to it, and so takes back what the positive one pays.
    let start = pricing.isPerDeal ? max(0, 0 - amount) : try pricing.standing(line) ?? position
    let end = try Number.sum(start, amount)
    position = end
    if pricing.kind == .marginal { return try crossing(line, from: start, to: end, &recorder) }
    let band =
      pricing.kind == .alone
      ? edges.reached(by: max(start, end), edge: input.bands?.tiers.edge ?? .upper) : reached
    let weighted = try pricing.weighted(amount, line)
    if words.needsDue { window.weighted = try Number.sum(window.weighted, weighted) }
    let exact = try Number.product(weighted, pricing.rates[band])
    if amount != 0 { recorder.line(line) { words.portion(line, band, Int128(amount), Int128(exact)) } }
    return exact
  }

  /// What the bands pay that lie between two places of the walk.
  private mutating func crossing(
    _ line: Int, from start: Number, to end: Number, _ recorder: inout some WalkRecorder
  ) throws(CalculationFault) -> Number {
    var exact: Number = 0
    for band in edges.bands(between: start, end) {
      let portion = edges.portion(band, from: start, to: end)
      if portion == 0 { continue }
      let part = try pricing.weighted(try Number.product(portion, pricing.rates[band]), line)
      exact = try Number.sum(exact, part)
      portions[band][line] = try Exact.narrow(try portionRounding.rescaled(portion))
      recorder.line(line) { words.portion(line, band, Int128(portion), Int128(part)) }
    }
    return exact
  }
}

/// What is carried from period to period of one payee's window.
struct WindowState<Number: WalkNumber> {
  /// How far the walk over marginal bands has come, at the walk's scale.
  var position: Number = 0
  /// The sum of amounts times multipliers, for a true-up.
  var weighted: Number = 0
  /// What was due before, gates aside, for a true-up.
  var due: Int128 = 0
  /// What closed gates have kept back.
  var withheld: Int128 = 0
  /// What would have been paid without a cap, and what was.
  var uncapped: Int128 = 0
  var paid: Int128 = 0
}
