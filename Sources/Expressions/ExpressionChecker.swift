import Diagnostics

/// Finds unknown names and values of the wrong kind in an expression.
package struct ExpressionChecker {
  /// The names that the expression may use, with the kind of each.
  private let names: [String: Expression.ValueType]
  private var faults: [Expression.Fault] = []

  /// All faults of `expression`, which is to have the kind `wanted`.
  package static func faults(
    in expression: Expression, names: [String: Expression.ValueType], wanted: Expression.ValueType
  ) -> [Expression.Fault] {
    var checker = ExpressionChecker(names: names)
    let found = checker.type(of: expression.root)
    if let found, found != wanted {
      checker.report(expression.root, "this is \(article(found)), \(article(wanted)) is wanted here")
    }
    return checker.faults
  }

  private init(names: [String: Expression.ValueType]) { self.names = names }

  private static func article(_ type: Expression.ValueType) -> String {
    switch type {
    case .null: "null"
    case .boolean: "a condition"
    case .number: "a number"
    case .text: "a text"
    case .date: "a date"
    case .list: "a list"
    }
  }

  private mutating func report(_ node: Expression.Node, _ message: String, help: String? = nil) {
    faults.append(
      Expression.Fault(
        message: message, help: help, offset: node.offset, length: node.length, isSyntax: false))
  }

  private mutating func want(_ wanted: Expression.ValueType, _ node: Expression.Node) {
    if let found = type(of: node), found != wanted {
      report(node, "this is \(Self.article(found)), \(Self.article(wanted)) is wanted here")
    }
  }

  private mutating func type(of node: Expression.Node) -> Expression.ValueType? {
    switch node.form {
    case .literal(let literal): return Self.type(of: literal)
    case .name(let parts):
      let name = parts.joined(separator: ".")
      if let type = names[name] { return type }
      let near = Suggestion.nearest(to: name, in: names.keys).map { "did you mean `\($0)`?" }
      let help =
        near
        ?? Suggestion.help(for: name, in: Array(names.keys)).map {
          parts.count == 1 ? "write \"\(name)\" in quotes if it is a text; \($0)" : $0
        }
      report(node, "there is no `\(name)` here", help: help)
      return nil
    case .list(let items):
      for item in items { _ = type(of: item) }
      return .list
    case .not(let inner):
      want(.boolean, inner)
      return .boolean
    case .negate(let inner):
      want(.number, inner)
      return .number
    case .and(let left, let right), .or(let left, let right):
      want(.boolean, left)
      want(.boolean, right)
      return .boolean
    case .compare(let comparison, let left, let right):
      compare(comparison, left, right, node)
      return .boolean
    case .arithmetic(_, let left, let right):
      want(.number, left)
      want(.number, right)
      return .number
    case .member(let item, let list):
      member(item, list)
      return .boolean
    case .textTest(_, let text, let argument):
      want(.text, text)
      want(.text, argument)
      if case .literal = argument.form {} else { report(argument, "a text in quotes is wanted here") }
      return .boolean
    case .has(let inner):
      if case .name = inner.form {
        _ = type(of: inner)
      } else {
        report(inner, "`has` takes the name of a column")
      }
      return .boolean
    case .choose(let condition, let then, let otherwise):
      want(.boolean, condition)
      let (a, b) = (type(of: then), type(of: otherwise))
      if let a, let b, a != b {
        report(node, "one branch is \(Self.article(a)), the other \(Self.article(b))")
      }
      return a ?? b
    }
  }

  private mutating func compare(
    _ comparison: Expression.Comparison, _ left: Expression.Node, _ right: Expression.Node,
    _ node: Expression.Node
  ) {
    guard let a = type(of: left), let b = type(of: right) else { return }
    let equality = comparison == .equal || comparison == .notEqual
    if equality && (a == .null || b == .null) { return }
    if a != b {
      report(
        node, "\(Self.article(a)) is compared with \(Self.article(b))",
        help: a == .date && b == .text ? "write a day as `date(\"2026-03-31\")`" : nil)
    } else if !equality && (a == .boolean || a == .list || a == .null) {
      report(node, "`\(comparison.rawValue)` has no meaning for \(Self.article(a))")
    }
  }

  private mutating func member(_ item: Expression.Node, _ list: Expression.Node) {
    guard case .list(let items) = list.form else {
      report(list, "a list is wanted after `in`", help: "write `[\"a\", \"b\"]`")
      return
    }
    let wanted = type(of: item)
    for element in items {
      guard case .literal(let literal) = element.form else {
        report(element, "only plain values may stand in this list")
        continue
      }
      let found = Self.type(of: literal)
      if let wanted, found != wanted { report(element, "\(Self.article(wanted)) is wanted here") }
    }
  }

  private static func type(of literal: Expression.Literal) -> Expression.ValueType {
    switch literal {
    case .null: .null
    case .boolean: .boolean
    case .number: .number
    case .text: .text
    case .date: .date
    }
  }
}
