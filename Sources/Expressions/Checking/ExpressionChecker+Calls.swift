import Diagnostics
import Money

/// Calls: macros, definitions of the plan and functions of the language.
extension ExpressionChecker {
  mutating func call(_ name: String, _ arguments: [Syntax], _ syntax: Syntax) -> Checked {
    if name == "has" { return has(arguments, syntax) }
    if case .definition(let definition)? = scope[name] {
      guard arguments.count == definition.parameters.count else {
        let parameters = definition.parameters.joined(separator: ", ")
        let help = parameters.isEmpty ? "write `\(name)`" : "write `\(name)(\(parameters))`"
        return refused(
          syntax, "`\(name)` takes \(definition.parameters.count) values, here are \(arguments.count)",
          help: help)
      }
      let given = arguments.map { check($0) }
      return expanded(definition, given, syntax)
    }
    guard let function = StandardFunction.all[name], function.style != .method else {
      return unknownFunction(name, arguments, isMethod: false, syntax)
    }
    return applied(function, arguments, syntax)
  }

  mutating func method(
    _ target: Syntax, _ name: String, _ arguments: [Syntax], _ syntax: Syntax
  ) -> Checked {
    if let macro = Expression.Comprehension.Macro(name: name), arguments.count >= 2 {
      return comprehension(macro, target, arguments, syntax)
    }
    if case .name(let space) = target.form, !locals.contains(where: { $0.name == space }),
      scope[space] == nil,
      target.isNamespace
    {
      guard let function = StandardFunction.all["\(space).\(name)"] else {
        return unknownFunction("\(space).\(name)", arguments, isMethod: false, syntax)
      }
      return applied(function, arguments, syntax)
    }
    guard let function = StandardFunction.all[name], function.style != .global else {
      return unknownFunction(name, [target] + arguments, isMethod: true, syntax)
    }
    return applied(function, [target] + arguments, syntax)
  }

