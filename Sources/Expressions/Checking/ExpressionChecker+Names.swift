import Diagnostics
import PlanCalendar

/// Names: variables of macros, parameters, columns, constants, definitions and types.
extension ExpressionChecker {
  private static let types = [
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "date",
    "google.protobuf.Timestamp", "google.protobuf.Duration",
  ]

  /// Whether a word means something in every expression: a function, a namespace of functions, a type.
  package static func isReserved(_ word: String) -> Bool {
    ["has", "in", "true", "false", "null", "payee"].contains(word) || types.contains(word)
      || StandardFunction.all.keys.contains { $0 == word || $0.hasPrefix(word + ".") }
  }

  mutating func name(_ syntax: Syntax) -> Checked {
    guard let words = syntax.words else {
      guard case .select(let inner, let field) = syntax.form else {
        return refused(syntax, "this is no name")
      }
      return selected(check(inner), field, syntax)
    }
    if !syntax.isRooted, let local = locals.last(where: { $0.name == words[0] }) {
      return selected(local.checked, words.dropFirst(), syntax)
    }
    for count in (1...words.count).reversed() {
      let name = words[..<count].joined(separator: ".")
      guard let meaning = scope[name] else { continue }
      return selected(resolved(name, meaning, syntax), words.dropFirst(count), syntax)
    }
    let name = words.joined(separator: ".")
    if Self.types.contains(name) { return (.literal(.type(name)), .type) }
    return unknown(name, isWord: words.count == 1, syntax)
  }

  private mutating func unknown(_ name: String, isWord: Bool, _ syntax: Syntax) -> Checked {
    let names = Array(scope.meanings.keys) + locals.map(\.name)
    let near = Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" }
    let help =
      near
      ?? Suggestion.help(for: name, in: names).map {
        isWord ? "write \"\(name)\" in quotes if it is a text; \($0)" : $0
      }
    return refused(syntax, "there is no `\(name)` here", help: help)
  }

  private mutating func resolved(
    _ name: String, _ meaning: ExpressionScope.Meaning, _ syntax: Syntax
  ) -> Checked {
    switch meaning {
    case .column(let type): return (.column(column(name)), type)
    case .constant(let constant): return dated(name, constant, syntax)
    case .definition(let definition):
      if definition.parameters.isEmpty { return expanded(definition, [], syntax) }
      let parameters = definition.parameters.joined(separator: ", ")
      return refused(syntax, "`\(name)` is a function", help: "write `\(name)(\(parameters))`")
    case .ambiguous:
      return refused(
        syntax, "`\(name)` is both a column here and a name that the plan defines", help: "rename one of them"
      )
    }
  }

  /// A constant as a choice among its values by the day.
  private mutating func dated(_ name: String, _ constant: NamedConstant, _ syntax: Syntax) -> Checked {
    sources[name] = constant.source
    let isAlways = constant.values.count == 1 && constant.values[0].from == nil
    if isAlways { return (.literal(constant.values[0].value), constant.type) }
    guard let day = scope.day else {
      return refused(syntax, "`\(name)` changes from a date on, and there is no day here to look it up by")
    }
    let cell = Node.column(column(day))
    var node = Node.failure("constant `\(name)` has no value on this day")
    for (from, value) in constant.values {
      guard let from else {
        node = .literal(value)
        continue
      }
      let begins = Node.compare(.greaterOrEqual, cell, .literal(.date(from)))
      node = .choose(begins, then: .literal(value), otherwise: node)
    }
    return (node, constant.type)
  }

  /// The body of a definition with what it is given, where it is called.
  mutating func expanded(_ definition: Definition, _ arguments: [Checked], _ syntax: Syntax) -> Checked {
    if expanding.contains(where: { $0.name == definition.name }) {
      return refused(syntax, "`\(definition.name)` is defined by itself")
    }
    if expanding.count >= ExpressionParser.deepest / 4 {
      return refused(syntax, "definitions use each other more than \(ExpressionParser.deepest / 4) deep")
    }
    sources[definition.name] = definition.parameters.joined(separator: ",") + "=" + definition.source
    let outer = locals
    locals = zip(definition.parameters, arguments).map { Local(name: $0, checked: $1) }
    expanding.append((definition.name, expanding.first?.place ?? syntax))
    defer {
      locals = outer
      expanding.removeLast()
    }
    return check(definition.body)
  }

  private mutating func selected(
    _ value: Checked, _ fields: ArraySlice<String>, _ syntax: Syntax
  ) -> Checked {
    var value = value
    for field in fields { value = selected(value, field, syntax) }
    return value
  }

  private mutating func selected(_ value: Checked, _ field: String, _ syntax: Syntax) -> Checked {
    switch value.type {
    case .map(let key, let item):
      if !key.isComparable(to: .text) {
        report(syntax, "the map's keys are no texts, and have no `\(field)`")
      }
      return (.select(value.node, field), item)
    case .any: return (.select(value.node, field), .any)
    default: return refused(syntax, "this is \(value.type.article), and has no `\(field)`")
    }
  }
}
