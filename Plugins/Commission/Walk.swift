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
  let periodAmounts: PeriodAmounts?
  private let release: Release?
  private let roundsSums: Bool
  let earnedRounding: Rescaling<Number>
  private let portionRounding: Rescaling<Number>
  var window = WindowState<Number>()
  var year = SpanTotals()
  var edges: EdgeAmounts<Number>
  /// For whole-amount tiers and overage, the band reached.
  var reached = 0

  var earned: [Int64]
  var adjustment: [Int64]
  /// The cells of each `portion` column.
  private(set) var portions: [[Int64]]
  /// What lines under review would have earned.
  private(set) var held: [Int64]
  /// Their sums by period.
  private(set) var heldInPeriod: [Int64]

  init(_ terms: Terms, _ input: WalkInput, _ batch: Batch) throws(CalculationFault) {
    self.terms = terms
    self.input = input
    words = WalkWords(terms, input)
    gate = try terms.gate.map { gate throws(CalculationFault) in try GateColumns(gate, batch.periods) }
    limits = try Limits(terms.round, input)
    pricing = try LinePricing(input)
    periodAmounts = try PeriodAmounts(terms, batch)
    release = try Release(terms, batch)
    edges = EdgeAmounts(input.bands)
    roundsSums = terms.round.at == .period
    earnedRounding = Rescaling(from: input.earnedScale, to: terms.round.places, terms.round.mode)
    portionRounding = Rescaling(from: input.walkScale, to: Portions.places, .halfEven)
    earned = [Int64](repeating: 0, count: batch.lines.count)
    held = [Int64](repeating: 0, count: terms.review == nil ? 0 : batch.lines.count)
    heldInPeriod = [Int64](repeating: 0, count: terms.review == nil ? 0 : batch.periods.count)
    adjustment = [Int64](repeating: 0, count: batch.periods.count)
    portions = Portions.gifts(terms).map { _ in [Int64](repeating: 0, count: batch.lines.count) }
  }

  mutating func run(_ recorder: inout some WalkRecorder) throws(CalculationFault) {
    var line = 0
    for row in adjustment.indices {
      if row == 0 || input.startsWindow(row) { window = WindowState() }
      if row == 0 || input.startsYear(row) { year = SpanTotals() }
      let first = line
      while line < earned.count, input.periodRow[line] == Int64(row) { line += 1 }
      try period(row, first..<line, &recorder)
    }
    if line < earned.count {
      throw CalculationFault("line \(line) belongs to no period of the batch, or is out of order")
    }
    if let release { try release.move(earned, input.periodRow, &adjustment, words, &recorder) }
  }

  private mutating func period(
    _ row: Int, _ lines: Range<Int>, _ recorder: inout some WalkRecorder
  ) throws(CalculationFault) {
    var position = pricing.isToDate ? window.position : 0
    if let quota = input.quota { try edges.set(quota: quota.isMissing(row) ? nil : quota.values[row]) }
    if input.bands?.tiers.isReached ?? false, !pricing.isPerDeal {
      reached = try bandReached(row, lines, from: position)
    }
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
      let bounded = limits.line(rounded, line)
      if bounded != rounded {
        recorder.line(line) { words.lineBound(line, Int128(rounded), Int128(bounded)) }
      }
      var cell = try Exact.narrow(bounded)
      if let review = terms.review, input.isHeld(line, review) {
        recorder.line(line) { cell == 0 ? nil : words.held(line, review, Int128(cell)) }
        held[line] = cell
        heldInPeriod[row] = try Exact.narrow(Int128(heldInPeriod[row]) + Int128(cell))
        cell = 0
      }
      earned[line] = cell
      total += Int128(cell)
    }
    window.position = position
    try settle(row, lines, total, &recorder)
  }

  /// The band that a period or window reached: by the measure's figure, or by the lines so far.
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
    // Where a line does not begin at the end of the one before, its explanation says so.
    let jump = !pricing.isPerDeal && start != position ? Int128(start) : nil
    position = end
    if pricing.isPerDeal, pricing.kind != .marginal {
      reached = edges.reached(by: max(start, end), edge: input.bands?.tiers.edge ?? .upper)
    }
    if pricing.kind != .whole { return try crossing(line, from: start, to: end, jump, &recorder) }
    let weighted = try pricing.weighted(amount, line)
    if words.needsDue { window.weighted = try Number.sum(window.weighted, weighted) }
    let exact = try reachedPart(weighted, line, paidBy: reached)
    if amount != 0 { recorder.line(line) { words.portion(line, reached, Int128(amount), Int128(exact)) } }
    return exact
  }

  /// What the bands pay that lie between two places of the walk.
  private mutating func crossing(
    _ line: Int, from start: Number, to end: Number, _ jump: Int128?, _ recorder: inout some WalkRecorder
  ) throws(CalculationFault) -> Number {
    var exact: Number = 0
    var jump = jump
    let firstBeyond = pricing.kind == .overage ? input.bands?.tiers.firstBeyond ?? 0 : Int.max
    for band in edges.bands(between: start, end) {
      let portion = edges.portion(band, from: start, to: end)
      if portion == 0 { continue }
      let paidBy = band < firstBeyond ? band : max(reached, firstBeyond)
      let weighted = try pricing.weighted(portion, line)
      let part =
        band < firstBeyond
        ? try ownPart(weighted, line, paidBy: band) : try reachedPart(weighted, line, paidBy: paidBy)
      exact = try Number.sum(exact, part)
      portions[band][line] = try Exact.narrow(try portionRounding.rescaled(portion))
      let from = jump
      jump = nil
      recorder.line(line) { words.portion(line, paidBy, Int128(portion), Int128(part), from: from) }
    }
    return exact
  }

  /// What a part pays whose band is its own, whatever is reached.
  private mutating func ownPart(
    _ weighted: Number, _ line: Int, paidBy band: Int
  ) throws(CalculationFault) -> Number {
    let part = try Number.product(weighted, pricing.rates[band][line])
    if words.needsDue { try window.owe(part, at: pricing.rates.indices) }
    return part
  }

  /// What a part pays that goes by the band reached; for a true-up, what it would by each.
  private mutating func reachedPart(
    _ weighted: Number, _ line: Int, paidBy band: Int
  ) throws(CalculationFault) -> Number {
    if words.needsDue {
      for other in pricing.rates.indices {
        try window.owe(try Number.product(weighted, pricing.rates[other][line]), at: other..<other + 1)
      }
    }
    return try Number.product(weighted, pricing.rates[band][line])
  }
}

/// What is carried from period to period of one payee's window.
struct WindowState<Number: WalkNumber> {
  /// How far the walk over marginal bands has come, at the walk's scale.
  var position: Number = 0
  /// The sum of amounts times multipliers, for the words of a true-up.
  var weighted: Number = 0
  /// What all lines so far come to if a band is reached, for each band, for a true-up.
  var dueByBand: [Number] = []
  /// What was due before, gates aside, for a true-up.
  var due: Int128 = 0
  /// What was due before of an amount for the window.
  var amountDue: Int128 = 0
  /// What closed gates have kept back.
  var withheld: Int128 = 0
  /// What the window has come to, for its caps and floors.
  var totals = SpanTotals()

  /// Adds to what is due if one of these bands is reached.
  mutating func owe(_ amount: Number, at bands: Range<Int>) throws(CalculationFault) {
    while dueByBand.count < bands.upperBound { dueByBand.append(0) }
    for band in bands { dueByBand[band] = try Number.sum(dueByBand[band], amount) }
  }
}