  private mutating func unknownFunction(
    _ name: String, _ parts: [Syntax], isMethod: Bool, _ syntax: Syntax
  ) -> Checked {
    for part in parts { _ = check(part) }
    if let known = StandardFunction.all[name] {
      let help = known.style == .method ? "write `x.\(name)(…)`" : "write `\(name)(x, …)`"
      return refused(syntax, "`\(name)` is not called so", help: help)
    }
    let macros = Expression.Comprehension.Macro.allCases.map(\.rawValue)
    let names =
      StandardFunction.all.values.filter { $0.style != (isMethod ? .global : .method) }.map(\.name)
      + (isMethod ? macros : ["has"] + definedFunctions)
    return refused(
      syntax, "there is no function `\(name)`",
      help: Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" })
  }

  private var definedFunctions: [String] {
    scope.meanings.compactMap { if case .definition = $0.value { $0.key } else { nil } }
  }

  private mutating func applied(
    _ function: StandardFunction, _ parts: [Syntax], _ syntax: Syntax
  ) -> Checked {
    let checked = parts.map { check($0) }
    let node = Node.call(function, checked.map(\.node))
    if let empty = checked.firstIndex(where: { $0.type == .null }), !function.takesNull {
      return refused(parts[empty], "`\(function.name)` of null has no value")
    }
    checkLiterals(function, parts)
    if function.isVariadic, checked.count > 1 {
      for (part, value) in zip(parts, checked) where !ValueType.number.accepts(value.type) {
        report(part, "this is \(value.type.article), a number is wanted here")
      }
      let isWhole = checked.allSatisfy { $0.type == .integer }
      return (node, isWhole ? .integer : .number)
    }
    let fitting = function.signatures.filter { $0.parameters.count == checked.count }
    if let found = fitting.first(where: { zip($0.parameters, checked).allSatisfy { $0.accepts($1.type) } }) {
      return (node, found.result)
    }
    return mismatch(function, fitting, parts, checked, syntax)
  }

  private mutating func mismatch(
    _ function: StandardFunction, _ fitting: [StandardFunction.Signature], _ parts: [Syntax],
    _ checked: [Checked], _ syntax: Syntax
  ) -> Checked {
    if fitting.count == 1 {
      for (place, wanted) in fitting[0].parameters.enumerated() where !wanted.accepts(checked[place].type) {
        return refused(
          parts[place], "this is \(checked[place].type.article), \(wanted.article) is wanted here")
      }
    }
    let forms = function.signatures.map { signature in
      let words = signature.parameters.map(\.word)
      return function.style == .method
        ? "\(words[0]).\(function.name)(\(words.dropFirst().joined(separator: ", ")))"
        : "\(function.name)(\(words.joined(separator: ", ")))"
    }
    return refused(
      syntax,
      "`\(function.name)` takes other values than \(checked.map(\.type.article).joined(separator: ", "))",
      help: "it is called \(forms.map { "`\($0)`" }.joined(separator: " or "))")
  }

  /// Patterns, days and ways of rounding that are written out are read before any row is.
  private mutating func checkLiterals(_ function: StandardFunction, _ parts: [Syntax]) {
    guard let last = parts.last, case .literal(let value) = last.form, case .text(let text) = value else {
      return
    }
    do {
      switch (function.name, parts.count) {
      case ("matches", 2): _ = try Pattern(text)
      case ("math.round", 3): _ = try StandardFunction.roundingMode(text)
      case ("date", 1), ("timestamp", 1), ("duration", 1): _ = try function([value])
      default: break
      }
    } catch {
      // A moment that is out of range has no value, as CEL has it, and is told all the same.
      report(last, error.message)
    }
  }

  private mutating func has(_ arguments: [Syntax], _ syntax: Syntax) -> Checked {
    guard arguments.count == 1, let argument = arguments.first else {
      return refused(syntax, "`has` takes the name of a column, or a key of a map")
    }
    if argument.words != nil {
      let (node, _) = check(argument)
      switch node {
      case .column(let place): return (.hasCell(place), .boolean)
      case .select(let map, let field): return (.hasField(map, field), .boolean)
      case .failure: return (node, .boolean)
      default: break
      }
    } else if case .select(let inner, let field) = argument.form {
      let (map, type) = check(inner)
      if case .map = type { return (.hasField(map, field), .boolean) }
      if type == .any { return (.hasField(map, field), .boolean) }
    }
    return refused(argument, "`has` takes the name of a column, or a key of a map")
  }

  private mutating func comprehension(
    _ macro: Expression.Comprehension.Macro, _ target: Syntax, _ arguments: [Syntax], _ syntax: Syntax
  ) -> Checked {
    let range = check(target)
    let item: ValueType
    switch range.type {
    case .list(let type): item = type
    case .map(let key, _): item = key
    case .any: item = .any
    default: return refused(target, "this is \(range.type.article), a list or a map is wanted here")
    }
    guard case .name(let variable) = arguments[0].form,
      arguments.count == 2 || (macro == .map && arguments.count == 3)
    else {
      return refused(
        syntax, "`\(macro.rawValue)` takes a name and what it is to do with each item",
        help: "write `list.\(macro.rawValue)(x, …)`")
    }
    let slot = slot()
    locals.append(Local(name: variable, checked: (.variable(slot), item)))
    defer { locals.removeLast() }
    var condition: Node?
    if macro != .map { condition = want(.boolean, arguments[1]) }
    if macro == .map, arguments.count == 3 { condition = want(.boolean, arguments[1]) }
    let transform = macro == .map ? arguments.last.map { check($0) } : nil
    let node = Node.comprehension(
      Expression.Comprehension(
        macro: macro, range: range.node, slot: slot, condition: condition, transform: transform?.node))
    switch macro {
    case .all, .exists, .existsOne: return (node, .boolean)
    case .filter: return (node, .list(item))
    case .map: return (node, .list(transform?.type ?? .any))
    }
  }
}
