/// Records whose cells are set down one by one, to be read like the fields of a text.
///
/// INVARIANT: between two cells stands one byte, and behind the last as many as may be loaded from any cell's beginning.
struct StagedRecords {
  private static let margin = [UInt8](repeating: 0, count: 64)
  private static let wholeText = 1 << 16
  private static let quote: UInt8 = 0x22

  private(set) var batch: RecordBatch
  /// The records that are no rows, in order.
  private(set) var refused: [RowFault] = []
  private var text: [UInt8] = [0]
  private var start = 0
  private var field = 0

  init(width: Int) { batch = RecordBatch(width: width) }

  /// Whether the records should be read before the next one begins.
  var isFull: Bool { batch.count + refused.count >= batch.limit || text.count >= Self.wholeText }

  var isEmpty: Bool { batch.count + refused.count == 0 }

  /// Begins a record.
  mutating func begin() {
    (start, field) = (text.count, 0)
    batch.places[batch.count * (batch.width + 1)] = Int32(truncatingIfNeeded: start - 1)
  }

  /// Sets down the record's next cell; one without bytes is empty.
  mutating func add(_ cell: Span<UInt8>) {
    if cell.count > 0, cell[0] == Self.quote {
      addQuoted(cell)
    } else {
      cell.withUnsafeBufferPointer { text.append(contentsOf: $0) }
    }
    field += 1
    batch.places[batch.count * (batch.width + 1) + field] = Int32(truncatingIfNeeded: text.count)
    text.append(0)
  }

  /// Takes the record, which has all its cells.
  mutating func accept(line: Int32) {
    batch.accept(line: line)
    field = 0
  }

  /// Takes the fault in the place of the record.
  mutating func refuse(_ fault: RowFault) {
    refused.append(fault)
    if field > 0 { text.removeLast(text.count - start) }
    field = 0
  }

  /// Hands over what was set down and begins anew.
  mutating func empty(_ body: (RawSpan, RecordBatch, [RowFault]) -> Void) {
    text += Self.margin
    body(text.span.bytes, batch, refused)
    text.removeLast(text.count - 1)
    batch.removeAll()
    refused.removeAll(keepingCapacity: true)
  }

  /// A text that begins with a quote is set down as CSV has it.
  private mutating func addQuoted(_ cell: Span<UInt8>) {
    text.append(Self.quote)
    for index in cell.indices {
      if cell[index] == Self.quote { text.append(Self.quote) }
      text.append(cell[index])
    }
    text.append(Self.quote)
  }
}
