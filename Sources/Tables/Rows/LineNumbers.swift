/// For each row of a table, the line of the file on which it begins.
///
/// Kept as stretches of rows that stand on lines without a gap: one stretch for most files.
package struct LineNumbers: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  private struct Stretch: Sendable {
    let row: Int
    let line: Int32
  }

  private var stretches: [Stretch] = []
  package private(set) var endIndex = 0
  package var startIndex: Int { 0 }

  package init() {}

  package init(arrayLiteral lines: Int32...) { self.init(lines) }

  /// The lines of rows, in order.
  package init(_ lines: some Sequence<Int32>) {
    for line in lines { append(line) }
  }

  /// The line of this row.
  package subscript(row: Int) -> Int32 {
    precondition(row >= 0 && row < endIndex, "no such row")
    var range = 0..<stretches.count
    while range.count > 1 {
      let middle = range.lowerBound + range.count / 2
      if stretches[middle].row <= row {
        range = middle..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    let stretch = stretches[range.lowerBound]
    return stretch.line + Int32(row - stretch.row)
  }

  mutating func append(_ line: Int32) { append(line, count: 1) }

  /// Appends the lines of as many rows, each on the line after the one before.
  mutating func append(_ line: Int32, count: Int) {
    if count == 0 { return }
    if let last = stretches.last, last.line + Int32(endIndex - last.row) == line {
    } else {
      stretches.append(Stretch(row: endIndex, line: line))
    }
    endIndex += count
  }

  /// Appends the ascending lines of some rows.
  mutating func append(contentsOf lines: ArraySlice<Int32>) {
    guard let first = lines.first, let last = lines.last else { return }
    if Int(last - first) + 1 == lines.count {
      append(first, count: lines.count)
    } else {
      for line in lines { append(line) }
    }
  }

  /// Appends the lines of another table's rows, each `offset` further down.
  mutating func append(_ other: LineNumbers, offset: Int32) {
    for (place, stretch) in other.stretches.enumerated() {
      let end = place + 1 < other.stretches.count ? other.stretches[place + 1].row : other.endIndex
      append(stretch.line + offset, count: end - stretch.row)
    }
  }
}
