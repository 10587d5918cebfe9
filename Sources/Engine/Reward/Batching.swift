import Diagnostics
import Expressions
import ModuleProtocol
import Money
import PlanCalendar
import PlanModel
import Tables

/// Cuts a component's lines and periods into batches of whole payees, with just the columns that are needed.
struct Batching: Sendable {
  /// A batch's lines, and its pairs of payee and period among `places`.
  typealias Extent = (lines: Range<Int>, places: Range<Int>)

  let component: Component
  let contract: ComponentContract
  let lines: CreditedLines
  private let from: LineSources
  /// The pairs of payee and period that take part, ascending.
  let places: [Int32]
  private let context: RunData
  /// The tables that the component needs, by name.
  private let tables: [String: TableRows]

  init(
    component: Component, contract: ComponentContract, lines: CreditedLines, from: LineSources,
    takesPart: TakingPart, tables: [String: TableRows], context: RunData
  ) {
    self.from = from
    self.component = component
    self.contract = contract
    self.lines = lines
    self.context = context
    self.tables = tables
    places = takesPart.places
  }

  /// The tables that a component needs, by name, their rows in order.
  static func tables(_ contract: ComponentContract, _ context: RunData) -> [String: TableRows] {
    var tables: [String: TableRows] = [:]
    for need in contract.needs.tables {
      let source = context.plan.tables.first { $0.schema.name == need.name }
      tables[need.name] = TableRows(need, key: source?.schema.key ?? [], context: context)
    }
    return tables
  }

  private var periodCount: Int { context.plan.calendar.periods.count }

  /// The batches in order, each of about `rows` rows of both kinds; one payee's rows always stay together, and those of
  /// all where what one gets depends on the others.
  func extents(rows: Int) -> [Extent] {
    if contract.gives.scope == .component { return places.isEmpty ? [] : [whole] }
    var extents: [Extent] = []
    var line = 0
    var place = 0
    while place < places.count {
      let (firstLine, firstPlace) = (line, place)
      while place < places.count, (line - firstLine) + (place - firstPlace) < rows {
        let payee = places[place] / Int32(periodCount)
        while place < places.count, places[place] / Int32(periodCount) == payee { place += 1 }
        line = lines.payee.firstIndex(above: payee, from: line)
      }
      extents.append((firstLine..<line, firstPlace..<place))
    }
    return extents
  }

  /// Everything in one.
  var whole: Extent { (0..<lines.count, places.indices) }

  /// The part of a payee alone.
  func extent(payee: Int) -> Extent {
    let last = Int32(payee) - 1
    let next = Int32(payee * periodCount)
    return (
      lines.payee.firstIndex(above: last, from: 0)..<lines.payee.firstIndex(above: last + 1, from: 0),
      places.firstIndex(
        above: next - 1, from: 0)..<places.firstIndex(
          above: next + Int32(periodCount) - 1, from: 0)
    )
  }

  func batch(_ extent: Extent) throws(Diagnostic) -> Batch {
    let places = Array(places[extent.places])
    return Batch(
      lines: try lineFrame(extent.lines, places), periods: periodFrame(places), tables: tableFrames(places))
  }

  private func lineFrame(_ range: Range<Int>, _ places: [Int32]) throws(Diagnostic) -> Frame {
    var frame = Frame(count: range.count)
    frame.append(FrameColumn(name: "period_row", values: .integer(periodRows(range, places))))
    let columns = LineColumns(lines: lines, range: range, context: context)
    for need in contract.needs.lines {
      if let standing = lines.standing, Standing.Span(rawValue: need.name) != nil {
        frame.append(
          FrameColumn(
            name: need.name, values: .decimal(Array(standing.cells[range]), places: standing.places)))
        continue
      }
      guard
        let column = try need.partOf.map({ name throws(Diagnostic) in try part(name, need, range, columns) })
          ?? columns.column(need.name)
      else { continue }
      if need.kind == .number, let empty = column.missing?.firstIndex(of: true) {
        throw missing(need, of: range.lowerBound + empty)
      }
      // Several tables of the terms may look at one column.
      if frame[need.name] == nil { frame.append(FrameColumn(column, name: need.name)) }
    }
    return frame
  }

