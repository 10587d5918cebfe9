import ModuleKit
import ModuleProtocol
import Money

/// Walks a batch in order, period by period and line by line, and gathers what is earned and, when asked, why.
struct Walk {
  private let terms: Terms
  private let input: WalkInput
  private let periodCount: Int
  private let isExplaining: Bool
  private var window = WindowState()

  private(set) var earned: [Int64]
  private(set) var adjustment: [Int64]
  /// The cells of each `portion` column.
  private(set) var portions: [[Int64]]
  private(set) var lineSteps: [[Step]] = []
  private(set) var periodSteps: [[Step]] = []

  init(_ terms: Terms, _ batch: Batch, explaining: Bool) throws(CalculationFault) {
    self.terms = terms
    input = try WalkInput(terms, batch)
    periodCount = batch.periods.count
    isExplaining = explaining
    earned = [Int64](repeating: 0, count: batch.lines.count)
    adjustment = [Int64](repeating: 0, count: batch.periods.count)
    portions = Portions.gifts(terms).map { _ in [Int64](repeating: 0, count: batch.lines.count) }
    if explaining {
      lineSteps = [[Step]](repeating: [], count: batch.lines.count)
      periodSteps = [[Step]](repeating: [], count: batch.periods.count)
    }
  }

  mutating func run() throws(CalculationFault) {
    var line = 0
    for row in 0..<periodCount {
      if row == 0 || input.startsWindow(row) { window = WindowState() }
      let first = line
      while line < earned.count, input.periodRow[line] == row { line += 1 }
      try period(row, first..<line)
    }
    if line < earned.count {
      throw CalculationFault("line \(line) belongs to no period of the batch, or is out of order")
    }
  }

  private mutating func period(_ row: Int, _ lines: Range<Int>) throws(CalculationFault) {
    let pricing = try PeriodPricing(terms, input, row, lines, window, explaining: isExplaining)
    var position = pricing.startPosition
    var running: Int128 = 0
    var paidSoFar: Int128 = 0
    for line in lines {
      let price = try pricing.price(line, at: &position)
      running = try Exact.sum(running, price.exact)
      // The window's sums hold the line before its rounding.
      window.weighted = try Exact.sum(window.weighted, price.weighted)
      let target = try Exact.rescaled(
        terms.round.at == .period ? running : price.exact, from: input.earnedScale, to: terms.round.places,
        terms.round.mode)
      let rounded = terms.round.at == .period ? target - paidSoFar : target
      paidSoFar += rounded
      let bounded = try bounded(rounded, line: line)
      earned[line] = try Exact.narrow(bounded)
      for (band, portion) in price.portions.enumerated() where portions.indices.contains(band) {
        portions[band][line] = try Exact.narrow(
          try Exact.rescaled(portion, from: input.walkScale, to: Portions.places, .halfEven))
      }
      if isExplaining { try explain(line, price, rounded, bounded) }
    }
    window.position = position
    try settle(row, lines, pricing)
  }

  /// The earning within the cap and floor that hold for each line.
  private func bounded(_ amount: Int128, line: Int) throws(CalculationFault) -> Int128 {
    var amount = amount
    if let cap = terms.cap, cap.per == .line { amount = min(amount, try input.earnings(cap.amount)) }
    if let floor = terms.floor, floor.per == .line { amount = max(amount, try input.earnings(floor.amount)) }
    return amount
  }

  private mutating func explain(
    _ line: Int, _ price: PeriodPricing.Price, _ rounded: Int128, _ bounded: Int128
  ) throws(CalculationFault) {
    var steps = price.steps
    let exact = ExactDecimal(coefficient: price.exact, scale: input.earnedScale)
    let paid = input.amount(rounded)
    let words =
      terms.round.at == .line
      ? "rounded \(terms.round.mode.rawValue) to \(terms.round.places) places"
      : "rounded \(terms.round.mode.rawValue) to \(terms.round.places) places on the period's running sum"
    if paid != exact { steps.append(Step(words, try difference(paid, exact), at: "/round")) }
    if bounded != rounded {
      let isCap = bounded < rounded
      let bound = isCap ? terms.cap?.amount : terms.floor?.amount
      steps.append(
        Step(
          "\(isCap ? "cap" : "floor") of \(StepText.amount(bound ?? .zero)) a line",
          input.amount(bounded - rounded), at: isCap ? "/cap" : "/floor"))
    }
    lineSteps[line] = steps
  }

  private func difference(_ a: ExactDecimal, _ b: ExactDecimal) throws(CalculationFault) -> ExactDecimal {
    do { return try a.subtracting(b).normalized } catch { throw Exact.tooLarge }
  }

  // MARK: What a period adds to its lines

  private mutating func settle(
    _ row: Int, _ lines: Range<Int>, _ pricing: PeriodPricing
  ) throws(CalculationFault) {
    var steps: [Step] = []
    var extra: Int128 = 0
    func add(_ text: String, _ amount: Int128, _ pointer: String) {
      if amount == 0 { return }
      extra += amount
      if isExplaining { steps.append(Step(text, input.amount(amount), at: pointer)) }
    }
    let fromLines = lines.reduce(Int128(0)) { $0 + Int128(earned[$1]) }
    if let due = try pricing.dueToDate(window) {
      let correction = due.amount - window.due - fromLines
      add(
        "\(due.text), less \(StepText.amount(input.amount(window.due + fromLines))) so far", correction,
        due.pointer)
      window.due = due.amount
    }
    if let gate = terms.gate {
      let isOpen = try input.isOpen(gate, row)
      if !isOpen {
        let words = "gate closed: \(input.attainmentText(row)) is below \(StepText.percent(gate.atLeast))"
        window.withheld += fromLines + extra
        for line in lines where earned[line] != 0 {
          if isExplaining {
            lineSteps[line].append(Step(words, input.amount(-Int128(earned[line])), at: "/gate"))
          }
          earned[line] = 0
        }
        add(words, -extra, "/gate")
      } else if gate.missed == .later {
        add("earned while the gate was closed", window.withheld, "/gate/missed")
        window.withheld = 0
      }
    }
    let total = lines.reduce(extra) { $0 + Int128(earned[$1]) }
    if let floor = terms.floor, floor.per == .period {
      let least = try input.earnings(floor.amount)
      add("floor of \(StepText.amount(floor.amount)) a period", max(least, total) - total, "/floor")
    }
    if let cap = terms.cap, cap.per == .period {
      let most = try input.earnings(cap.amount)
      let present = lines.reduce(extra) { $0 + Int128(earned[$1]) }
      add("cap of \(StepText.amount(cap.amount)) a period", min(most, present) - present, "/cap")
    }
    if let cap = terms.cap, cap.per == .window {
      let present = lines.reduce(extra) { $0 + Int128(earned[$1]) }
      window.uncapped += present
      let paid = min(window.uncapped, try input.earnings(cap.amount))
      add("cap of \(StepText.amount(cap.amount)) a window", paid - window.paid - present, "/cap")
      window.paid = paid
    }
    adjustment[row] = try Exact.narrow(extra)
    if isExplaining { periodSteps[row] = steps }
  }
}

/// What is carried from period to period of one payee's window.
struct WindowState {
  /// How far the walk over marginal bands has come, at the walk's scale.
  var position: Int128 = 0
  /// The sum of amounts times multipliers, for a true-up.
  var weighted: Int128 = 0
  /// What was due before, gates aside, for a true-up.
  var due: Int128 = 0
  /// What closed gates have kept back.
  var withheld: Int128 = 0
  /// What would have been paid without a cap, and what was.
  var uncapped: Int128 = 0
  var paid: Int128 = 0
}
