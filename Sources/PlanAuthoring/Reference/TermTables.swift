import JSONCore

/// The tables of the keys of a module's terms, from the JSON Schema that the module tells.
///
/// A mapping within the terms is called by the keys that lead to it, `commission tiers.bands`; one that stands in several
/// places by the name that its definition has, `commission #rate`.
package struct TermTables {
  package private(set) var all: [KeyTable] = []
  private let module: String

  package init(_ terms: ModuleTerms) {
    module = terms.id
    visit(terms.schema, [])
    for (name, schema) in terms.schema["$defs"]?.object?.members ?? [] { visit(schema, ["#" + name]) }
  }

  /// Adds the tables of a schema and of what stands within it.
  private mutating func visit(_ schema: JSONValue, _ place: [String]) {
    let forms = Self.forms(schema)
    var names: [String] = []
    for form in forms {
      for name in form["properties"]?.object?.keys ?? [] where !names.contains(name) { names.append(name) }
    }
    if !names.isEmpty {
      let called = place.joined(separator: ".")
      all.append(
        KeyTable(
          place: called.isEmpty ? module : "\(module) \(called)", rows: names.map { Self.row($0, forms) }))
    }
    for name in names {
      for inner in forms.compactMap({ $0["properties"]?[name] })
      where Self.isNew(inner, in: all, place + [name]) {
        visit(inner, place + [name])
      }
    }
    for form in forms {
      if let others = form["additionalProperties"], others.object != nil { visit(others, place + ["NAME"]) }
    }
  }

  private static func isNew(_ schema: JSONValue, in tables: [KeyTable], _ place: [String]) -> Bool {
    !tables.contains { $0.place.hasSuffix(" " + place.joined(separator: ".")) }
  }

  /// The mappings that a value may be, or that a list of them holds.
  private static func forms(_ schema: JSONValue) -> [JSONValue] {
    if let choices = (schema["anyOf"] ?? schema["oneOf"])?.array {
      let own = schema["properties"] == nil ? [] : [schema]
      return own
        + choices.filter {
          $0["properties"] != nil || $0["items"] != nil || $0["additionalProperties"] != nil
        }
        .flatMap(forms)
    }
    if let items = schema["items"] { return forms(items) }
    return schema["properties"] != nil || schema["additionalProperties"]?.object != nil ? [schema] : []
  }

  private static func row(_ name: String, _ forms: [JSONValue]) -> KeyTable.Row {
    let having = forms.filter { $0["properties"]?[name] != nil }
    let schemas = having.compactMap { $0["properties"]?[name] }
    let isRequired = forms.allSatisfy { form in
      (form["required"]?.array ?? []).contains(.string(name))
    }
    var values: [String] = []
    for value in schemas.map({ Self.value($0) }) where !values.contains(value) { values.append(value) }
    let descriptions = schemas.compactMap { $0["description"]?.string }
    let usual = schemas.lazy.compactMap { $0["default"] }.first.map { "`\($0.string ?? $0.text())`" }
    let example = schemas.lazy.compactMap { $0["examples"]?.array?.first }.first
    let stated = schemas.lazy.compactMap { $0["stated"]?.string }.first
      .map { $0 == "always" ? "*stated*" : "*stated* \($0)" }
    return KeyTable.Row(
      key: name, presence: isRequired ? "required" : stated ?? usual ?? "",
      value: values.joined(separator: "; "), meaning: descriptions.first ?? "",
      example: example.map { "\(name): \($0.string ?? $0.text())" })
  }

  /// What a value is, in words.
  private static func value(_ schema: JSONValue) -> String {
    if let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last {
      return "as `#\(name)`"
    }
    if let words = schema["enum"]?.array {
      return words.map { "`\($0.string ?? $0.text())`" }.joined(separator: ", ")
    }
    if let choices = (schema["anyOf"] ?? schema["oneOf"])?.array {
      var values: [String] = []
      for value in choices.map({ Self.value($0) }) where !values.contains(value) && !value.isEmpty {
        values.append(value)
      }
      return values.joined(separator: "; ")
    }
    let kinds = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string ?? ""]
    return kinds.map { kind($0, schema) }.filter { !$0.isEmpty }.joined(separator: " or ")
  }

  private static func kind(_ kind: String, _ schema: JSONValue) -> String {
    switch kind {
    case "number":
      switch schema["unit"]?.string {
      case "share": return "a share: `7.5%`" + bounds(schema)
      case "money": return "an amount of money" + bounds(schema)
      case let unit?: return "a number of \(unit)" + bounds(schema)
      case nil: return "a number" + bounds(schema)
      }
    case "integer": return "a whole number" + bounds(schema)
    case "string": return schema["format"] == "date" ? "a day: `2026-01-31`" : "a text or name"
    case "boolean": return "`true`, `false`"
    case "array":
      let items = schema["items"].map { value($0) } ?? ""
      return items.isEmpty ? "a list" : "a list: " + items
    case "object":
      if let others = schema["additionalProperties"], others.object != nil, schema["properties"] == nil {
        return "by name: " + value(others)
      }
      return "keys of its own"
    default: return ""
    }
  }

  private static func bounds(_ schema: JSONValue) -> String {
    let low = schema["minimum"].map { " from \($0.text())" } ?? ""
    return low + (schema["maximum"].map { " to \($0.text())" } ?? "")
  }
}
