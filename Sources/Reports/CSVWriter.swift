import Money
import PlanCalendar
import Tables

/// Writes rows of columns as CSV by RFC 4180, each kind of column in its own way, made ready once.
struct CSVWriter: Sendable {
  private enum Field: Sendable {
    case empty
    case same(CSVWords)
    /// Words ready to be written, and the number of each cell's.
    case words(CSVWords, numbers: [Int32])
    /// The codes of texts that are many and may lie far apart.
    case texts([Int32], TextPool)
    case numbers([Int64], FigureText)
    case each(@Sendable (Int, inout ByteBuffer) -> Void)
  }

  private let fields: [(field: Field, places: [Int32]?)]

  init(_ columns: [ReportColumn]) { fields = columns.map { (Self.field($0), $0.places) } }

  private static func field(_ column: ReportColumn) -> Field {
    switch column.cells {
    case .empty: return .empty
    case .same(let word): return .same(CSVWords([word.utf8]))
    case .words(let numbers, let words): return .words(words.csv, numbers: numbers)
    case .pooled(let codes, let pool):
      if pool.count > 2048 { return .texts(codes, pool) }
      return .words(CSVWords((0..<Int32(pool.count)).lazy.map { pool.utf8($0) }), numbers: codes)
    case .numbers(let cells, let places):
      return .numbers(cells, FigureText(places: places, rounding: column.rounding))
    case .dates(let days):
      return .each { place, bytes in bytes.append(CalendarDate(day: days[place]).description.utf8) }
    case .each(let cell):
      let rounding = column.rounding
      return .each { place, bytes in
        CSVWords.append(cell(place).rounded(rounding).plain.utf8, to: &bytes)
      }
    }
  }

  /// Appends a line a row.
  func append(_ rows: Report.Rows, to bytes: inout ByteBuffer) { reach(0, [], rows, &bytes) }

  /// A field whose arrays are held in place while rows are written, so that no cell counts references.
  private struct ReachedField {
    enum Cells {
      case empty
      case same(CSVWords.Reached)
      case words(CSVWords.Reached, UnsafePointer<Int32>)
      /// The texts of the block's rows end to end, and where each ends.
      case texts(UnsafePointer<UInt8>, ends: UnsafePointer<Int32>)
      case numbers(UnsafePointer<Int64>, FigureText)
      case each(Int)
    }
    let cells: Cells
    let places: UnsafePointer<Int32>?
  }

  /// Takes hold of the arrays of the fields from `index` on, then writes the rows.
  private func reach(
    _ index: Int, _ reached: [ReachedField], _ rows: Report.Rows, _ bytes: inout ByteBuffer
  ) {
    guard index < fields.count else { return write(reached, rows, &bytes) }
    func go(_ cells: ReachedField.Cells, _ bytes: inout ByteBuffer) {
      guard let places = fields[index].places else {
        return reach(index + 1, reached + [ReachedField(cells: cells, places: nil)], rows, &bytes)
      }
      // INVARIANT: pointers into arrays are used inside the closures that hold those arrays alone; every row that
      // is reported has a cell in them.
      places.withUnsafeBufferPointer {
        reach(index + 1, reached + [ReachedField(cells: cells, places: $0.baseAddress)], rows, &bytes)
      }
    }
    switch fields[index].field {
    case .empty: go(.empty, &bytes)
    case .same(let words): words.reach { go(.same($0), &bytes) }
    case .texts(let codes, let pool):
      let gathered = pool.gathered(Self.codes(codes, fields[index].places, rows, count: pool.count))
      gathered.bytes.withUnsafeBufferPointer { texts in
        gathered.ends.withUnsafeBufferPointer { ends in
          guard let start = texts.baseAddress, let ends = ends.baseAddress else { return }
          let field = ReachedField(cells: .texts(start, ends: ends), places: nil)
          reach(index + 1, reached + [field], rows, &bytes)
        }
      }
    case .words(let words, let numbers):
      words.reach { words in
        numbers.withUnsafeBufferPointer { go($0.baseAddress.map { .words(words, $0) } ?? .empty, &bytes) }
      }
    case .numbers(let cells, let figure):
      cells.withUnsafeBufferPointer { go($0.baseAddress.map { .numbers($0, figure) } ?? .empty, &bytes) }
    case .each: go(.each(index), &bytes)
    }
  }

  /// The codes of the rows' texts, of which there are so many; -1 for an empty cell.
  private static func codes(_ codes: [Int32], _ places: [Int32]?, _ rows: Report.Rows, count: Int) -> [Int32]
  {
    let cells =
      if let places, rows.isAll(places.count) { places } else {
        rows.range.map { place in
          let row = rows.number(place)
          return places?[row] ?? Int32(truncatingIfNeeded: row)
        }
      }
    // Where no text comes twice, each has the number of its cell, as texts are numbered by first sight.
    return count == codes.count ? cells : cells.map { $0 < 0 ? -1 : codes[Int($0)] }
  }

  /// The bytes that a row needs at the most, but for cells that are worked out one by one.
  private var longestRow: Int {
    fields.reduce(1) { length, field in
      switch field.field {
      case .empty, .each: length + 1
      case .texts: length + 17
      case .same(let words), .words(let words, _): length + 1 + words.longest
      case .numbers(_, let figure): length + 1 + figure.longest
      }
    }
  }

  private func write(_ reached: [ReachedField], _ rows: Report.Rows, _ bytes: inout ByteBuffer) {
    let longestRow = longestRow
    reached.withUnsafeBufferPointer { reached in
      for offset in rows.range {
        let row = rows.number(offset)
        var cursor = bytes.reserve(longestRow)
        for index in reached.indices {
          if index > 0 { cursor.put(0x2C) }
          let place = reached[index].places.map { Int($0[row]) } ?? row
          if place < 0 { continue }
          switch reached[index].cells {
          case .empty: break
          case .same(let words): words.put(0, to: &cursor)
          case .words(let words, let numbers): words.put(Int(numbers[place]), to: &cursor)
          case .numbers(let cells, let figure): figure.put(cells[place], to: &cursor)
          case .texts(let texts, let ends):
            let offset = offset - rows.range.lowerBound
            let start = offset == 0 ? 0 : Int(ends[offset - 1])
            let count = Int(ends[offset]) - start
            if CSVWords.put(texts + start, count: count, to: &cursor) { continue }
            bytes.keep(cursor)
            CSVWords.append(UnsafeBufferPointer(start: texts + start, count: count), to: &bytes)
            cursor = bytes.reserve(longestRow)
          case .each(let field):
            bytes.keep(cursor)
            if case .each(let append) = fields[field].field { append(place, &bytes) }
            cursor = bytes.reserve(longestRow)
          }
        }
        cursor.put(0x0A)
        bytes.keep(cursor)
      }
    }
  }
}
