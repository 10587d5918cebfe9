import Money
import PlanCalendar
import Tables

/// Writes the cells of columns as CSV by RFC 4180, each kind of column in its own way, made ready once.
struct CSVWriter: Sendable {
  private typealias Append = @Sendable (Int, inout [UInt8]) -> Void
  private let columns: [Append]

  init(_ columns: [ReportColumn]) { self.columns = columns.map(Self.append) }

  /// Appends a line a row.
  func append(_ rows: ArraySlice<Int32>, to bytes: inout [UInt8]) {
    for row in rows {
      for (index, column) in columns.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        column(Int(row), &bytes)
      }
      bytes.append(0x0A)
    }
  }

  /// Appends a field, in quotes when it must be.
  static func append(_ field: some Collection<UInt8>, to bytes: inout [UInt8]) {
    let needsQuotes = field.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else {
      bytes.append(contentsOf: field)
      return
    }
    bytes.append(0x22)
    for byte in field {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  private static func append(_ column: ReportColumn) -> Append {
    switch column {
    case .empty: return { _, _ in }
    case .same(let word):
      let fields = Fields([Array(word.utf8)])
      return { _, bytes in fields.append(0, to: &bytes) }
    case .words(let numbers, let words):
      let fields = Fields(words.map { $0.utf8 })
      return { row, bytes in fields.append(numbers[row], to: &bytes) }
    case .pooled(let codes, let pool):
      let fields = Fields((0..<Int32(pool.count)).lazy.map { pool.utf8($0) })
      return { row, bytes in fields.append(codes[row], to: &bytes) }
    case .numbers(let cells, let places, let missing):
      if let missing {
        return { row, bytes in
          if !missing[row] { ExactDecimal.append(cells[row], places: places, to: &bytes) }
        }
      }
      return { row, bytes in ExactDecimal.append(cells[row], places: places, to: &bytes) }
    case .dates(let days):
      return { row, bytes in bytes.append(contentsOf: CalendarDate(day: days[row]).description.utf8) }
    case .each(let cell): return { row, bytes in append(cell(row).plain.utf8, to: &bytes) }
    }
  }

  /// Words ready to be written, end to end.
  private struct Fields: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]

    init(_ words: some Sequence<some Collection<UInt8>>) {
      for word in words {
        CSVWriter.append(word, to: &bytes)
        ends.append(bytes.count)
      }
    }

    func append(_ number: Int32, to output: inout [UInt8]) {
      guard number >= 0 else { return }
      output.append(contentsOf: bytes[ends[Int(number)]..<ends[Int(number) + 1]])
    }
  }
}
