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
    // Adjustments of one person on one day are told apart by amount alone, whatever order they come in.
    if row.contains(-1) { reorder((0..<count).sorted { amount[$0] < amount[$1] }) }
    var order = StableOrder(count: count)
    order.sort(by: from)
    order.sort(by: row.map { $0 < 0 ? Int32.max - 1 : rank[Int($0)] })
    order.sort(by: day)
    order.sort(by: payee)
    reorder(order.rows)
  }

  /// Keeps these lines, in this order.
  mutating func reorder(_ lines: some Collection<some BinaryInteger>) {
    payee = lines.map { payee[Int($0)] }
    row = lines.map { row[Int($0)] }
    day = lines.map { day[Int($0)] }
    period = lines.map { period[Int($0)] }
    amount = lines.map { amount[Int($0)] }
    share = lines.map { share[Int($0)] }
    from = lines.map { from[Int($0)] }
  }
}
