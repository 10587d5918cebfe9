import PlanCalendar

/// Reads days, `YYYY-MM-DD`, and remembers the last: days of neighbouring rows are often the same.
struct DayCell {
  private var start: UInt64 = 0
  private var end: UInt64 = 0
  private var day: Int32?

  /// The day, or nil when it is none.
  @inline(__always)
  mutating func read(_ cell: RawSpan) -> Int32? {
    guard cell.byteCount == 10 else { return nil }
    let (start, end) = (RawText.word(cell, 0), RawText.word(cell, 2))
    if start != self.start || end != self.end {
      (self.start, self.end) = (start, end)
      day = RawText.withBytes(cell) { CalendarDate.parse($0)?.day }
    }
    return day
  }
}
