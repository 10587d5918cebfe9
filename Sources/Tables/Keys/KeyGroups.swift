/// Which rows of a table have the same key.
enum KeyGroups {
  /// The rows of each key that stands more than once, in the order of their first rows.
  static func twins(_ columns: [Column], _ count: Int) -> [[Int]] {
    guard let first = columns.first else { return [] }
    // Ids mostly ascend, which proves that none stands twice.
    if first.missing == nil, ascends(first) { return [] }
    var groups = numbers(first)
    for column in columns.dropFirst() {
      var pool = IntegerPool()
      let cells = numbers(column)
      groups = (0..<count).map { pool.number(Int64(groups[$0]) << 32 | Int64(cells[$0])) }
    }
    return twins(groups)
  }

  private static func twins(_ groups: [Int32]) -> [[Int]] {
    var counts = [Int32](repeating: 0, count: Int(groups.max() ?? -1) + 1)
    for group in groups { counts[Int(group)] += 1 }
    guard counts.contains(where: { $0 > 1 }) else { return [] }
    var places: [Int32: Int] = [:]
    var twins: [[Int]] = []
    for (row, group) in groups.enumerated() where counts[Int(group)] > 1 {
      if let place = places[group] {
        twins[place].append(row)
      } else {
        places[group] = twins.count
        twins.append([row])
      }
    }
    return twins
  }

  /// For each row a small number, 0 or more, the same for equal cells only.
  private static func numbers(_ column: Column) -> [Int32] {
    if column.missing == nil, case .text(let codes, _) = column.values { return codes }
    var pool = IntegerPool()
    return column.identities.map { pool.number($0) }
  }

  /// Whether each cell is greater than the one before.
  private static func ascends(_ column: Column) -> Bool {
    func ascends<Cell: Comparable>(_ cells: [Cell]) -> Bool {
      for row in cells.indices.dropFirst() where cells[row] <= cells[row - 1] { return false }
      return true
    }
    return switch column.values {
    case .text(let codes, _): ascends(codes)
    case .integer(let cells), .decimal(let cells, _): ascends(cells)
    case .date(let days): ascends(days)
    case .boolean: false
    }
  }
}
