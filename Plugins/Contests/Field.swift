import ModuleKit
import ModuleProtocol
import PlanCalendar

/// Who takes part and when: the payees of a batch, their periods, the owners and days of their lines.
struct Field {
  /// A period of the plan.
  struct Span: Hashable {
    let number: Int64
    let from: Int32
    let to: Int32
    let label: String
  }

  let batch: Batch
  /// The numbers of the payees, ascending.
  let payees: [Int64]
  /// The periods in which anybody takes part, in order.
  let spans: [Span]
  /// For each payee, the rows of their periods.
  let rows: [Range<Int>]
  /// For each row of the periods, its period.
  let spanOfRow: [Span]
  /// For each line, the place of its payee in `payees`.
  let owners: [Int]
  /// For each line, its day.
  let days: [Int32]

  init(_ batch: Batch) throws(CalculationFault) {
    self.batch = batch
    let numbers = try batch.periods.numbers("payee").values
    let periods = try batch.periods.numbers("period").values
    let (from, to) = (try batch.periods.days("period.from"), try batch.periods.days("period.to"))
    let labels = try batch.periods.keys("period.label")
    var (payees, rows, spans) = ([Int64](), [Range<Int>](), [Span]())
    for row in numbers.indices {
      if payees.last != numbers[row] {
        payees.append(numbers[row])
        rows.append(row..<row)
      }
      rows[rows.count - 1] = rows[rows.count - 1].lowerBound..<row + 1
      spans.append(
        Span(
          number: periods[row], from: from.numbers[row], to: to.numbers[row], label: labels.name(row) ?? "")
      )
    }
    (self.payees, self.rows, spanOfRow) = (payees, rows, spans)
    self.spans = Set(spans).sorted { $0.from < $1.from }
    var ownerOfRow = [Int](repeating: 0, count: numbers.count)
    for (payee, rows) in rows.enumerated() { for row in rows { ownerOfRow[row] = payee } }
    owners = try batch.lines.numbers("period_row").values.map { ownerOfRow[Int($0)] }
    days = batch.lines["date"] == nil ? [] : try batch.lines.days("date").numbers
  }

  /// For each payee, the row of this period; nil for who does not take part in it.
  func rows(in span: Span) -> [Int?] {
    rows.map { $0.first { spanOfRow[$0].number == span.number } }
  }

  /// The rounds of the terms, or each period; by their last days.
  func rounds(_ terms: Terms) -> [Terms.Round] {
    let rounds =
      terms.rounds
      ?? spans.map {
        Terms.Round(name: $0.label, from: CalendarDate(day: $0.from), to: CalendarDate(day: $0.to))
      }
    return rounds.sorted { ($0.to, $0.from) < ($1.to, $1.from) }
  }
}
