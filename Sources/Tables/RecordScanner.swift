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
    var block = position
    batch.begin(after: position - 1)
    while block < end {
      var marks = mask.marks(text, block)
      if end - block < 64 { marks &= (1 << UInt64(end - block)) - 1 }
      while marks != 0 {
        let at = block + marks.trailingZeroBitCount
        marks &= marks - 1
        let byte = RawText.byte(text, at)
        if record.isQuoted || byte == 0x22 {
          quote(text, at, byte, &record)
        } else if byte == separator {
          batch.end(field: record.field, at: at)
          record.field += 1
        } else {
          endRecord(text, at, &record, &batch)
          if batch.isFull { return true }
        }
      }
      block += 64
    }
    if record.isQuoted {
      batch.refuse(line: record.opened, .unclosedQuote)
      recordCount += 1
      position = end
    }
    return true
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
    let fieldEnd = RawText.byte(text, at - 1) == 0x0D ? at - 1 : at
    let isEmpty = record.field == 0 && fieldEnd == record.start
    if !isEmpty {
      recordCount += 1
      if let fault = record.fault {
        batch.refuse(line: fault.line, .strayQuote(field: fault.field))
      } else if record.field + 1 != batch.width {
        batch.refuse(line: line, .fieldCount(record.field + 1))
      } else {
        batch.end(field: record.field, at: fieldEnd)
        batch.accept(line: line)
      }
    }
    position = at + 1
    line = record.line + 1
    record = Record(start: position, line: line)
    batch.begin(after: at)
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
