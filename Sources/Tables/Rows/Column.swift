package import Money
package import PlanCalendar

/// The cells of one column, in row order.
package struct Column: Sendable {
  package enum Values: Sendable {
    case text(codes: [Int32], pool: TextPool)
    case integer([Int64])
    /// Numbers as integers of the last of `places` digits after the point.
    case decimal([Int64], places: Int)
    case date([Int32])
    case boolean([Bool])
  }

  package let name: String
  package var values: Values
  /// Which cells are empty; nil when none is.
  package var missing: [Bool]?

  package init(name: String, values: Values, missing: [Bool]? = nil) {
    self.name = name
    self.values = values
    self.missing = missing
  }

  /// The number of rows.
  package var count: Int {
    switch values {
    case .text(let codes, _): codes.count
    case .integer(let cells), .decimal(let cells, _): cells.count
    case .date(let days): days.count
    case .boolean(let flags): flags.count
    }
  }

  /// Whether the cell of this row is empty.
  package func isMissing(_ row: Int) -> Bool { missing?[row] ?? false }

  /// The text of a row's cell, or nil when it is empty or the column holds something else.
  package func text(_ row: Int) -> String? {
    guard !isMissing(row), case .text(let codes, let pool) = values else { return nil }
    return pool[codes[row]]
  }

  /// The day of a row's cell, or nil when it is empty or the column holds something else.
  package func date(_ row: Int) -> CalendarDate? {
    guard !isMissing(row), case .date(let days) = values else { return nil }
    return CalendarDate(day: days[row])
  }

  /// The number of a row's cell, or nil when it is empty or the column holds something else.
  package func number(_ row: Int) -> ExactDecimal? {
    guard !isMissing(row) else { return nil }
    return switch values {
    case .integer(let cells): ExactDecimal(cells[row])
    case .decimal(let cells, let places): ExactDecimal(coefficient: Int128(cells[row]), scale: places)
    default: nil
    }
  }

  /// The cell as a person reads it; empty when it is missing.
  package func display(_ row: Int) -> String {
    if isMissing(row) { return "" }
    return switch values {
    case .text(let codes, let pool): pool[codes[row]]
    case .integer(let cells): String(cells[row])
    case .decimal(let cells, let places):
      ExactDecimal(coefficient: Int128(cells[row]), scale: places).description
    case .date(let days): CalendarDate(day: days[row]).description
    case .boolean(let flags): flags[row] ? "true" : "false"
    }
  }

  /// For each row a number that is the same for equal cells only; an empty cell equals an empty text.
  package var identities: [Int64] {
    switch values {
    case .text(let codes, let pool):
      let empty = pool.find("").map { Int64($0) } ?? -1
      return codes.indices.map { isMissing($0) ? empty : Int64(codes[$0]) }
    case .integer(let cells), .decimal(let cells, _):
      return cells.indices.map { isMissing($0) ? Int64.min : cells[$0] }
    case .date(let days): return days.indices.map { isMissing($0) ? Int64.min : Int64(days[$0]) }
    case .boolean(let flags): return flags.indices.map { isMissing($0) ? -1 : flags[$0] ? 1 : 0 }
    }
  }

  /// The column with the cells of these rows, in this order; a row of -1 gives an empty cell.
  package func gathered(_ rows: [Int32]) -> Column {
    func pick<T>(_ cells: [T], _ empty: T) -> [T] { rows.map { $0 < 0 ? empty : cells[Int($0)] } }
    let picked: Values =
      switch values {
      case .text(let codes, let pool): .text(codes: pick(codes, 0), pool: pool)
      case .integer(let cells): .integer(pick(cells, 0))
      case .decimal(let cells, let places): .decimal(pick(cells, 0), places: places)
      case .date(let days): .date(pick(days, 0))
      case .boolean(let flags): .boolean(pick(flags, false))
      }
    let anyMissing = missing != nil || rows.contains { $0 < 0 }
    let flags = anyMissing ? rows.map { $0 < 0 || isMissing(Int($0)) } : nil
    return Column(name: name, values: picked, missing: flags)
  }

  /// Adds the cells of a column of the same kind.
  mutating func append(_ other: Column) {
    if missing != nil || other.missing != nil {
      missing =
        (missing ?? [Bool](repeating: false, count: count))
        + (other.missing ?? [Bool](repeating: false, count: other.count))
    }
    switch (values, other.values) {
    case (.text(let codes, var pool), .text(let others, let otherPool)):
      let known = (0..<Int32(otherPool.count)).map { pool.code(otherPool[$0]) }
      values = .text(codes: codes + others.map { known[Int($0)] }, pool: pool)
    case (.integer(let cells), .integer(let others)): values = .integer(cells + others)
    case (.decimal(let cells, let places), .decimal(let others, _)):
      values = .decimal(cells + others, places: places)
    case (.date(let days), .date(let others)): values = .date(days + others)
    case (.boolean(let flags), .boolean(let others)): values = .boolean(flags + others)
    default: preconditionFailure("the columns are of different kinds")
    }
  }
}
