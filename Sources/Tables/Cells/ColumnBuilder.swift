/// Reads one column's cells from the chunks that one worker takes.
struct ColumnBuilder {
  /// What is wrong with a cell.
  enum Fault: Error {
    case missing, notNumber, notStyled(String), tooManyPlaces(Int), tooLarge, notDate(String?), notBoolean,
      notUTF8
  }

  /// A faulty cell: in which record of the batch it stands and how it begins.
  struct FaultyCell {
    let record: Int
    let fault: Fault
    let shown: String
  }

  private let schema: ColumnSchema
  private var pool = TextPool()
  private var recent = RecentTexts()
  private var piece = ColumnPiece()

  init(_ schema: ColumnSchema) { self.schema = schema }

  /// Appends a field of each record; a faulty cell is appended as something without meaning, and told of.
  mutating func append(_ text: RawSpan, _ batch: RecordBatch, field: Int) -> [FaultyCell] {
    switch schema.type {
    case .text:
      let cells = CellBatch(
        text, batch, field: field, given: pool.codes(ascendingIn: text, batch, field: field), trims: false,
        nothing: { pool.code("") },
        read: { recent.code($0, in: &pool) }, fault: { _ in .notUTF8 })
      return add(cells) { $0.codes += $1 }
    case .integer where schema.numbers != .plain: return appendStyled(text, batch, field, places: 0)
    case .decimal(let places) where schema.numbers != .plain:
      return appendStyled(text, batch, field, places: places)
    case .percent(let places) where schema.numbers != .plain:
      return appendStyled(text, batch, field, places: places - 2, isPercent: true)
    case .integer: return appendNumbers(text, batch, field, places: 0)
    case .decimal(let places): return appendNumbers(text, batch, field, places: places)
    case .percent(let places):
      let cells = CellBatch(
        text, batch, field: field, trims: true, nothing: { 0 },
        read: {
          NumberCell.read($0.extracting(first: NumberCell.countBeforePercent($0)), places: places - 2)
        },
        fault: {
          NumberCell.fault($0.extracting(first: NumberCell.countBeforePercent($0)), places: places - 2)
        })
      return add(cells) { $0.numbers += $1 }
    case .date where schema.dates != nil:
      let cells = CellBatch(
        text, batch, field: field, trims: true, nothing: { 0 },
        read: { schema.dates?.day(RawText.bytes($0)) }, fault: { _ in .notDate(schema.dates?.pattern) })
      return add(cells) { $0.days += $1 }
    case .date:
      var last = DayCell()
      let cells = CellBatch(
        text, batch, field: field, trims: true, nothing: { 0 }, read: { last.read($0) },
        fault: { _ in .notDate(nil) })
      return add(cells) { $0.days += $1 }
    case .boolean:
      let cells = CellBatch(
        text, batch, field: field, trims: true, nothing: { false }, read: { Self.boolean($0) },
        fault: { _ in .notBoolean })
      return add(cells) { $0.flags += $1 }
    }
  }

  /// Drops those of the last rows whose flag is false.
  mutating func keepLast(_ keep: [Bool]) { piece.keepLast(keep) }

  /// The cells of the chunk that ends here; the next one begins.
  mutating func finishChunk() -> ColumnPiece {
    var finished = piece
    piece = ColumnPiece()
    piece.reserve(finished.rowCount + finished.rowCount / 8, schema.type)
    finished.newTextsAscend = pool.isAscending
    finished.newTexts = pool.texts(from: finished.knownTexts)
    // Texts that seldom come again are not worth keeping: to forget one is harmless, it is new then once more.
    if pool.isAscending || finished.newTexts.count * 8 > finished.rowCount * 7 {
      pool = TextPool()
      recent.removeAll()
    } else {
      piece.knownTexts = pool.count
    }
    return finished
  }

  private mutating func appendNumbers(
    _ text: RawSpan, _ batch: RecordBatch, _ field: Int, places: Int
  ) -> [FaultyCell] {
    let cells = CellBatch(
      text, batch, field: field, trims: true, nothing: { 0 }, read: { NumberCell.read($0, places: places) },
      fault: { NumberCell.fault($0, places: places) })
    return add(cells) { $0.numbers += $1 }
  }

  /// Numbers of another style than the plain one, each written anew in that.
  private mutating func appendStyled(
    _ text: RawSpan, _ batch: RecordBatch, _ field: Int, places: Int, isPercent: Bool = false
  ) -> [FaultyCell] {
    let style = schema.numbers
    func plain(_ cell: RawSpan) -> [UInt8]? {
      let count = isPercent ? NumberCell.countBeforePercent(cell) : cell.byteCount
      // The 16 bytes behind may be loaded from any cell's beginning.
      return style.plain(RawText.bytes(cell.extracting(first: count))).map {
        $0 + [UInt8](repeating: 0, count: 16)
      }
    }
    let cells = CellBatch(
      text, batch, field: field, trims: true, nothing: { 0 as Int64 },
      read: { cell -> Int64? in
        guard let number = plain(cell) else { return nil }
        return NumberCell.read(number.span.bytes.extracting(droppingLast: 16), places: places)
      },
      fault: { cell -> Fault in
        guard let number = plain(cell) else { return .notStyled(style.example) }
        return NumberCell.fault(number.span.bytes.extracting(droppingLast: 16), places: places)
      })
    return add(cells) { $0.numbers += $1 }
  }

  private mutating func add<Value>(
    _ cells: CellBatch<Value>, _ append: (inout ColumnPiece, [Value]) -> Void
  ) -> [FaultyCell] {
    piece.add(cells, append)
    if schema.isOptional || cells.missing.isEmpty { return cells.faulty }
    return cells.faulty + cells.missing.map { FaultyCell(record: $0, fault: .missing, shown: "") }
  }

  private static func boolean(_ cell: RawSpan) -> Bool? {
    switch RawText.withBytes(cell, { bytes in bytes.indices.map { bytes[$0] } }) {
    case [0x31]: return true
    case [0x30]: return false
    case let bytes:
      let word = bytes.map { $0 | 0x20 }
      return word == Array("true".utf8) ? true : word == Array("false".utf8) ? false : nil
    }
  }
}
