import Diagnostics

/// Rejects rows with a key that stands twice, and rows that point at a key that is nowhere.
///
/// All rows that share a key are rejected, not only the later ones, so that the order of the rows in a file
/// changes nothing. A row that points at a rejected row is rejected too.
package struct TableKeys: Sendable {
  private let schemas: [TableSchema]

  package init(_ schemas: [TableSchema]) { self.schemas = schemas }

  /// Drops the bad rows from `tables` and returns them.
  package func enforce(_ tables: inout [String: Table]) -> [RejectedRow] {
    var rejected: [RejectedRow] = []
    for schema in schemas where !schema.key.isEmpty { dropDuplicates(schema, &tables, &rejected) }
    var changed = true
    while changed {
      changed = false
      for schema in schemas {
        for reference in schema.references {
          changed = dropDangling(schema, reference, &tables, &rejected) || changed
        }
      }
    }
    return rejected
  }

  private func dropDuplicates(
    _ schema: TableSchema, _ tables: inout [String: Table], _ rejected: inout [RejectedRow]
  ) {
    guard var table = tables[schema.name] else { return }
    let columns = schema.key.compactMap { table[$0] }
    guard columns.count == schema.key.count else { return }
    let groups = Self.groups(columns, table.rowCount)
    var counts = [Int32](repeating: 0, count: Int(groups.max() ?? -1) + 1)
    for group in groups { counts[Int(group)] += 1 }
    var rows: [Int32: [Int]] = [:]
    for (row, group) in groups.enumerated() where counts[Int(group)] > 1 {
      rows[group, default: []].append(row)
    }
    var keep = [Bool](repeating: true, count: table.rowCount)
    for twins in rows.values {
      let key = columns.map { $0.display(twins[0]) }
      for row in twins {
        keep[row] = false
        let others = twins.filter { $0 != row }.map { "\(table.lines[$0])" }.prefix(5).joined(separator: ", ")
        rejected.append(
          RejectedRow(
            table: schema.name, file: table.file, line: Int(table.lines[row]), column: schema.key[0],
            code: .duplicateKey, message: "key `\(key.joined(separator: ", "))` stands on line \(others) too",
            help: "keep one of the rows; none of them is used"))
      }
    }
    if keep.contains(false) {
      table.keep(keep)
      tables[schema.name] = table
    }
  }

  /// For each row a small number, the same for rows with the same cells.
  private static func groups(_ columns: [Column], _ count: Int) -> [Int32] {
    struct Pair: Hashable {
      let group: Int32
      let cell: Int64
    }
    var groups = [Int32](repeating: 0, count: count)
    for (index, column) in columns.enumerated() {
      if index == 0, case .text(let codes, _) = column.values, column.missing == nil {
        groups = codes
        continue
      }
      let identities = column.identities
      var numbers: [Pair: Int32] = [:]
      for row in 0..<count {
        let pair = Pair(group: groups[row], cell: identities[row])
        let next = Int32(numbers.count)
        let number = numbers[pair] ?? next
        if number == next { numbers[pair] = next }
        groups[row] = number
      }
    }
    return groups
  }

  private func dropDangling(
    _ schema: TableSchema, _ reference: TableSchema.Reference, _ tables: inout [String: Table],
    _ rejected: inout [RejectedRow]
  ) -> Bool {
    guard var table = tables[schema.name], let target = tables[reference.table],
      let targetSchema = schemas.first(where: { $0.name == reference.table }), targetSchema.key.count == 1,
      let keys = target[targetSchema.key[0]], let column = table[reference.column]
    else { return false }
    let known = membership(of: column, in: keys)
    var keep = [Bool](repeating: true, count: table.rowCount)
    for row in 0..<table.rowCount where !column.isMissing(row) && !known(row) {
      keep[row] = false
      let word = column.display(row)
      rejected.append(
        RejectedRow(
          table: schema.name, file: table.file, line: Int(table.lines[row]), column: reference.column,
          code: .danglingKey, message: "`\(word)` is not in table `\(reference.table)`",
          help: nearest(word, keys)))
    }
    guard keep.contains(false) else { return false }
    table.keep(keep)
    tables[schema.name] = table
    return true
  }

  /// Tells of each row whether its cell is among the cells of `keys`.
  private func membership(of column: Column, in keys: Column) -> (Int) -> Bool {
    if case .text(let codes, let pool) = column.values, case .text(let keyCodes, let keyPool) = keys.values {
      var present = [Bool](repeating: false, count: keyPool.count)
      for code in keyCodes { present[Int(code)] = true }
      let known = pool.codes(in: keyPool).map { $0 >= 0 && present[Int($0)] }
      return { known[Int(codes[$0])] }
    }
    let words = Set((0..<keys.count).map { keys.display($0) })
    return { words.contains(column.display($0)) }
  }

  private func nearest(_ word: String, _ keys: Column) -> String? {
    guard keys.count <= 2000 else { return nil }
    return Suggestion.nearest(to: word, in: (0..<keys.count).map { keys.display($0) }).map {
      "did you mean `\($0)`?"
    }
  }
}
