/// Credit given by one rule, a line per credited person and row, as columns.
///
/// - Invariant: sorted by payee, date, the row's id by its bytes, and the payee that it was passed on from.
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
  package var payee: [Int32] = []
  /// The row of the table; -1 for a component's adjustment, which has no row.
  package var row: [Int32] = []
  /// The day.
  package var day: [Int32] = []
  /// The place of the period in the calendar.
  package var period: [Int32] = []
  /// The amount credited.
  package var amount: [Int64] = []
  /// The row of the split table that gave the share; -1 for the whole.
  package var share: [Int32] = []
  /// For credit passed on: the payee that it comes from; -1 for the person's own.
  package var from: [Int32] = []

  package var count: Int { payee.count }

  package init(rule: String, table: String, idColumn: String, places: Int) {
    self.rule = rule
    self.table = table
    self.idColumn = idColumn
    self.places = places
  }

  mutating func append(
    payee: Int32, row: Int32, day: Int32, period: Int32, amount: Int64, share: Int32 = -1, from: Int32 = -1
  ) {
    self.payee.append(payee)
    self.row.append(row)
    self.day.append(day)
    self.period.append(period)
    self.amount.append(amount)
    self.share.append(share)
    self.from.append(from)
  }

  /// Brings the lines into their order; `rank` gives the place of each row's id among all ids.
  mutating func sort(rank: [Int32]) {
    func key(_ line: Int) -> (Int32, Int32, Int32, Int32) {
      (payee[line], day[line], row[line] < 0 ? Int32.max : rank[Int(row[line])], from[line])
    }
    var order = Array(0..<count)
    // Ties are left only among adjustments of one person on one day, which are told apart by amount.
    order.sort { a, b in
      let (left, right) = (key(a), key(b))
      return left == right ? amount[a] < amount[b] : left < right
    }
    reorder(order)
  }

  /// Keeps these lines, in this order.
  mutating func reorder(_ lines: [Int]) {
    payee = lines.map { payee[$0] }
    row = lines.map { row[$0] }
    day = lines.map { day[$0] }
    period = lines.map { period[$0] }
    amount = lines.map { amount[$0] }
    share = lines.map { share[$0] }
    from = lines.map { from[$0] }
  }
}
