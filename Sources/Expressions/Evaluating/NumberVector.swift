import Money

/// Numbers of all rows as integers of one last digit, or one number for all of them.
struct NumberVector {
  /// A cell a row; none where `constant` is the number of every row.
  var cells: [Int64]
  var constant: Int64?
  /// Digits after the point.
  var places: Int
  /// Which rows have no number; nil when all have.
  var missing: [Bool]?

  static let mostPlaces = 18

  /// The same number in every row; nil when 64 bits do not hold it.
  init?(_ number: ExactDecimal) {
    let short = number.normalized
    guard short.scale <= Self.mostPlaces, let digits = Int64(exactly: short.coefficient) else { return nil }
    (cells, constant, places) = ([], digits, short.scale)
  }

  init(cells: [Int64], places: Int, missing: [Bool]?) {
    (self.cells, self.places, self.missing) = (cells, places, missing)
  }

  @inline(__always)
  subscript(row: Int) -> Int64 { constant ?? cells[row] }

  /// The numbers with more digits after the point; nil when one does not fit.
  func padded(to places: Int) -> NumberVector? {
    if places == self.places { return self }
    guard places <= Self.mostPlaces else { return nil }
    let power = Int64(truncatingIfNeeded: PowersOfTen[places - self.places])
    var result = self
    result.places = places
    if let constant {
      let (product, overflow) = constant.multipliedReportingOverflow(by: power)
      result.constant = product
      return overflow ? nil : result
    }
    var anyOverflow = false
    result.cells = cells.map { cell in
      let (product, overflow) = cell.multipliedReportingOverflow(by: power)
      anyOverflow = anyOverflow || overflow
      return product
    }
    return anyOverflow ? nil : result
  }

  /// Both with the same digits after the point; nil when a number does not fit.
  static func aligned(_ a: NumberVector, _ b: NumberVector) -> (NumberVector, NumberVector)? {
    let places = max(a.places, b.places)
    guard let left = a.padded(to: places), let right = b.padded(to: places) else { return nil }
    return (left, right)
  }

  /// Sums, differences or products; nil when a number does not fit, which only exact numbers of a row may settle.
  static func combined(
    _ operation: Expression.Arithmetic, _ a: NumberVector, _ b: NumberVector, count: Int
  ) -> NumberVector? {
    switch operation {
    case .add:
      guard let (a, b) = aligned(a, b) else { return nil }
      return combined(a, b, a.places, count) { $0.addingReportingOverflow($1) }
    case .subtract:
      guard let (a, b) = aligned(a, b) else { return nil }
      return combined(a, b, a.places, count) { $0.subtractingReportingOverflow($1) }
    case .multiply:
      guard a.places + b.places <= mostPlaces else { return nil }
      return combined(a, b, a.places + b.places, count) { $0.multipliedReportingOverflow(by: $1) }
    case .divide, .remainder: return nil
    }
  }

  @inline(__always)
  private static func combined(
    _ a: NumberVector, _ b: NumberVector, _ places: Int, _ count: Int,
    _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> NumberVector? {
    var anyOverflow = false
    let cells = [Int64](unsafeUninitializedCapacity: count) { cells, filled in
      for row in 0..<count {
        let (result, overflow) = operation(a[row], b[row])
        anyOverflow = anyOverflow || overflow
        cells[row] = result
      }
      filled = count
    }
    return anyOverflow
      ? nil : NumberVector(cells: cells, places: places, missing: union(a.missing, b.missing))
  }

  private static func union(_ a: [Bool]?, _ b: [Bool]?) -> [Bool]? {
    guard let a else { return b }
    guard let b else { return a }
    return a.indices.map { a[$0] || b[$0] }
  }

  /// For each row the number of one or the other; nil when one does not fit.
  static func chosen(_ flags: [Bool], _ a: NumberVector, _ b: NumberVector) -> NumberVector? {
    guard let (a, b) = aligned(a, b) else { return nil }
    let cells = flags.indices.map { flags[$0] ? a[$0] : b[$0] }
    guard a.missing != nil || b.missing != nil else {
      return NumberVector(cells: cells, places: a.places, missing: nil)
    }
    let missing = flags.indices.map { (flags[$0] ? a.missing?[$0] : b.missing?[$0]) ?? false }
    return NumberVector(cells: cells, places: a.places, missing: missing)
  }

  /// For each row whether a comparison holds, by the rule of empty cells.
  static func flags(
    _ comparison: Expression.Comparison, _ a: NumberVector, _ b: NumberVector, count: Int
  ) -> [Bool]? {
    guard let (a, b) = aligned(a, b) else { return nil }
    var flags =
      switch comparison {
      case .equal: (0..<count).map { a[$0] == b[$0] }
      case .notEqual: (0..<count).map { a[$0] != b[$0] }
      case .less: (0..<count).map { a[$0] < b[$0] }
      case .lessOrEqual: (0..<count).map { a[$0] <= b[$0] }
      case .greater: (0..<count).map { a[$0] > b[$0] }
      case .greaterOrEqual: (0..<count).map { a[$0] >= b[$0] }
      }
    guard a.missing != nil || b.missing != nil else { return flags }
    for row in 0..<count {
      let (left, right) = (a.missing?[row] ?? false, b.missing?[row] ?? false)
      if !left && !right { continue }
      flags[row] = comparison == .equal ? left && right : comparison == .notEqual && left != right
    }
    return flags
  }
}
