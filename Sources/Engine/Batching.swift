import Expressions
import ModuleProtocol
import Money
import PlanCalendar
import PlanModel
import Tables

/// Cuts a component's lines and periods into batches of whole payees, with just the columns that are needed.
struct Batching {
  let component: Component
  let contract: ComponentContract
  let lines: CreditedLines
  let takesPart: [Bool]
  let context: RunData
  /// Rows of both kinds that a batch aims at; one payee's rows always stay together.
  var rowsABatch = 8192

  /// The pairs of payee and period that take part, ascending.
  func places() -> [Int] { takesPart.indices.filter { takesPart[$0] } }

  /// The whole input as one batch, or that of one payee.
  func batch(lines range: Range<Int>, places: ArraySlice<Int>) -> Batch {
    Batch(lines: lineFrame(range, places), periods: periodFrame(places))
  }

  /// The batches in order, each with the lines and places that it holds.
  func ranges(_ places: [Int]) -> [(lines: Range<Int>, places: Range<Int>)] {
    var ranges: [(lines: Range<Int>, places: Range<Int>)] = []
    let periods = context.plan.calendar.periods.count
    var line = 0
    var place = 0
    while place < places.count {
      let (firstLine, firstPlace) = (line, place)
      while place < places.count, (line - firstLine) + (place - firstPlace) < rowsABatch {
        let payee = places[place] / periods
        while place < places.count, places[place] / periods == payee { place += 1 }
        while line < lines.count, Int(lines.payee[line]) <= payee { line += 1 }
      }
      ranges.append((firstLine..<line, firstPlace..<place))
    }
    return ranges
  }

  private func lineFrame(_ range: Range<Int>, _ places: ArraySlice<Int>) -> Frame {
    let periods = context.plan.calendar.periods.count
    var frame = Frame(count: range.count)
    var slice = lines
    slice.reorder(Array(range))
    // Lines are in the order of payee and day, so their places ascend as those of the periods do.
    var next = places.startIndex
    let rows = (0..<slice.count).map { line -> Int64 in
      let wanted = Int(slice.payee[line]) * periods + Int(slice.period[line])
      while next < places.endIndex, places[next] < wanted { next += 1 }
      return next < places.endIndex && places[next] == wanted ? Int64(next - places.startIndex) : -1
    }
    frame.append(FrameColumn(name: "period_row", values: .integer(rows)))
    let columns = LineColumns(lines: slice, context: context)
    for need in contract.needs.lines {
      if let column = columns.column(need.name) { frame.append(FrameColumn(column, name: need.name)) }
    }
    return frame
  }

  private func periodFrame(_ places: ArraySlice<Int>) -> Frame {
    let periods = context.plan.calendar.periods.count
    var frame = Frame(count: places.count)
    frame.append(FrameColumn(name: "payee", values: .integer(places.map { Int64($0 / periods) })))
    frame.append(FrameColumn(name: "period", values: .integer(places.map { Int64($0 % periods) })))
    for need in contract.needs.periods {
      if let column = periodColumn(need.name, places) { frame.append(column) }
    }
    return frame
  }

  /// `value`, `quota`, `window` and `periods_left` of the component's own measure, or `NAME.value` and so on of another.
  private func periodColumn(_ name: String, _ places: ArraySlice<Int>) -> FrameColumn? {
    let periods = context.plan.calendar.periods.count
    if name.hasPrefix("payee.") {
      let days = places.map { context.plan.calendar.periods[$0 % periods].end.adding(days: -1).day }
      let column = context.people.attribute(
        String(name.dropFirst(6)), payees: places.map { Int32($0 / periods) }, days: days)
      return column.map { FrameColumn($0, name: name) }
    }
    let parts = name.split(separator: ".").map(String.init)
    let measureName = parts.count == 2 ? parts[0] : component.measure
    guard let field = parts.last, let measured = measureName.flatMap({ context.measures[$0] }) else {
      return nil
    }
    switch field {
    case "value":
      return FrameColumn(
        name: name, values: .decimal(places.map { measured.value[$0] }, places: measured.places))
    case "quota":
      let missing = places.map { measured.quota[$0] == nil }
      return FrameColumn(
        name: name, values: .decimal(places.map { measured.quota[$0] ?? 0 }, places: measured.quotaPlaces),
        missing: missing.contains(true) ? missing : nil)
    case "window":
      return FrameColumn(name: name, values: .integer(places.map { Int64(measured.windows[$0 % periods]) }))
    case "periods_left":
      let last = measured.windows.indices.reduce(into: [:]) { $0[measured.windows[$1]] = $1 }
      return FrameColumn(
        name: name,
        values: .integer(
          places.map { place in
            Int64((last[measured.windows[place % periods]] ?? 0) - place % periods)
          }))
    default: return nil
    }
  }
}

extension FrameColumn {
  /// The cells of a table's column; the dictionary holds only the texts that occur, in order of first sight.
  init(_ column: Column, name: String) {
    switch column.values {
    case .text(let codes, let pool):
      var dictionary: [String] = []
      var places: [Int32: Int32] = [:]
      let cells = codes.map { code in
        if let place = places[code] { return place }
        places[code] = Int32(dictionary.count)
        dictionary.append(pool[code])
        return Int32(dictionary.count - 1)
      }
      self.init(name: name, values: .text(cells, dictionary: dictionary), missing: column.missing)
    case .integer(let cells): self.init(name: name, values: .integer(cells), missing: column.missing)
    case .decimal(let cells, let places):
      self.init(name: name, values: .decimal(cells, places: places), missing: column.missing)
    case .date(let days): self.init(name: name, values: .date(days), missing: column.missing)
    case .boolean(let flags): self.init(name: name, values: .boolean(flags), missing: column.missing)
    }
  }
}
