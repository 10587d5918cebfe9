import PlanCalendar

/// How the cells of a column write days: `DD.MM.YYYY`, `M/D/YYYY`, `YYYY年M月D日`, `D-MMM-YYYY`.
///
/// `YYYY` is four digits, `MM` and `DD` two, `M` and `D` one or two, `MMM` an English month of three letters; a `*` at the
/// end takes whatever follows, as a time of day; any other character stands for itself.
package struct DateFormat: Sendable, Hashable {
  private enum Token: Sendable, Hashable {
    case year, month, day, shortMonth, shortDay, monthName, rest
    case literal(UInt8)
  }

  /// The pattern as the plan writes it.
  package let pattern: String
  private let tokens: [Token]

  /// A format, or nil for a pattern that does not name a year, a month and a day once each.
  package init?(_ pattern: String) {
    self.pattern = pattern
    var tokens: [Token] = []
    var rest = Array(pattern.utf8)[...]
    let words: [(String, Token)] = [
      ("YYYY", .year), ("MMM", .monthName), ("MM", .month), ("DD", .day), ("M", .shortMonth),
      ("D", .shortDay),
    ]
    while let byte = rest.first {
      if let (word, token) = words.first(where: { rest.starts(with: $0.0.utf8) }) {
        tokens.append(token)
        rest = rest.dropFirst(word.utf8.count)
      } else {
        if byte == 0x2A, rest.count > 1 { return nil }
        tokens.append(byte == 0x2A ? .rest : .literal(byte))
        rest = rest.dropFirst()
      }
    }
    self.tokens = tokens
    func count(_ wanted: Token...) -> Int { tokens.filter { wanted.contains($0) }.count }
    let isWhole =
      count(.year) == 1 && count(.month, .shortMonth, .monthName) == 1 && count(.day, .shortDay) == 1
    if !isWhole { return nil }
  }

  /// The day that a cell holds, or nil.
  func day(_ cell: [UInt8]) -> Int32? {
    var rest = cell[...]
    var (year, month, day) = (0, 0, 0)
    for token in tokens {
      switch token {
      case .year: if !Self.take(&rest, 4...4, &year) { return nil }
      case .month: if !Self.take(&rest, 2...2, &month) { return nil }
      case .day: if !Self.take(&rest, 2...2, &day) { return nil }
      case .shortMonth: if !Self.take(&rest, 1...2, &month) { return nil }
      case .shortDay: if !Self.take(&rest, 1...2, &day) { return nil }
      case .monthName:
        let name = rest.prefix(3).map { $0 | 0x20 }
        guard let place = Self.months.firstIndex(where: { Array($0.utf8) == name }) else { return nil }
        month = place + 1
        rest = rest.dropFirst(3)
      case .literal(let byte):
        if rest.first != byte { return nil }
        rest = rest.dropFirst()
      case .rest: rest = []
      }
    }
    guard rest.isEmpty else { return nil }
    return CalendarDate(year: year, month: month, dayOfMonth: day)?.day
  }

  /// How to mend a cell that is no ISO day: the formats that it seems to be written in.
  static func help(for cell: String) -> String {
    let usual = [
      "YYYY/M/D", "D.M.YYYY", "M/D/YYYY", "D/M/YYYY", "YYYY年M月D日", "YYYYMMDD", "D-MMM-YYYY", "D MMM YYYY",
      "YYYY-MM-DD *", "YYYY-MM-DDT*",
    ]
    let fitting = usual.filter { DateFormat($0)?.day(Array(cell.utf8)) != nil }.map { "`dates: \($0)`" }
    return fitting.isEmpty
      ? "write days as YYYY-MM-DD"
      : "state \(fitting.joined(separator: " or ")) of the table if its days are written so"
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static func take(_ rest: inout ArraySlice<UInt8>, _ count: ClosedRange<Int>, _ number: inout Int)
    -> Bool
  {
    let digits = rest.prefix(count.upperBound).prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard digits.count >= count.lowerBound else { return false }
    number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    rest = rest.dropFirst(digits.count)
    return true
  }
}
