extension Expression.Node {
  /// The parts that it is made of.
  var parts: [Expression.Node] {
    switch self {
    case .literal, .column, .variable, .hasCell, .failure: []
    case .list(let parts), .and(let parts), .or(let parts), .call(_, let parts): parts
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .not(let part), .negate(let part), .select(let part, _), .hasField(let part, _): [part]
    case .choose(let condition, let then, let otherwise): [condition, then, otherwise]
    case .compare(_, let a, let b), .arithmetic(_, let a, let b), .member(let a, let b), .index(let a, let b):
      [a, b]
    case .comprehension(let inner):
      [inner.range] + (inner.condition.map { [$0] } ?? []) + (inner.transform.map { [$0] } ?? [])
    }
  }

  /// Adds the numbers of the columns that it reads.
  func collectColumns(_ columns: inout Set<Int>) {
    switch self {
    case .column(let place), .hasCell(let place): columns.insert(place)
    default: for part in parts { part.collectColumns(&columns) }
    }
  }

  /// Whether it reads any column.
  var readsColumns: Bool {
    switch self {
    case .column, .hasCell: true
    default: parts.contains { $0.readsColumns }
    }
  }
}
