/// Cuts RFC 4180 text into records and fields without copying.
///
/// Records end at LF or CRLF outside quotes; a field in double quotes may hold separators, newlines and doubled
/// quotes. Lines that are wholly empty are skipped.
struct RecordScanner {
  private let mask: ByteMask
  private let separator: UInt8
  private let end: Int
  /// Where the next record begins.
  private(set) var position: Int
  /// The line on which the next record begins, counted from 1 where the chunk begins.
  private(set) var line: Int32 = 1
  /// How many records were read, good and bad.
  private(set) var recordCount = 0

  init(_ chunk: ChunkFeed.Chunk, separator: UInt8) {
    mask = ByteMask(separator: separator)
    self.separator = separator
    (position, end) = (chunk.start, chunk.end)
  }

  /// Fills the batch with the records that follow; false at the end of the text.
  mutating func next(_ text: RawSpan, _ batch: inout RecordBatch) -> Bool {
    batch.removeAll()
    guard position < end else { return false }
    var record = Record(start: position, line: line)
    var marks = Marks(block: position, bits: marks(text, position))
    while let at = endOfRecord(text, &marks, &record, &batch) {
      endRecord(text, at, &record, &batch)
      if batch.isFull { return true }
    }
    if record.isQuoted {
      batch.refuse(line: record.opened, .unclosedQuote)
      recordCount += 1
      position = end
    }
    return true
  }

  /// The newline that ends the record; the places of its fields go to the batch.
  @inline(__always)
  private func endOfRecord(
    _ text: RawSpan, _ marks: inout Marks, _ record: inout Record, _ batch: inout RecordBatch
  ) -> Int? {
    // INVARIANT: the batch is not full, so that it has places from `first` to `last`.
    let first = batch.count * (batch.width + 1)
    let last = first + batch.width
    var places = batch.places.mutableSpan
    places[first] = Int32(truncatingIfNeeded: record.start - 1)
    var place = first
    while let at = record.isQuoted
      ? nextMark(text, &marks) : passSeparators(text, &marks, &places, &place, last)
    {
      record.field = place - first
      let byte = RawText.byte(text, at)
      if byte == 0x0A, !record.isQuoted {
        if place < last { places[last] = Int32(truncatingIfNeeded: fieldEnd(text, at)) }
        return at
      }
      quote(text, at, byte, &record)
    }
    return nil
  }

  /// The first mark that is no separator; the separators before it go to the places up to the last but one.
  @inline(never)
  private func passSeparators(
    _ text: RawSpan, _ marks: inout Marks, _ places: inout MutableSpan<Int32>, _ place: inout Int, _ last: Int
  ) -> Int? {
    var (block, bits, next) = (marks.block, marks.bits, place)
    defer { (marks, place) = (Marks(block: block, bits: bits), next) }
    let (separator, end) = (separator, end)
    while true {
      while bits == 0 {
        block &+= 64
        if block >= end { return nil }
        bits = self.marks(text, block)
      }
      let at = block &+ bits.trailingZeroBitCount
      bits &= bits &- 1
      if RawText.byte(text, at) != separator { return at }
      next &+= 1
      if next < last { places[unchecked: next] = Int32(truncatingIfNeeded: at) }
    }
  }

  private func nextMark(_ text: RawSpan, _ marks: inout Marks) -> Int? {
    while marks.bits == 0 {
      marks.block += 64
      if marks.block >= end { return nil }
      marks.bits = self.marks(text, marks.block)
    }
    defer { marks.bits &= marks.bits - 1 }
    return marks.block + marks.bits.trailingZeroBitCount
  }

  /// The marks of 64 bytes that have not been looked at yet.
  private struct Marks {
    var block: Int
    var bits: UInt64
  }

  /// The separators, newlines and quotes of the text among the 64 bytes from here.
  @inline(__always)
  private func marks(_ text: RawSpan, _ block: Int) -> UInt64 {
    let marks = mask.marks(text, block)
    return end - block < 64 ? marks & ((1 << UInt64(end - block)) - 1) : marks
  }

  /// Where the last field of a record ends whose newline stands here.
  @inline(__always)
  private func fieldEnd(_ text: RawSpan, _ newline: Int) -> Int {
    RawText.byte(text, newline - 1) == 0x0D ? newline - 1 : newline
  }

  /// What is known of a record while it is read.
  private struct Record {
    let start: Int
    /// The line that is being read.
    var line: Int32
    /// The fields before this one.
    var field = 0
    var isQuoted = false
    /// The line on which the last quote was opened.
    var opened: Int32 = 0
    /// Where the second of two doubled quotes stands.
    var second = -1
    var fault: (line: Int32, field: Int)?
  }

  @inline(__always)
  private mutating func endRecord(
    _ text: RawSpan, _ at: Int, _ record: inout Record, _ batch: inout RecordBatch
  ) {
    let isEmpty = record.field == 0 && fieldEnd(text, at) == record.start
    if !isEmpty {
      recordCount += 1
      if let fault = record.fault {
        batch.refuse(line: fault.line, .strayQuote(field: fault.field))
      } else if record.field + 1 != batch.width {
        batch.refuse(line: line, .fieldCount(record.field + 1))
      } else {
        batch.accept(line: line)
      }
    }
    position = at + 1
    line = record.line + 1
    record = Record(start: position, line: line)
  }

  /// Takes a quote, or any byte inside quotes.
  private func quote(_ text: RawSpan, _ at: Int, _ byte: UInt8, _ record: inout Record) {
    if record.isQuoted {
      if byte == 0x0A {
        record.line += 1
      } else if byte == 0x22, at != record.second {
        if RawText.byte(text, at + 1) == 0x22 {
          record.second = at + 1
        } else {
          record.isQuoted = false
          if !endsField(text, at + 1) { stray(&record) }
        }
      }
    } else if at == record.start || RawText.byte(text, at - 1) == separator {
      record.isQuoted = true
      record.opened = record.line
    } else {
      stray(&record)
    }
  }

  private func stray(_ record: inout Record) {
    if record.fault == nil { record.fault = (record.line, record.field) }
  }

  private func endsField(_ text: RawSpan, _ at: Int) -> Bool {
    let byte = RawText.byte(text, at)
    return byte == separator || byte == 0x0A || byte == 0x0D && RawText.byte(text, at + 1) == 0x0A
  }
}
