import Money
import PlanCalendar
import Tables

/// Evaluates an expression for one row after another.
final class RowEvaluator {
  typealias Node = Expression.Node
  typealias Value = Expression.Value

  /// How many parts may be evaluated for one row.
  static let mostSteps = 100_000
  private let columns: [Column?]
  private var variables: [Int: Value] = [:]
  private var patterns: [String: Pattern] = [:]
  private var row = 0
  private var steps = 0

  /// An evaluator over these columns, in the order in which the expression numbers them.
  init(columns: [Column?]) { self.columns = columns }

  /// The value of a part of the expression for a row.
  func value(_ node: Node, row: Int) throws(EvaluationFault) -> Value {
    self.row = row
    steps = 0
    return try value(node)
  }

  /// Whether a condition holds for a row; an empty one does not.
  func holds(_ node: Node, row: Int) throws(EvaluationFault) -> Bool {
    self.row = row
    steps = 0
    return try condition(node)
  }

  private func charge(_ count: Int) throws(EvaluationFault) {
    steps += count
    if steps > Self.mostSteps {
      throw EvaluationFault("the expression takes more than \(Self.mostSteps) steps")
    }
  }

  private func value(_ node: Node) throws(EvaluationFault) -> Value {
    try charge(1)
    switch node {
    case .literal(let value): return value
    case .column(let place): return columns[place]?.value(row) ?? .null
    case .variable(let slot): return variables[slot] ?? .null
    case .negate(let inner): return try Value.negated(try value(inner))
    case .arithmetic(let operation, let left, let right):
      let result = try Value.apply(operation, try value(left), try value(right))
      try charge(result.weight)
      return result
    case .choose(let test, let then, let otherwise):
      return try condition(test) ? try value(then) : try value(otherwise)
    case .list(let items):
      var values: [Value] = []
      for item in items { values.append(try value(item)) }
      return .list(values)
    case .map(let entries):
      var map = Expression.ValueMap()
      for entry in entries { try map.add(try value(entry.key), try value(entry.value)) }
      return .map(map)
    case .select(let target, let field): return try select(target, field)
    case .index(let target, let place): return try item(of: try value(target), at: try value(place))
    case .call(let function, let parts): return try call(function, parts)
    case .comprehension(let comprehension): return try iterate(comprehension)
    case .failure(let message): throw EvaluationFault(message)
    case .not, .and, .or, .compare, .member, .hasCell, .hasField: return .boolean(try condition(node))
    }
  }

  private func condition(_ node: Node) throws(EvaluationFault) -> Bool {
    switch node {
    case .not(let inner): return !(try condition(inner))
    case .and(let parts): return try settled(parts, by: false)
    case .or(let parts): return try settled(parts, by: true)
    case .compare(let comparison, let left, let right):
      try charge(1)
      return try Value.compare(comparison, try value(left), try value(right))
    case .member(let item, let range): return try contains(try value(range), try value(item))
    case .hasCell(let place): return !(columns[place]?.isMissing(row) ?? true)
    case .hasField(let target, let field):
      guard case .map(let map) = try value(target) else { throw .noOverload("`has`") }
      return map[.text(field)] != nil
    case .choose(let test, let then, let otherwise):
      return try condition(test) ? try condition(then) : try condition(otherwise)
    default:
      let found = try value(node)
      guard let flag = found.condition else {
        throw EvaluationFault("\(found.type.article) stands where a condition is wanted")
      }
      return flag
    }
  }

  /// `&&` and `||`: one part that settles the matter does so wherever it stands, whatever is wrong with the others.
  private func settled(_ parts: [Node], by flag: Bool) throws(EvaluationFault) -> Bool {
    var fault: EvaluationFault?
    for part in parts {
      do {
        if try condition(part) == flag { return flag }
      } catch {
        if steps > Self.mostSteps { throw error }
        fault = fault ?? error
      }
    }
    if let fault { throw fault }
    return !flag
  }

  private func select(_ target: Node, _ field: String) throws(EvaluationFault) -> Value {
    switch try value(target) {
    case .null: return .null
    case .map(let map):
      guard let found = map[.text(field)] else { throw EvaluationFault("no such key: `\(field)`") }
      return found
    case let other: throw EvaluationFault("\(other.type.article) has no `\(field)`")
    }
  }