  /// Each person's part of a column of numbers.
  private func part(
    _ name: String, _ need: ColumnNeeds.Need, _ range: Range<Int>, _ columns: LineColumns
  ) throws(Diagnostic) -> Column? {
    if name == "amount" { return columns.column(name) }
    do {
      return try Quantities(name, of: lines, component.credits, context)?.column(lines, range, from)
        ?? columns.column(name)
    } catch {
      throw Diagnostic(
        .arithmeticOverflow, .error, "the numbers of `\(name)` are too large to share out exactly",
        at: component.span(of: need.pointer))
    }
  }

  /// The fault of a line without a number that the component pays by: no number is not a zero.
  private func missing(_ need: ColumnNeeds.Need, of line: Int) -> Diagnostic {
    let name = need.partOf ?? need.name
    let table = context.tables[lines.table]
    let row = Int(lines.row[line])
    let id = row < 0 ? nil : table?[lines.idColumn]?.display(row)
    let day = CalendarDate(day: lines.day[line])
    let subject =
      name.hasPrefix("payee.")
      ? "`\(context.people.ids[Int(lines.payee[line])])` on \(day)" : "`\(id ?? "an adjustment")`"
    return Diagnostic(
      .valueMissing, .error,
      "component `\(component.name.text)` was not computed: \(subject) has no `\(name)`, by which it pays",
      at: table.flatMap {
        row < 0 ? nil : .row(file: $0.file(of: row), line: Int($0.lines[row]), column: nil)
      },
      help: "fill in the value, or leave such lines out with `where: has(\(name))`",
      related: [(.source(component.span(of: need.pointer)), "the component asks for it here")])
  }

  /// For each line, the row of its payee and period.
  private func periodRows(_ range: Range<Int>, _ places: [Int32]) -> [Int64] {
    // Lines are in the order of payee and day, so their places ascend as those of the periods do.
    var next = 0
    return range.map { line in
      let wanted = lines.payee[line] * Int32(periodCount) + lines.period[line]
      while next < places.count, places[next] < wanted { next += 1 }
      return next < places.count && places[next] == wanted ? Int64(next) : -1
    }
  }

  private func periodFrame(_ places: [Int32]) -> Frame {
    let periods = Int32(periodCount)
    var frame = Frame(count: places.count)
    frame.append(FrameColumn(name: "payee", values: .integer(places.map { Int64($0 / periods) })))
    frame.append(FrameColumn(name: "period", values: .integer(places.map { Int64($0 % periods) })))
    let columns = PeriodColumns(component: component, context: context, places: places)
    for need in contract.needs.periods where frame[need.name] == nil {
      if let column = columns.column(need.name) { frame.append(column) }
    }
    return frame
  }

  private func tableFrames(_ places: [Int32]) -> [String: Frame] {
    if tables.isEmpty { return [:] }
    let payees = payees(places)
    return tables.mapValues { $0.frame(of: payees) }
  }

  private func payees(_ places: [Int32]) -> [Int32] {
    var payees: [Int32] = []
    for place in places where payees.last != place / Int32(periodCount) {
      payees.append(place / Int32(periodCount))
    }
    return payees
  }

  /// The file and line of a row of a batch; nil where it has no such row, and for an amount that comes of no row.
  func location(_ place: BatchPlace, in extent: Extent) -> Location? {
    if let name = place.table {
      guard let table = context.tables[name],
        let row = tables[name]?.row(place.row, of: payees(Array(places[extent.places])))
      else { return nil }
      return .row(file: table.file(of: row), line: Int(table.lines[row]), column: place.column)
    }
    guard place.row < extent.lines.count, let table = context.tables[lines.table] else { return nil }
    let row = Int(lines.row[extent.lines.lowerBound + place.row])
    return row < 0 ? nil : .row(file: table.file(of: row), line: Int(table.lines[row]), column: place.column)
  }
}

extension [Int32] {
  /// The first place at or after `start` whose element is above `value`; the elements ascend.
  func firstIndex(above value: Int32, from start: Int) -> Int {
    // Short steps that double find a near place fast, and halving finds it exactly.
    var (low, step) = (start, 1)
    while low + step <= count, self[low + step - 1] <= value {
      low += step
      step *= 2
    }
    var high = Swift.min(low + step, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
