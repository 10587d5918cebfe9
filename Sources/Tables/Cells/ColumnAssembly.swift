import Parallelism

/// Puts the pieces of one column together, in the order of the text.
struct ColumnAssembly {
  private let schema: ColumnSchema
  private var pool = TextPool()
  private var codes: [Int32] = []
  private var numbers: [Int64] = []
  private var days: [Int32] = []
  private var flags: [Bool] = []
  /// The rows whose cell is empty, ascending.
  private var missing: [Int] = []
  private var rowCount = 0
  /// For each worker, the number here of each text that it has numbered.
  private var known: [[Int32]]

  init(_ schema: ColumnSchema, workers: Int) {
    self.schema = schema
    known = [[Int32]](repeating: [], count: workers)
  }

  mutating func add(_ piece: ColumnPiece, _ worker: Int) {
    switch schema.type {
    case .text: addTexts(piece, worker)
    case .integer, .decimal, .percent: numbers += piece.numbers
    case .date: days += piece.days
    case .boolean: flags += piece.flags
    }
    missing += piece.missing.map { rowCount + Int($0) }
    rowCount += piece.rowCount
  }

  /// Makes room for so many times what has been added so far; memory is taken only as it is filled.
  mutating func reserve(times factor: Int) {
    let rows = rowCount * factor
    switch schema.type {
    case .text:
      codes.reserveLargePages(rows)
      pool.reserve(times: factor)
    case .integer, .decimal, .percent: numbers.reserveLargePages(rows)
    case .date: days.reserveLargePages(rows)
    case .boolean: flags.reserveLargePages(rows)
    }
  }

  func column() -> Column {
    let values: Column.Values =
      switch schema.type {
      case .text: .text(codes: codes, pool: pool)
      case .integer: .integer(numbers)
      case .decimal(let places), .percent(let places): .decimal(numbers, places: places)
      case .date: .date(days)
      case .boolean: .boolean(flags)
      }
    return Column(name: schema.name, values: values, missing: missingFlags)
  }

  /// Numbers texts by first sight in the whole text: what is new there is new to the worker as well.
  private mutating func addTexts(_ piece: ColumnPiece, _ worker: Int) {
    known[worker].removeLast(known[worker].count - piece.knownTexts)
    known[worker] += pool.codes(adding: piece.newTexts, ascending: piece.newTextsAscend)
    let numbers = known[worker]
    codes.append(addingCapacity: piece.rowCount) { codes in
      for code in piece.codes { codes.append(numbers[Int(code)]) }
    }
  }

  private var missingFlags: [Bool]? {
    if missing.isEmpty { return nil }
    var flags = [Bool](repeating: false, count: rowCount)
    for row in missing { flags[row] = true }
    return flags
  }
}
