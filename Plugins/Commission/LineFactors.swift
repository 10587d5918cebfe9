import ModuleKit
import ModuleProtocol
import Money

/// A number for each line of a batch, all at one scale: a flat one, a column, or looked up by an attribute.
struct LineFactor {
  private enum Cells {
    case flat(Int128)
    /// An empty cell is zero.
    case column(NumberColumn)
    /// For each line the place of its key, -1 for none, and the number of each key.
    case looked(codes: [Int32], numbers: [Int128], otherwise: Int128)
  }

  /// Digits after the point.
  let scale: Int
  let pointer: String
  private let cells: Cells

  init(_ rate: Terms.Rate, _ lines: Frame) throws(CalculationFault) {
    switch rate {
    case .flat(let value, let pointer):
      self.init(scale: value.scale, pointer: pointer, cells: .flat(value.coefficient))
    case .column(let name, let pointer):
      let numbers = try lines.numbers(name)
      self.init(scale: numbers.places, pointer: pointer, cells: .column(numbers))
    case .lookup(let lookup): try self.init(lookup, lines)
    }
  }

  init(_ lookup: Terms.Lookup, _ lines: Frame) throws(CalculationFault) {
    scale = lookup.table.reduce(lookup.otherwise.scale) { max($0, $1.number.scale) }
    pointer = lookup.pointer
    let keys = try lines.keys(lookup.by)
    var numbers: [Int128] = []
    for place in try keys.places(in: lookup.table.map(\.key)) {
      numbers.append(try Exact.scaled(place.map { lookup.table[$0].number } ?? lookup.otherwise, to: scale))
    }
    cells = .looked(
      codes: keys.codes, numbers: numbers, otherwise: try Exact.scaled(lookup.otherwise, to: scale))
  }

  private init(scale: Int, pointer: String, cells: Cells) {
    self.scale = scale
    self.pointer = pointer
    self.cells = cells
  }

  /// The largest number that a line can have, whatever its sign.
  var largest: UInt128 {
    switch cells {
    case .flat(let number): number.magnitude
    case .column(let column): UInt128(column.values.reduce(0) { max($0, $1.magnitude) })
    case .looked(_, let numbers, let otherwise):
      numbers.reduce(otherwise.magnitude) { max($0, $1.magnitude) }
    }
  }

  /// The line's number.
  func decimal(_ line: Int) -> ExactDecimal {
    switch cells {
    case .flat(let number): ExactDecimal(coefficient: number, scale: scale)
    case .column(let column): column.isMissing(line) ? .zero : column.decimal(line)
    case .looked(let codes, let numbers, let otherwise):
      ExactDecimal(coefficient: codes[line] < 0 ? otherwise : numbers[Int(codes[line])], scale: scale)
    }
  }

  /// The numbers of all lines as a walk counts.
  func numbers<Number: WalkNumber>() -> LineNumbers<Number> {
    switch cells {
    case .flat(let number): return .same(Number(truncatingIfNeeded: number))
    case .column(let column):
      guard let missing = column.missing else { return .each(column.values.map { Number($0) }) }
      return .each(zip(column.values, missing).map { $1 ? 0 : Number($0) })
    case .looked(let codes, let numbers, let otherwise):
      // The number of an empty cell stands first, so that a code is one place further on.
      let table = ([otherwise] + numbers).map { Number(truncatingIfNeeded: $0) }
      return .each(codes.map { table[Int($0) + 1] })
    }
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
