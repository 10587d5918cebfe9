import ModuleKit
import ModuleProtocol
import Money

/// Moves parts of what lines earned into the periods in which they can be paid.
struct Release {
  private let parts: [Terms.Part]
  private let round: Terms.Round
  /// For each part, the day of each line; nil for none yet.
  private let days: [[Int32?]]
  private let payee: [Int64]
  private let lastDays: [Int32]

  init?(_ terms: Terms, _ batch: Batch) throws(CalculationFault) {
    if terms.payable.isEmpty { return nil }
    parts = terms.payable
    round = terms.round
    var days: [[Int32?]] = []
    for part in terms.payable {
      guard let column = batch.lines[part.day], case .date(let cells) = column.values else {
        throw CalculationFault("there is no column `\(part.day)` of days")
      }
      days.append(cells.indices.map { column.isMissing($0) ? nil : cells[$0] })
    }
    self.days = days
    payee = try batch.periods.numbers("payee").values
    guard case .date(let lastDays)? = batch.periods["period.to"]?.values else {
      throw CalculationFault("there is no column `period.to` of days")
    }
    self.lastDays = lastDays
  }

  /// Takes from each period what its lines earned and cannot be paid in it, and gives to each what now can.
  ///
  /// Of 1,000.00 earned in January, half payable at once and half on March 5, January pays 500.00 and March 500.00. A
  /// part that could be paid before the line's own period is paid in that.
  func move(
    _ earned: [Int64], _ periodRow: [Int64], _ adjustment: inout [Int64], _ words: WalkWords,
    _ recorder: inout some WalkRecorder
  ) throws(CalculationFault) {
    let none = [Int128](repeating: 0, count: parts.count)
    var held = [[Int128]](repeating: none, count: adjustment.count)
    var released = held
    for line in earned.indices where earned[line] != 0 {
      let row = Int(periodRow[line])
      for (place, part) in amounts(earned[line]).enumerated() where part != 0 {
        let target = days[place][line].flatMap { self.row(of: $0, from: row) }
        if target == row { continue }
        held[row][place] += part
        if let target { released[target][place] += part }
      }
    }
    for row in adjustment.indices {
      for (place, part) in parts.enumerated() {
        for (amount, text) in [
          (-held[row][place], "held back: \(StepText.percent(part.share)) waits for `\(part.day)`"),
          (
            released[row][place],
            "earned before: \(StepText.percent(part.share)) can be paid by `\(part.day)`"
          ),
        ] where amount != 0 {
          recorder.period(row) { words.step(text, amount, part.pointer) }
          adjustment[row] = try Exact.narrow(Int128(adjustment[row]) + amount)
        }
      }
    }
  }

  /// The parts of an earning, each rounded but the last, which is what is left.
  private func amounts(_ earned: Int64) -> [Int128] {
    var left = Int128(earned)
    return parts.indices.map { place in
      if place == parts.count - 1 { return left }
      let share = parts[place].share
      let part = round.mode.quotient(Int128(earned) * share.coefficient, PowersOfTen[share.scale])
      left -= part
      return part
    }
  }

  /// The payee's first period, at or after one, that is not over before a day; nil when there is none.
  private func row(of day: Int32, from first: Int) -> Int? {
    var row = first
    while row < lastDays.count, payee[row] == payee[first] {
      if day <= lastDays[row] { return row }
      row += 1
    }
    return nil
  }
}
