/// Credit given by one rule, a line per credited person and row, as columns.
///
/// - Invariant: sorted by payee, date, the row's id by its bytes, and the payee that it was passed on from; all columns
///   are empty where the lines are dealt.
package struct CreditedLines: Sendable {
  /// The credit rule's name.
  package let rule: String
  /// The table of the rows.
  package let table: String
  /// The column of the table that names a row.
  package let idColumn: String
  /// Digits after the point of the amounts.
  package let places: Int

  /// The number of the person credited.
  package internal(set) var payee: [Int32] = []
  /// The row of the table; -1 for a component's adjustment, which has no row.
  package internal(set) var row: [Int32] = []
  /// The day.
  package internal(set) var day: [Int32] = []
  /// The place of the period in the calendar.
  package internal(set) var period: [Int32] = []
  /// The amount credited.
  package internal(set) var amount: [Int64] = []
  /// How many rows are house accounts, nobody's by what the plan says.
  package internal(set) var houseRows = 0
  // The number of lines whose sums these are, where nobody looks at single lines.
  var summed: Int?
  // The lines where they are not in order yet: no one looks at them but block by block.
  var dealt: DealtLines?
  // Both are empty when every cell would be -1.
  var shares: [Int32] = []
  var origins: [Int32] = []
  // How far the component's measure had come before each line; nil where nobody asks.
  var standing: Standing.Figures?

  package var count: Int { dealt?.count ?? payee.count }

  /// How many lines the rule gave.
  package var lineCount: Int { summed ?? count }

  package init(rule: String, table: String, idColumn: String, places: Int) {
    self.rule = rule
    self.table = table
    self.idColumn = idColumn
    self.places = places
  }

  /// The row of the split table that gave the share; -1 for the whole.
  package func share(_ line: Int) -> Int32 { shares.isEmpty ? -1 : shares[line] }

  /// For credit passed on: the payee that it comes from; -1 for the person's own.
  package func origin(_ line: Int) -> Int32 { origins.isEmpty ? -1 : origins[line] }

  /// The payees that credit was passed on from, line by line; nil when none was.
  package var passedOnFrom: [Int32]? { origins.isEmpty ? nil : origins }

  /// Keeps these lines, in this order.
  mutating func keep(_ lines: [Int32]) {
    payee = lines.map { payee[Int($0)] }
    row = lines.map { row[Int($0)] }
    day = lines.map { day[Int($0)] }
    period = lines.map { period[Int($0)] }
    amount = lines.map { amount[Int($0)] }
    if !shares.isEmpty { shares = lines.map { shares[Int($0)] } }
    if !origins.isEmpty { origins = lines.map { origins[Int($0)] } }
  }

  /// The lines in their order.
  var inOrder: CreditedLines {
    guard let dealt else { return self }
    var lines = self
    lines.dealt = nil
    dealt.ordering.order(dealt.parts, into: &lines)
    return lines
  }

  /// The lines of neighbouring payees; of whole groups of them where the lines are dealt.
  func of(_ payees: Range<Int>) -> CreditedLines {
    if let dealt {
      let size = dealt.ordering.payeesAGroup
      return dealt.lines(
        of: payees.lowerBound / size..<(payees.upperBound + size - 1) / size, like: self, inOrder: true)
    }
    let first = payee.firstIndex(above: Int32(payees.lowerBound) - 1, from: 0)
    let range = first..<payee.firstIndex(above: Int32(payees.upperBound) - 1, from: first)
    var part = CreditedLines(rule: rule, table: table, idColumn: idColumn, places: places)
    (part.payee, part.row) = (Array(payee[range]), Array(row[range]))
    (part.day, part.period) = (Array(day[range]), Array(period[range]))
    part.amount = Array(amount[range])
    part.summed = summed.map { _ in range.count }
    if !shares.isEmpty { part.shares = Array(shares[range]) }
    if !origins.isEmpty { part.origins = Array(origins[range]) }
    return part
  }

  /// The lines cut into stretches of whole payees, each of about `size` lines.
  func stretches(size: Int) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    var start = 0
    while start < count {
      var end = min(start + size, count)
      while end < count, payee[end] == payee[end - 1] { end += 1 }
      stretches.append(start..<end)
      start = end
    }
    return stretches
  }
}
