/// The cells of one column in one chunk of the text.
struct ColumnPiece: Sendable {
  var rowCount = 0
  /// Texts by the numbers that their worker gave them.
  var codes: [Int32] = []
  var numbers: [Int64] = []
  var days: [Int32] = []
  var flags: [Bool] = []
  /// The rows whose cell is empty, ascending.
  var missing: [Int32] = []
  /// The texts that the worker numbered from `knownTexts` on.
  var newTexts = TextRun()
  /// Whether the new texts ascend by their bytes.
  var newTextsAscend = false
  /// How many texts the worker knew from earlier chunks.
  var knownTexts = 0

  /// Appends a batch's values by `append`, and notes its empty cells.
  mutating func add<Value>(_ cells: CellBatch<Value>, _ append: (inout Self, [Value]) -> Void) {
    append(&self, cells.values)
    missing += cells.missing.map { Int32(rowCount + $0) }
    rowCount += cells.values.count
  }

  /// Drops those of the last rows whose flag is false.
  mutating func keepLast(_ keep: [Bool]) {
    let first = rowCount - keep.count
    let kept = keep.indices.filter { keep[$0] }.map { first + $0 }
    func dropOthers<Cell>(_ cells: inout [Cell]) {
      if cells.isEmpty { return }
      let last = kept.map { cells[$0] }
      cells.removeLast(keep.count)
      cells += last
    }
    dropOthers(&codes)
    dropOthers(&numbers)
    dropOthers(&days)
    dropOthers(&flags)
    let empty = Set(missing.reversed().prefix { $0 >= first })
    missing.removeLast(empty.count)
    for (place, row) in kept.enumerated() where empty.contains(Int32(row)) {
      missing.append(Int32(first + place))
    }
    rowCount = first + kept.count
  }

  mutating func reserve(_ rows: Int, _ type: ColumnType) {
    switch type {
    case .text: codes.reserveCapacity(rows)
    case .integer, .decimal, .percent: numbers.reserveCapacity(rows)
    case .date: days.reserveCapacity(rows)
    case .boolean: flags.reserveCapacity(rows)
    }
  }
}
