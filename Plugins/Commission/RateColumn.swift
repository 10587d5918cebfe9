import ModuleKit
import ModuleProtocol
import Money

/// The rows that have a rate: the lines of a batch, or its periods.
struct RateRows {
  let frame: Frame
  let periods: Frame
  /// For each row, its row in `periods`.
  let periodRow: [Int64]

  static func lines(_ batch: Batch) throws(CalculationFault) -> RateRows {
    let rows = try batch.lines.numbers("period_row").values
    for (line, row) in rows.enumerated() where row < 0 || row >= Int64(batch.periods.count) {
      throw CalculationFault("line \(line) belongs to no period of the batch, or is out of order")
    }
    return RateRows(frame: batch.lines, periods: batch.periods, periodRow: rows)
  }

  static func periods(_ batch: Batch) -> RateRows {
    RateRows(
      frame: batch.periods, periods: batch.periods, periodRow: (0..<batch.periods.count).map { Int64($0) })
  }
}

/// A number for each row of a batch, all at one scale.
struct RateColumn {
  private enum Cells {
    case same(Int128)
    /// An empty cell is zero.
    case column(NumberColumn)
    /// For each row, the place of its number.
    case chosen(codes: [Int32], numbers: [Int128])
    case each([Int128])
  }

  /// Digits after the point.
  let scale: Int
  private let pointer: String
  private let cells: Cells
  /// What it was chosen from, for each row by number.
  private let branches: (codes: [Int32], columns: [RateColumn])?
  /// What it goes by.
  private let figures: FigureColumn?

  init(_ rate: Terms.Rate, _ rows: RateRows) throws(CalculationFault) {
    let pointer = rate.pointer
    switch rate {
    case .flat(let value, _): self.init(scale: value.scale, pointer, .same(value.coefficient))
    case .column(let name, _):
      let numbers = try rows.frame.numbers(name)
      self.init(scale: numbers.places, pointer, .column(numbers))
    case .lookup(let lookup):
      let keys = try rows.frame.keys(lookup.by)
      let places = try keys.places(in: lookup.table.map(\.key))
      let otherwise = Int32(lookup.table.count)
      let codes = keys.codes.map { $0 < 0 ? otherwise : places[Int($0)].map { Int32($0) } ?? otherwise }
      try self.init(choosing: codes, among: lookup.table.map(\.rate) + [lookup.otherwise], pointer, rows)
    case .bands(let ladder):
      let edges = ladder.bands.compactMap(\.to)
      let figures = try FigureColumn(ladder.by, rows)
      let codes = try figures.map { place throws(CalculationFault) in
        try place.band(edges, ladder.edge)
      }
      try self.init(choosing: codes, among: ladder.bands.map(\.rate), pointer, rows, figures)
    case .curve(let curve):
      let figures = try FigureColumn(curve.by, rows)
      let numbers = try figures.map { place throws(CalculationFault) in
        try Exact.scaled(try curve.number(at: place), to: curve.places)
      }
      self.init(scale: curve.places, pointer, .each(numbers), figures: figures)
    }
  }

  /// For each row the number that one of the branches has for it.
  private init(
    choosing codes: [Int32], among rates: [Terms.Rate], _ pointer: String, _ rows: RateRows,
    _ figures: FigureColumn? = nil
  ) throws(CalculationFault) {
    var branches: [RateColumn] = []
    for rate in rates { branches.append(try RateColumn(rate, rows)) }
    let scale = branches.reduce(0) { max($0, $1.scale) }
    var numbers: [Int128] = []
    for rate in rates {
      if let number = rate.constant { numbers.append(try Exact.scaled(number, to: scale)) }
    }
    if numbers.count == rates.count {
      self.init(
        scale: scale, pointer, .chosen(codes: codes, numbers: numbers), (codes, branches), figures: figures)
      return
    }
    var each: [Int128] = []
    each.reserveCapacity(codes.count)
    for (row, code) in codes.enumerated() {
      each.append(try Exact.scaled(branches[Int(code)].decimal(row), to: scale))
    }
    self.init(scale: scale, pointer, .each(each), (codes, branches), figures: figures)
  }

