import Diagnostics
import PlanCalendar

/// Resolves the names of an expression and finds values of the wrong kind.
package struct ExpressionChecker {
  typealias Node = Expression.Node
  typealias ValueType = Expression.ValueType
  typealias Checked = (node: Node, type: ValueType)

  /// What a parsed expression comes to, and all that is wrong with it.
  package struct Outcome: Sendable {
    /// The resolved expression; what is at fault in it has no value.
    package let expression: Expression
    package let faults: [Expression.Fault]
  }

  /// A name that a macro or a definition's parameter binds.
  struct Local {
    let name: String
    let checked: Checked
  }

  private static let mostNodes = 10_000

  let scope: ExpressionScope
  var faults: [Expression.Fault] = []
  var locals: [Local] = []
  /// Definitions that are being expanded, from the outside in, and where the outermost was called.
  var expanding: [(name: String, place: Syntax)] = []
  var sources: [String: String] = [:]
  private var columns: [String] = []
  private var slots = 0
  private var nodes = 0

  /// The expression of `syntax`, which is to have the kind `wanted`, or any kind.
  package static func check(
    _ syntax: Syntax, text: String, scope: ExpressionScope, wanted: Expression.ValueType?
  ) -> Outcome {
    var checker = ExpressionChecker(scope: scope)
    let (node, type) = checker.check(syntax)
    if let wanted, checker.faults.isEmpty, !wanted.accepts(type) {
      checker.report(syntax, "this is \(type.article), \(wanted.article) is wanted here")
    }
    let expression = Expression(
      text: text, type: type, columns: checker.columns, sources: checker.sources, root: node)
    return Outcome(expression: expression, faults: checker.faults)
  }

  private init(scope: ExpressionScope) { self.scope = scope }

  mutating func report(_ syntax: Syntax, _ message: String, help: String? = nil) {
    // INVARIANT: what is wrong inside a definition is told where the plan uses it.
    let place = expanding.first?.place ?? syntax
    let path = expanding.map { "in `\($0.name)`: " }.joined()
    let fault = Expression.Fault(
      message: path + message, help: help, offset: place.offset, length: place.length, isSyntax: false)
    if !faults.contains(fault) { faults.append(fault) }
  }

  /// Reports a fault of kinds, and gives the node that has no value because of it.
  mutating func refused(_ syntax: Syntax, _ message: String, help: String? = nil) -> Checked {
    report(syntax, message, help: help)
    return (.failure(message), .any)
  }

  mutating func want(_ wanted: ValueType, _ syntax: Syntax) -> Node {
    let (node, type) = check(syntax)
    if !wanted.accepts(type) { report(syntax, "this is \(type.article), \(wanted.article) is wanted here") }
    return node
  }

  mutating func column(_ name: String) -> Int {
    if let place = columns.firstIndex(of: name) { return place }
    columns.append(name)
    return columns.count - 1
  }

  mutating func slot() -> Int {
    slots += 1
    return slots - 1
  }

  mutating func check(_ syntax: Syntax) -> Checked {
    nodes += 1
    if nodes > Self.mostNodes {
      if nodes > Self.mostNodes + 1 { return (.failure("the expression is too large"), .any) }
      return refused(syntax, "with its definitions the expression has more than \(Self.mostNodes) parts")
    }
    switch syntax.form {
    case .literal(let value): return (.literal(value), value.type)
    case .name, .rooted, .select: return name(syntax)
    case .list(let items): return list(items)
    case .map(let entries): return map(entries)
    case .not(let inner): return (.not(want(.boolean, inner)), .boolean)
    case .negate(let inner): return negation(inner)
    case .and(let parts): return (.and(parts.map { want(.boolean, $0) }), .boolean)
    case .or(let parts): return (.or(parts.map { want(.boolean, $0) }), .boolean)
    case .choose(let condition, let then, let otherwise): return choice(condition, then, otherwise, syntax)
    case .compare(let comparison, let left, let right): return compare(comparison, left, right, syntax)
    case .arithmetic(let operation, let left, let right): return arithmetic(operation, left, right, syntax)
    case .member(let item, let list): return member(item, list)
    case .index(let target, let place): return index(target, place)
    case .call(let name, let arguments): return call(name, arguments, syntax)
    case .method(let target, let name, let arguments): return method(target, name, arguments, syntax)
    }
  }

  private mutating func list(_ items: [Syntax]) -> Checked {
    let checked = items.map { check($0) }
    return (.list(checked.map(\.node)), .list(ValueType.joined(checked.map(\.type))))
  }

  private mutating func map(_ entries: [(key: Syntax, value: Syntax)]) -> Checked {
    var nodes: [(key: Node, value: Node)] = []
    var (keys, values): ([ValueType], [ValueType]) = ([], [])
    for entry in entries {
      let (key, value) = (check(entry.key), check(entry.value))
      if ![.any, .boolean, .integer, .unsigned, .text].contains(key.type) {
        report(entry.key, "\(key.type.article) cannot be the key of a map")
      }
      nodes.append((key.node, value.node))
      keys.append(key.type)
      values.append(value.type)
    }
    return (.map(nodes), .map(ValueType.joined(keys), ValueType.joined(values)))
  }

  private mutating func negation(_ inner: Syntax) -> Checked {
    let (node, type) = check(inner)
    if ![.any, .integer, .number].contains(type) {
      report(inner, "this is \(type.article), a number is wanted here")
    }
    return (.negate(node), type)
  }

  private mutating func choice(
    _ condition: Syntax, _ then: Syntax, _ otherwise: Syntax, _ syntax: Syntax
  ) -> Checked {
    let test = want(.boolean, condition)
    let (a, b) = (check(then), check(otherwise))
    if !a.type.isComparable(to: b.type) {
      report(syntax, "one branch is \(a.type.article), the other \(b.type.article)")
    }
    return (.choose(test, then: a.node, otherwise: b.node), a.type.joined(with: b.type))
  }

  private mutating func compare(
    _ comparison: Expression.Comparison, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) -> Checked {
    let (a, b) = (check(left), check(right))
    let isEquality = comparison == .equal || comparison == .notEqual
    if !a.type.isComparable(to: b.type) {
      let isDay = (a.type == .date && b.type == .text) || (a.type == .text && b.type == .date)
      report(
        syntax, "\(a.type.article) is compared with \(b.type.article)",
        help: isDay ? "write a day as `date(\"2026-03-31\")`" : nil)
    } else if !isEquality {
      for type in [a.type, b.type] {
        switch type {
        case .null, .list, .map, .type:
          return refused(syntax, "`\(comparison.rawValue)` has no meaning for \(type.article)")
        default: continue
        }
      }
    }
    return (.compare(comparison, a.node, b.node), .boolean)
  }

  private mutating func arithmetic(
    _ operation: Expression.Arithmetic, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) -> Checked {
    let (a, b) = (check(left), check(right))
    guard let type = Self.result(operation, a.type, b.type) else {
      if a.type.isNumeric != b.type.isNumeric {
        let (wrong, place) = a.type.isNumeric ? (b.type, right) : (a.type, left)
        let help =
          wrong == .text ? "`string(…)` makes a text of a number, `decimal(…)` a number of a text" : nil
        return refused(place, "this is \(wrong.article), a number is wanted here", help: help)
      }
      return refused(
        syntax, "`\(operation.rawValue)` has no meaning for \(a.type.article) and \(b.type.article)")
    }
    return (.arithmetic(operation, a.node, b.node), type)
  }

  /// The kind of an operation's result; nil where it has no meaning.
  private static func result(
    _ operation: Expression.Arithmetic, _ a: ValueType, _ b: ValueType
  ) -> ValueType? {
    if a.isNumeric, b.isNumeric {
      if a == b { return a }
      return a == .number || b == .number ? .number : nil
    }
    if a == .any || b == .any { return .any }
    switch (operation, a, b) {
    case (.add, .text, .text), (.add, .bytes, .bytes), (.add, .duration, .duration),
      (.subtract, .duration, .duration):
      return a
    case (.add, .list, .list): return a.joined(with: b)
    case (.add, .timestamp, .duration), (.add, .date, .duration), (.subtract, .timestamp, .duration),
      (.subtract, .date, .duration):
      return a
    case (.add, .duration, .timestamp), (.add, .duration, .date): return b
    case (.subtract, .timestamp, .timestamp), (.subtract, .date, .date): return .duration
    default: return nil
    }
  }

  private mutating func member(_ item: Syntax, _ list: Syntax) -> Checked {
    let (value, range) = (check(item), check(list))
    switch range.type {
    case .list(let type):
      if !type.isComparable(to: value.type) { report(list, "\(value.type.article) is wanted in this list") }
    case .map(let key, _):
      if !key.isComparable(to: value.type) { report(item, "the map's keys are of another kind: \(key.word)") }
    case .any: break
    default: report(list, "a list is wanted after `in`", help: "write `[\"a\", \"b\"]`")
    }
    return (.member(value.node, in: range.node), .boolean)
  }

  private mutating func index(_ target: Syntax, _ place: Syntax) -> Checked {
    let (value, key) = (check(target), check(place))
    switch value.type {
    case .list(let item):
      if !ValueType.number.accepts(key.type) {
        report(place, "this is \(key.type.article), the place in a list is a whole number")
      }
      return (.index(value.node, key.node), item)
    case .map(let wanted, let item):
      if !wanted.isComparable(to: key.type) {
        report(place, "the map's keys are of another kind: \(wanted.word)")
      }
      return (.index(value.node, key.node), item)
    case .any: return (.index(value.node, key.node), .any)
    default: return refused(target, "this is \(value.type.article), and has no places")
    }
  }
}
