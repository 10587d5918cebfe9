import ModuleKit
import ModuleProtocol
import Money

/// A number for each line of a batch, all at one scale: a flat one, a column, or looked up by an attribute.
struct LineFactor {
  /// Digits after the point.
  let scale: Int
  let pointer: String
  private let flat: Int128?
  private let column: NumberColumn?
  private let looked: [Int128]

  init(_ rate: Terms.Rate, _ lines: Frame) throws(CalculationFault) {
    switch rate {
    case .flat(let value, let pointer):
      self.init(scale: value.scale, pointer: pointer, flat: value.coefficient)
    case .column(let name, let pointer):
      let numbers = try lines.numbers(name)
      self.init(scale: numbers.places, pointer: pointer, column: numbers)
    case .lookup(let lookup): try self.init(lookup, lines)
    }
  }

  init(_ lookup: Terms.Lookup, _ lines: Frame) throws(CalculationFault) {
    let scale = lookup.table.values.reduce(lookup.otherwise.scale) { max($0, $1.scale) }
    var table: [String: Int128] = [:]
    for (key, value) in lookup.table { table[key] = try Exact.scaled(value, to: scale) }
    let otherwise = try Exact.scaled(lookup.otherwise, to: scale)
    self.init(
      scale: scale, pointer: lookup.pointer,
      looked: try lines.keys(lookup.by).map { $0.flatMap { table[$0] } ?? otherwise })
  }

  private init(
    scale: Int, pointer: String, flat: Int128? = nil, column: NumberColumn? = nil, looked: [Int128] = []
  ) {
    self.scale = scale
    self.pointer = pointer
    self.flat = flat
    self.column = column
    self.looked = looked
  }

  /// The line's number; an empty cell of a column is zero.
  func value(_ line: Int) -> Int128 {
    if let flat { return flat }
    if let column { return column.isMissing(line) ? 0 : Int128(column.values[line]) }
    return looked[line]
  }

  func decimal(_ line: Int) -> ExactDecimal { ExactDecimal(coefficient: value(line), scale: scale) }
}
