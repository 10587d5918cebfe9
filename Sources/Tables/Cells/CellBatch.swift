/// What one field of each record of a batch was read as.
struct CellBatch<Value> {
  /// One value a record, something without meaning where a cell is faulty.
  private(set) var values: [Value] = []
  /// The records whose cell is empty, ascending.
  private(set) var missing: [Int] = []
  private(set) var faulty: [ColumnBuilder.FaultyCell] = []

  /// Reads the cells in order; `read` gives nil for a faulty one, and then `fault` says what is wrong with it.
  ///
  /// INVARIANT: from where a cell begins, 16 bytes may be loaded, even if the cell has fewer.
  ///
  /// The values of the first records may be `given`. `read` hears every other cell that is not empty, `nothing` is asked for the value of each that is, or is faulty.
  @inline(__always)
  init(
    _ text: RawSpan, _ batch: RecordBatch, field: Int, given: [Value] = [], trims: Bool, nothing: () -> Value,
    read: (RawSpan) -> Value?, fault: (RawSpan) -> ColumnBuilder.Fault
  ) {
    let places = batch.places.span
    values = [Value](capacity: batch.count) { values in
      // INVARIANT: a batch has `width + 1` places for each of its records, and a field never ends before it begins.
      var place = field + given.count * (batch.width + 1)
      for value in given { values.append(value) }
      for record in given.count..<batch.count {
        let start = Int(places[unchecked: place]) &+ 1
        let end = Int(places[unchecked: place &+ 1])
        place &+= batch.width &+ 1
        let cell = text.extracting(unchecked: Range(uncheckedBounds: (start, end)))
        if Self.isPlain(cell, trims), let value = read(cell) {
          values.append(value)
        } else {
          values.append(other(record, cell, trims, read, fault) ?? nothing())
        }
      }
    }
  }

  /// Whether the cell is neither empty nor in quotes nor has spaces to cut off.
  @inline(__always)
  private static func isPlain(_ cell: RawSpan, _ trims: Bool) -> Bool {
    let count = cell.byteCount
    if count == 0 || RawText.byte(cell, 0) == 0x22 { return false }
    return !trims || RawText.byte(cell, 0) != 0x20 && RawText.byte(cell, count - 1) != 0x20
  }

  @inline(never)
  private mutating func other(
    _ record: Int, _ field: RawSpan, _ trims: Bool, _ read: (RawSpan) -> Value?,
    _ fault: (RawSpan) -> ColumnBuilder.Fault
  ) -> Value? {
    let halved: [UInt8]
    var cell = field
    var shown = field
    if field.byteCount > 0, RawText.byte(field, 0) == 0x22 {
      cell = field.extracting(1..<field.byteCount - 1)
      shown = cell
      if Self.hasQuote(cell) {
        halved = Self.halvingQuotes(cell)
        cell = halved.span.bytes.extracting(droppingLast: 16)
      }
    }
    if trims { cell = cell.extracting(Self.extent(cell)) }
    if cell.byteCount == 0 {
      missing.append(record)
      return nil
    }
    if let value = read(cell) { return value }
    let beginning = shown.extracting(first: 40).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    faulty.append(ColumnBuilder.FaultyCell(record: record, fault: fault(cell), shown: beginning))
    return nil
  }

  private static func hasQuote(_ cell: RawSpan) -> Bool {
    for index in 0..<cell.byteCount where RawText.byte(cell, index) == 0x22 { return true }
    return false
  }

  /// The cell with each doubled quote once, and behind it the 16 bytes that may be loaded from any cell's beginning.
  private static func halvingQuotes(_ cell: RawSpan) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(cell.byteCount + 16)
    var index = 0
    while index < cell.byteCount {
      let byte = RawText.byte(cell, index)
      bytes.append(byte)
      index += byte == 0x22 ? 2 : 1
    }
    return bytes + [UInt8](repeating: 0, count: 16)
  }

  /// Where the cell stands without the spaces around it.
  private static func extent(_ cell: RawSpan) -> Range<Int> {
    var start = 0
    var end = cell.byteCount
    while start < end, RawText.byte(cell, start) == 0x20 { start += 1 }
    while end > start, RawText.byte(cell, end - 1) == 0x20 { end -= 1 }
    return start..<end
  }
}