  private init(
    scale: Int, _ pointer: String, _ cells: Cells, _ branches: (codes: [Int32], columns: [RateColumn])? = nil,
    figures: FigureColumn? = nil
  ) {
    self.scale = scale
    self.pointer = pointer
    self.cells = cells
    self.branches = branches
    self.figures = figures
  }

  /// Where the row's number stands in the config.
  func pointer(_ row: Int) -> String { branch(row)?.pointer(row) ?? pointer }

  /// Why the row has its number, in words: ` (attainment 95%)`; nothing where the number says it all.
  func reason(_ row: Int) -> String {
    (figures.map { " (\($0.words(row)))" } ?? "") + (branch(row)?.reason(row) ?? "")
  }

  private func branch(_ row: Int) -> RateColumn? { branches.map { $0.columns[Int($0.codes[row])] } }

  /// The largest number that a row can have, whatever its sign.
  var largest: UInt128 {
    switch cells {
    case .same(let number): number.magnitude
    case .column(let column): UInt128(column.values.reduce(0) { max($0, $1.magnitude) })
    case .chosen(_, let numbers), .each(let numbers): numbers.reduce(0) { max($0, $1.magnitude) }
    }
  }

  /// The row's number.
  func decimal(_ row: Int) -> ExactDecimal {
    switch cells {
    case .same(let number): ExactDecimal(coefficient: number, scale: scale)
    case .column(let column): column.isMissing(row) ? .zero : column.decimal(row)
    case .chosen(let codes, let numbers): ExactDecimal(coefficient: numbers[Int(codes[row])], scale: scale)
    case .each(let numbers): ExactDecimal(coefficient: numbers[row], scale: scale)
    }
  }

  /// The numbers of all rows as a walk counts, with as many digits more after the point as `power` has zeros.
  func numbers<Number: WalkNumber>(times power: Int128 = 1) throws(CalculationFault) -> LineNumbers<Number> {
    let unit = Number(truncatingIfNeeded: power)
    func counted(_ numbers: [Int128]) throws(CalculationFault) -> [Number] {
      try numbers.map { number throws(CalculationFault) in
        try Number.product(Number(truncatingIfNeeded: number), unit)
      }
    }
    switch cells {
    case .same(let number): return .same(try counted([number])[0])
    case .column(let column):
      guard let missing = column.missing else {
        return .each(try counted(column.values.map { Int128($0) }))
      }
      return .each(try counted(zip(column.values, missing).map { $1 ? 0 : Int128($0) }))
    case .chosen(let codes, let numbers):
      let table = try counted(numbers)
      return .each(codes.map { table[Int($0)] })
    case .each(let numbers): return .each(try counted(numbers))
    }
  }
}

extension RateColumn {
  /// The numbers of all rows as integers of `places` digits after the point.
  func rounded<Number: WalkNumber>(
    to places: Int, _ mode: RoundingMode, rows: Int
  ) throws(CalculationFault) -> LineNumbers<Number> {
    func cell(_ row: Int) throws(CalculationFault) -> Number {
      do {
        return Number(truncatingIfNeeded: try decimal(row).rescaled(to: places, rounding: mode))
      } catch {
        throw Exact.tooLarge
      }
    }
    if case .same = cells { return .same(try cell(0)) }
    var numbers: [Number] = []
    for row in 0..<rows { numbers.append(try cell(row)) }
    return .each(numbers)
  }
}

/// A number for each line of a batch as a walk counts, or one for all of them.
enum LineNumbers<Number: WalkNumber> {
  case same(Number)
  case each([Number])

  subscript(line: Int) -> Number {
    switch self {
    case .same(let number): number
    case .each(let numbers): numbers[line]
    }
  }

  func times(_ other: Self) throws(CalculationFault) -> Self {
    switch (self, other) {
    case (.same(let a), .same(let b)): return .same(try Number.product(a, b))
    case (.same(1), .each): return other
    case (.same(let a), .each(let cells)), (.each(let cells), .same(let a)):
      return .each(try cells.map { cell throws(CalculationFault) in try Number.product(cell, a) })
    case (.each(let a), .each(let b)):
      return .each(try zip(a, b).map { pair throws(CalculationFault) in try Number.product(pair.0, pair.1) })
    }
  }
}
