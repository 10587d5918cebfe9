extension TextRun {
  /// Appends the first cells of a batch as long as each comes after the one before it; how many.
  ///
  /// Stops at cells that need a closer look: in quotes, empty, or not ASCII.
  mutating func append(ascendingIn text: RawSpan, _ batch: RecordBatch, field: Int) -> Int {
    var taken = 0
    var byteCount = 0
    var isEven = true
    var before = 0..<0
    while taken < batch.count {
      let range = batch.field(taken, field)
      let cell = text.extracting(unchecked: range)
      guard !range.isEmpty, RawText.byte(cell, 0) != 0x22, RawText.isASCII(cell) else { break }
      if taken > 0 {
        guard RawText.precedes(text.extracting(unchecked: before), cell) else { break }
      } else if count > 0 {
        guard precedes(Int32(count - 1), cell) else { break }
      }
      isEven = isEven && (taken == 0 || range.count == before.count)
      before = range
      byteCount += range.count
      taken += 1
    }
    let width = isEven ? before.count : nil
    return append(text, batch, field: field, taken: taken, byteCount: byteCount, width: width) ? taken : 0
  }
}
