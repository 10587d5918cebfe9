import Diagnostics

/// Rejects rows with a key that stands twice, and rows that point at a key that is nowhere.
///
/// All rows that share a key are rejected, not only the later ones, so that the order of the rows in a file
/// changes nothing. A row that points at a rejected row is rejected too.
package struct TableKeys: Sendable {
  private let schemas: [TableSchema]

  package init(_ schemas: [TableSchema]) { self.schemas = schemas }

  /// Drops the bad rows from `tables` and returns them.
  ///
  /// `incomplete` names the tables of which rows were rejected while they were read.
  package func enforce(
    _ tables: inout [String: Table], incomplete: Set<String> = []
  ) -> [RejectedRow] {
    var rejected: [RejectedRow] = []
    var lost: [String: Set<String>] = [:]
    for schema in schemas where !schema.key.isEmpty { dropDuplicates(schema, &tables, &rejected, &lost) }
    var changed = true
    while changed {
      changed = false
      for schema in schemas {
        for reference in schema.references {
          changed = dropDangling(schema, reference, &tables, &rejected, &lost, incomplete) || changed
        }
      }
    }
    return rejected
  }

  private func dropDuplicates(
    _ schema: TableSchema, _ tables: inout [String: Table], _ rejected: inout [RejectedRow],
    _ lost: inout [String: Set<String>]
  ) {
    guard var table = tables[schema.name] else { return }
    let columns = schema.key.compactMap { table[$0] }
    guard columns.count == schema.key.count else { return }
    let groups = KeyGroups.twins(columns, table.rowCount)
    if groups.isEmpty { return }
    var keep = [Bool](repeating: true, count: table.rowCount)
    for twins in groups {
      let key = columns.map { $0.display(twins[0]) }
      lost[schema.name, default: []].insert(key.joined(separator: ", "))
      for row in twins {
        keep[row] = false
        let others = twins.prefix(6).filter { $0 != row }.prefix(5).map {
          Self.place($0, table, besides: row)
        }
        .joined(separator: ", ")
        rejected.append(
          RejectedRow(
            table: schema.name, file: table.file(of: row), line: Int(table.lines[row]), column: schema.key[0],
            code: .duplicateKey, message: "key `\(key.joined(separator: ", "))` stands on line \(others) too",
            help: "keep one of the rows; none of them is used"))
      }
    }
    table.keep(keep)
    tables[schema.name] = table
  }

  /// Where a row stands, seen from another: its line, with its file where that is another one.
  private static func place(_ row: Int, _ table: Table, besides other: Int) -> String {
    let file = table.file(of: row)
    return file == table.file(of: other) ? "\(table.lines[row])" : "\(table.lines[row]) of \(file)"
  }

  private func dropDangling(
    _ schema: TableSchema, _ reference: TableSchema.Reference, _ tables: inout [String: Table],
    _ rejected: inout [RejectedRow], _ lost: inout [String: Set<String>], _ incomplete: Set<String>
  ) -> Bool {
    guard var table = tables[schema.name], let target = tables[reference.table],
      let targetSchema = schemas.first(where: { $0.name == reference.table }), targetSchema.key.count == 1,
      let keys = target[targetSchema.key[0]], let column = table[reference.column]
    else { return false }
    guard let known = membership(of: column, in: keys) else { return false }
    var keep = [Bool](repeating: true, count: table.rowCount)
    for row in 0..<table.rowCount where !column.isMissing(row) && !known(row) {
      keep[row] = false
      let word = column.display(row)
      let isLost = lost[reference.table]?.contains(word) ?? false
      rejected.append(
        RejectedRow(
          table: schema.name, file: table.file(of: row), line: Int(table.lines[row]),
          column: reference.column,
          code: .danglingKey,
          message: isLost
            ? "the row `\(word)` of table `\(reference.table)` was rejected"
            : "`\(word)` is not in table `\(reference.table)`"
              + (incomplete.contains(reference.table) ? ", of which rows were rejected" : ""),
          help: isLost
            ? "mend that row; this one is used then"
            : incomplete.contains(reference.table) ? "mend those rows first" : nearest(word, keys)))
      if schema.key.count == 1, let key = table[schema.key[0]] {
        lost[schema.name, default: []].insert(key.display(row))
      }
    }
    guard keep.contains(false) else { return false }
    table.keep(keep)
    tables[schema.name] = table
    return true
  }

  /// Tells of each row whether its cell is among the cells of `keys`; nil when all are.
  private func membership(of column: Column, in keys: Column) -> ((Int) -> Bool)? {
    switch (column.values, keys.values) {
    case (.text(let codes, let pool), .text(let keyCodes, let keyPool)):
      var present = [Bool](repeating: false, count: keyPool.count)
      for code in keyCodes { present[Int(code)] = true }
      let known = pool.codes(in: keyPool).map { $0 >= 0 && present[Int($0)] }
      return known.contains(false) ? { known[Int(codes[$0])] } : nil
    case (.integer(let cells), .integer(let keyCells)):
      let known = IntegerPool(keyCells.indices.filter { !keys.isMissing($0) }.map { keyCells[$0] })
      return { known.contains(cells[$0]) }
    case (.date(let days), .date(let keyDays)):
      let known = IntegerPool(keyDays.indices.filter { !keys.isMissing($0) }.map { Int64(keyDays[$0]) })
      return { known.contains(Int64(days[$0])) }
    default:
      let words = Set((0..<keys.count).map { keys.display($0) })
      return { words.contains(column.display($0)) }
    }
  }

  private func nearest(_ word: String, _ keys: Column) -> String? {
    guard keys.count <= 2000 else { return nil }
    return Suggestion.nearest(to: word, in: (0..<keys.count).map { keys.display($0) }).map {
      "did you mean `\($0)`?"
    }
  }
}
