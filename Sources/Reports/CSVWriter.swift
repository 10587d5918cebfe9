import Money
import PlanCalendar
import Tables

/// Writes rows of columns as CSV by RFC 4180, each kind of column in its own way, made ready once.
struct CSVWriter: Sendable {
  private enum Field: Sendable {
    case empty
    /// Words ready to be written, and the number of each row's.
    case words(Words, numbers: [Int32])
    case word(Words)
    /// The codes of texts, none of which needs quotes when `isPlain`.
    case pooled([Int32], TextPool, isPlain: Bool)
    case numbers([Int64], FigureText)
    case dates([Int32])
    case each(@Sendable (Int) -> Cell)
  }

  private let fields: [(field: Field, places: [Int32]?)]

  init(_ columns: [ReportColumn]) { fields = columns.map { (Self.field($0), $0.places) } }

  /// Appends a line a row.
  func append(_ rows: Report.Rows, to bytes: inout ByteBuffer) {
    for row in rows.range {
      let row = rows.number(row)
      for index in fields.indices {
        if index > 0 { bytes.append(0x2C) }
        let place = fields[index].places.map { Int($0[row]) } ?? row
        if place >= 0 { append(fields[index].field, place, &bytes) }
      }
      bytes.append(0x0A)
    }
  }

  @inline(__always)
  private func append(_ field: Field, _ place: Int, _ bytes: inout ByteBuffer) {
    switch field {
    case .empty: break
    case .words(let words, let numbers): words.append(Int(numbers[place]), to: &bytes)
    case .word(let words): words.append(0, to: &bytes)
    case .pooled(let codes, let pool, let isPlain):
      let text = pool.utf8(codes[place])
      if isPlain { bytes.append(text) } else { Self.append(text, to: &bytes) }
    case .numbers(let cells, let figure): figure.append(cells[place], to: &bytes)
    case .dates(let days): bytes.append(CalendarDate(day: days[place]).description.utf8)
    case .each(let cell): Self.append(cell(place).plain.utf8, to: &bytes)
    }
  }

  /// Appends a field, in quotes when it must be.
  static func append(_ field: some Collection<UInt8>, to bytes: inout ByteBuffer) {
    guard field.contains(where: needsQuotes) else { return bytes.append(field) }
    bytes.append(0x22)
    for byte in field {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D
  }

  private static func field(_ column: ReportColumn) -> Field {
    switch column.cells {
    case .empty: .empty
    case .same(let word): .word(Words([word]))
    case .words(let numbers, let words): .words(Words(words), numbers: numbers)
    case .pooled(let codes, let pool): .pooled(codes, pool, isPlain: !pool.contains(where: needsQuotes))
    case .numbers(let cells, let places):
      .numbers(cells, FigureText(places: places, rounding: column.rounding))
    case .dates(let days): .dates(days)
    case .each(let cell): .each { cell($0).rounded(column.rounding) }
    }
  }

  /// Words ready to be written, end to end.
  private struct Words: Sendable {
    private let bytes: [UInt8]
    private let ends: [Int]

    init(_ words: [String]) {
      var buffer = ByteBuffer(capacity: 1024)
      var ends = [0]
      for word in words {
        CSVWriter.append(word.utf8, to: &buffer)
        ends.append(buffer.count)
      }
      bytes = buffer.take()
      self.ends = ends
    }

    func append(_ number: Int, to output: inout ByteBuffer) {
      if number >= 0 { output.append(bytes[ends[number]..<ends[number + 1]]) }
    }
  }
}
