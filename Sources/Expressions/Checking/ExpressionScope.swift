package import PlanCalendar

/// The names that an expression may use where it stands.
package struct ExpressionScope: Sendable {
  package enum Meaning: Sendable {
    case column(Expression.ValueType)
    case constant(NamedConstant)
    case definition(Definition)
    /// A column here that a constant or definition of the plan is called alike.
    case ambiguous
  }

  private(set) var meanings: [String: Meaning]
  /// The column with the day on which dated constants are looked up; nil where there is none.
  let day: String?

  /// Columns with the kind of each, and what the plan names itself.
  package init(
    columns: [String: Expression.ValueType], named: [String: Meaning] = [:], day: String? = nil
  ) {
    meanings = columns.mapValues { .column($0) }
    meanings.merge(named) { _, _ in .ambiguous }
    self.day = day
  }

  subscript(_ name: String) -> Meaning? { meanings[name] }
}

/// A value that the plan names, the same always or from dates on.
package struct NamedConstant: Sendable {
  /// The values with their first days, in order; the first day of a value that always holds is nil.
  package let values: [(from: CalendarDate?, value: Expression.Value)]
  /// The values as the plan writes them.
  let source: String

  package init(values: [(from: CalendarDate?, value: Expression.Value)], source: String) {
    (self.values, self.source) = (values, source)
  }

  var type: Expression.ValueType { Expression.ValueType.joined(values.map(\.value.type)) }
}

/// A condition or formula that the plan names, with the names of what it is given.
package struct Definition: Sendable {
  package let name: String
  package let parameters: [String]
  package let body: Syntax
  /// The definition as the plan writes it.
  let source: String

  package init(name: String, parameters: [String], body: Syntax, source: String) {
    (self.name, self.parameters, self.body, self.source) = (name, parameters, body, source)
  }

  /// The names in the body that are neither parameters nor variables of macros: columns, constants, definitions.
  package var names: Set<String> {
    var names: Set<String> = []
    Self.collect(body, Set(parameters), &names)
    return names
  }

  private static func collect(_ syntax: Syntax, _ bound: Set<String>, _ names: inout Set<String>) {
    if let words = syntax.words {
      if !bound.contains(words[0]) { names.insert(words.joined(separator: ".")) }
      return
    }
    var bound = bound
    switch syntax.form {
    case .call(let name, _): names.insert(name)
    case .method(_, let name, let arguments):
      if Expression.Comprehension.Macro(name: name) != nil, case .name(let variable)? = arguments.first?.form
      {
        bound.insert(variable)
      }
      if syntax.parts.first?.words != nil, let target = syntax.parts.first, target.isNamespace {
        for part in syntax.parts.dropFirst() { collect(part, bound, &names) }
        return
      }
    default: break
    }
    for part in syntax.parts { collect(part, bound, &names) }
  }
}

extension Syntax {
  /// Whether it is the word before a function's name, as `math`.
  var isNamespace: Bool {
    guard case .name(let word) = form else { return false }
    return StandardFunction.all.keys.contains { $0.hasPrefix(word + ".") }
  }
}

extension Expression.Comprehension.Macro {
  /// The macro called so; `existsOne` is another name of `exists_one`.
  init?(name: String) {
    if name == "existsOne" { self = .existsOne } else { self.init(rawValue: name) }
  }
}
