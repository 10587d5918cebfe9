import Diagnostics
import PlanModel
import Tables

extension ReadingContext {
  /// The column that tells the rows of a table apart: its key, which must be of one column.
  ///
  /// A column that is no key would leave it to the order of the rows which of two with the same id counts, and
  /// count a row twice that was entered twice.
  func rowID(
    _ stated: Named?, of table: TableSchema?, _ user: Named, does what: String
  ) -> String? {
    guard let table else { return nil }
    let name = column(stated, of: table)
    if stated != nil, name == nil { return nil }
    if table.key.count == 1, let key = table.key.first, name == nil || name == key { return key }
    if tablesWithMisspeltKey.contains(table.name) { return nil }
    let place = table.span ?? user.span
    let column = name ?? "COLUMN"
    let found = diagnostics.contains { $0.code == .missingKey && $0.location == .source(place) }
    if found { return nil }
    switch table.key.count {
    case 0:
      report(
        .missingKey, "table `\(table.name)` has no `key`, so that a row entered twice would count twice",
        at: place,
        help: "write `key: \(column)` here"
          + (name == nil ? ", with the column that tells the rows apart" : ""),
        related: [(.source(user.span), what)])
    case 1:
      report(
        .missingKey, "the `key` of table `\(table.name)` is `\(table.key[0])`, not `\(column)`", at: place,
        help: "write `key: \(column)` here, or leave the `id` out there",
        related: [(.source(stated?.span ?? user.span), what)])
    default:
      let words = table.key.map { "`\($0)`" }.joined(separator: ", ")
      report(
        .missingKey, "the `key` of table `\(table.name)` is of \(table.key.count) columns (\(words))",
        at: place,
        help: name.map { "write `key: \($0)` here, if no two rows have the same" }
          ?? "give each row an id of its own in one column, and write `key: COLUMN` with it",
        related: [(.source(user.span), what + ", each by an id of one column")])
    }
    return nil
  }
}
