import Engine
import Money
import PlanCalendar
import PlanModel
import Sessions
import Tables

/// What a measure came to, in words.
struct MeasureWords {
  let text: String

  init(_ measured: Measured, _ result: RunResult, _ ready: ReadyPreview) {
    let name = measured.measure.name.text
    let periods = result.data.plan.calendar.periods
    let places = result.data.plan.currency.places
    var lines = ["**\(name)**"]
    for period in ready.periods.suffix(12) {
      var (value, quota, reached, held) = (Int128(0), Int128(0), 0, 0)
      for payee in 0..<result.data.people.count {
        let place = payee * periods.count + period
        value += Int128(measured.value[place])
        quota += Int128(measured.quota[place] ?? 0)
        guard let (own, target) = measured.attainment(place) else { continue }
        held += 1
        if own >= target { reached += 1 }
      }
      let sum = ExactDecimal(coefficient: value, scale: measured.places)
      var line = "- \(periods[period].label): \(sum.padded(to: places).grouped)"
      if measured.measure.quota != nil {
        let target = ExactDecimal(coefficient: quota, scale: measured.quotaPlaces)
        line += " of quotas \(target.padded(to: places).grouped)"
        if !target.isZero, let share = try? sum.divided(by: target, places: 3, .halfEven) {
          line += " (\(ExactDecimal(coefficient: share.coefficient, scale: 1))%)"
        }
        line += "; \(reached) of \(held) payees reached theirs"
      }
      lines.append(line)
    }
    text = lines.joined(separator: "\n")
  }
}

/// What a column holds, in words.
struct ColumnWords {
  let text: String

  init(_ column: Column, _ table: String) {
    let empty = (0..<column.count).count { column.isMissing($0) }
    var text = "**\(column.name)** of `\(table)`: \(column.count) rows"
    if empty > 0 { text += ", \(empty) empty" }
    let values = column.distinctTexts(atMost: 12)
    if !values.isEmpty { text += "\n\n" + values.map { "`\($0)`" }.joined(separator: ", ") }
    self.text = text
  }
}

extension Column {
  /// The different texts that it holds, in order; at most so many, of a column of texts.
  func distinctTexts(atMost most: Int) -> [String] {
    guard case .text(let codes, let pool) = values else { return [] }
    var seen: Set<Int32> = []
    var found: [String] = []
    for row in codes.indices where !isMissing(row) && seen.insert(codes[row]).inserted {
      found.append(pool[codes[row]])
      if found.count == most { break }
    }
    return found.sorted()
  }
}
