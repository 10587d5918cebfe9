/// Where the fields of some records stand in a chunk of text.
struct RecordBatch {
  /// What keeps a record from being a row.
  enum ShapeFault {
    /// A quote that the record opened is never closed.
    case unclosedQuote
    /// Text follows a closing quote, or a quote stands inside a bare field.
    case strayQuote(field: Int)
    /// The number of fields is not that of the header line.
    case fieldCount(Int)
  }

  /// The number of fields of each row.
  let width: Int
  /// How many records it holds at most, good and bad.
  let limit: Int
  private(set) var count = 0
  // INVARIANT: for each record `width + 1` places: the byte before it, then where each of its fields ends, so that
  // a field begins one byte after the place before.
  var places: [Int32]
  /// The line on which each record begins.
  private(set) var lines: [Int32]
  /// The records that are no rows, in order.
  private(set) var faults: [(line: Int32, fault: ShapeFault)] = []

  /// A batch that stays in the processor's cache with its text.
  init(width: Int, limit: Int = 512) {
    self.width = width
    self.limit = max(1, min(limit, (1 << 16) / (width + 1)))
    places = [Int32](repeating: 0, count: self.limit * (width + 1))
    lines = [Int32](repeating: 0, count: self.limit)
  }

  var isFull: Bool { count + faults.count >= limit }

  /// Where a field stands, with the quotes around it.
  @inline(__always)
  func field(_ record: Int, _ field: Int) -> Range<Int> {
    let place = record * (width + 1) + field
    // INVARIANT: a field never ends before it begins.
    return Range(uncheckedBounds: (Int(places[place]) + 1, Int(places[place + 1])))
  }

  mutating func removeAll() {
    count = 0
    faults.removeAll(keepingCapacity: true)
  }

  /// Takes the record that was noted as one of the rows.
  @inline(__always)
  mutating func accept(line: Int32) {
    lines[count] = line
    count += 1
  }

  mutating func refuse(line: Int32, _ fault: ShapeFault) { faults.append((line, fault)) }
}