  private func item(of target: Value, at place: Value) throws(EvaluationFault) -> Value {
    switch target {
    case .null: return .null
    case .list(let items):
      guard let number = place.decimal, let index = try? number.normalized.rescaled(to: 0, rounding: .down),
        number == ExactDecimal(index)
      else { throw EvaluationFault("\(place.type.article) is no place in a list") }
      guard items.indices.contains(Int(clamping: index)) else {
        throw EvaluationFault("a list of \(items.count) has no place \(index)")
      }
      return items[Int(index)]
    case .map(let map):
      guard let found = map[place] else { throw EvaluationFault("no such key") }
      return found
    default: throw EvaluationFault("\(target.type.article) has no places")
    }
  }

  private func contains(_ range: Value, _ item: Value) throws(EvaluationFault) -> Bool {
    switch range {
    case .null: return false
    case .list(let items):
      try charge(items.count / 4)
      return items.contains { Value.equal($0, item) }
    case .map(let map): return map[item] != nil
    default: throw .noOverload("`in`")
    }
  }

  private func call(_ function: StandardFunction, _ parts: [Node]) throws(EvaluationFault) -> Value {
    var values: [Value] = []
    for part in parts { values.append(try value(part)) }
    for value in values { try charge(value.weight) }
    let result: Value
    if function.name == "matches", case .text(let text)? = values.first, case .text(let source)? = values.last
    {
      if patterns[source] == nil { patterns[source] = try Pattern(source) }
      result = .boolean(patterns[source]?.isFound(in: text) ?? false)
    } else {
      result = try function(values)
    }
    try charge(result.weight)
    return result
  }

  private func iterate(_ comprehension: Expression.Comprehension) throws(EvaluationFault) -> Value {
    let items: [Value]
    switch try value(comprehension.range) {
    case .null: return .null
    case .list(let list): items = list
    case .map(let map): items = map.keys
    case let other: throw EvaluationFault("\(other.type.article) has no items")
    }
    let outer = variables[comprehension.slot]
    defer { variables[comprehension.slot] = outer }
    switch comprehension.macro {
    case .all: return .boolean(try settled(items, comprehension, by: false))
    case .exists: return .boolean(try settled(items, comprehension, by: true))
    case .existsOne: return .boolean(try kept(items, comprehension).count == 1)
    case .filter: return .list(try kept(items, comprehension))
    case .map:
      var results: [Value] = []
      for item in try kept(items, comprehension) {
        variables[comprehension.slot] = item
        if let transform = comprehension.transform { results.append(try value(transform)) }
      }
      return .list(results)
    }
  }

  private func settled(
    _ items: [Value], _ comprehension: Expression.Comprehension, by flag: Bool
  ) throws(EvaluationFault) -> Bool {
    guard let test = comprehension.condition else { return !flag }
    var fault: EvaluationFault?
    for item in items {
      variables[comprehension.slot] = item
      do {
        try charge(1)
        if try condition(test) == flag { return flag }
      } catch {
        if steps > Self.mostSteps { throw error }
        fault = fault ?? error
      }
    }
    if let fault { throw fault }
    return !flag
  }

  private func kept(
    _ items: [Value], _ comprehension: Expression.Comprehension
  ) throws(EvaluationFault) -> [Value] {
    guard let test = comprehension.condition else { return items }
    var kept: [Value] = []
    for item in items {
      try charge(1)
      variables[comprehension.slot] = item
      if try condition(test) { kept.append(item) }
    }
    return kept
  }
}

extension Expression.Value {
  /// What making or reading the value costs, in steps.
  var weight: Int {
    switch self {
    case .text(let text): text.utf8.count / 16
    case .bytes(let bytes): bytes.count / 16
    case .list(let items): items.count / 4
    default: 0
    }
  }
}

extension Column {
  /// A row's cell as a value; null where it is empty.
  func value(_ row: Int) -> Expression.Value {
    if isMissing(row) { return .null }
    return switch values {
    case .text(let codes, let pool): .text(pool[codes[row]])
    case .date(let days): .date(CalendarDate(day: days[row]))
    case .boolean(let flags): .boolean(flags[row])
    case .integer(let cells): .number(ExactDecimal(cells[row]))
    case .decimal(let cells, let places):
      .number(ExactDecimal(coefficient: Int128(cells[row]), scale: places))
    }
  }
}
