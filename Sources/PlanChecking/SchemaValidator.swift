import Diagnostics
package import JSONCore
import Money
package import PlanModel

/// Checks a JSON value against the parts of JSON Schema 2020-12 that modules use to describe their terms.
///
/// Understood: `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`, `items`, `minItems`,
/// `minimum`, `maximum`, `exclusiveMinimum`; `anyOf`, `oneOf`, `allOf`, `if` with `then` and `else`, `$ref` to
/// `#/$defs`. And, beyond the standard, `unit` of a number: `share` is written as a percentage and `money` is not.
package struct SchemaValidator {
  /// What is wrong, and where in the value.
  package struct Fault: Sendable, Hashable {
    package let pointer: JSONPointer
    package let message: String
    package let help: String?
    /// Whether a key is not known at all.
    package let isUnknownKey: Bool
    /// The key that is not there: required, or probably meant by one that is not known.
    package let absentKey: String?
  }

  private let root: JSONValue
  private let forms: [String: NumberForm]

  /// A validator; `forms` tells by JSON pointer how numbers of the value are written in the plan.
  package init(_ schema: JSONValue, forms: [String: NumberForm] = [:]) {
    root = schema
    self.forms = forms
  }

  /// Everything that is wrong with the value.
  package func faults(in value: JSONValue) -> [Fault] { faults(value, root, JSONPointer()) }

  private func faults(_ value: JSONValue, _ schema: JSONValue, _ place: JSONPointer) -> [Fault] {
    if let flag = schema.bool {
      return flag ? [] : [fault(place, "nothing may stand here")]
    }
    var found: [Fault] = []
    if let reference = schema["$ref"]?.string { found += faults(value, resolve(reference), place) }
    for part in schema["allOf"]?.array ?? [] { found += faults(value, part, place) }
    for key in ["anyOf", "oneOf"] {
      if let choices = schema[key]?.array { found += alternatives(value, choices, place) }
    }
    if let condition = schema["if"],
      let part = schema[faults(value, condition, place).isEmpty ? "then" : "else"]
    {
      found += faults(value, part, place)
    }
    if let wrong = wrongType(value, schema, place) { return found + [wrong] }
    if let allowed = schema["enum"]?.array, !allowed.contains(value) {
      let words = allowed.compactMap(\.string)
      found.append(
        fault(
          place, "\(shown(value)) is not one of \(allowed.map(shown).joined(separator: ", "))",
          help: value.string.flatMap { Suggestion.nearest(to: $0, in: words) }.map { "did you mean `\($0)`?" }
        ))
    }
    if let wanted = schema["const"], wanted != value {
      found.append(fault(place, "\(shown(wanted)) is wanted here"))
    }
    if let object = value.object { found += members(object, schema, place) }
    if let items = value.array { found += elements(items, schema, place) }
    if let number = value.decimal {
      found += range(number.description, value, schema, place) + unit(number, schema, place)
    }
    return found
  }

  private func unit(_ number: ExactDecimal, _ schema: JSONValue, _ place: JSONPointer) -> [Fault] {
    guard let unit = schema["unit"]?.string, let form = forms[place.description] else { return [] }
    let wrong: (message: String, help: String)? =
      switch unit {
      case "share": form.faultAsShare(number)
      case "money": form.faultAsMoney
      default: nil
      }
    return wrong.map { [fault(place, $0.message, help: $0.help)] } ?? []
  }

  private func resolve(_ reference: String) -> JSONValue {
    guard reference.hasPrefix("#"), let pointer = JSONPointer(parsing: String(reference.dropFirst())) else {
      return true
    }
    return pointer.resolve(in: root) ?? true
  }

  /// Nothing when one alternative fits; else the faults of the one that came nearest.
  private func alternatives(_ value: JSONValue, _ choices: [JSONValue], _ place: JSONPointer) -> [Fault] {
    let attempts = choices.map { faults(value, $0, place) }
    if attempts.contains(where: \.isEmpty) { return [] }
    // An alternative of the same kind of value goes deeper, and says more, than one of another kind.
    let near = attempts.filter {
      !$0.contains { $0.pointer == place && $0.message.hasSuffix("is wanted here") }
    }
    let best = (near.isEmpty ? attempts : near).min { $0.count < $1.count }
    if near.isEmpty {
      let kinds = attempts.compactMap { $0.first?.message }.map { $0.replacing(" is wanted here", with: "") }
      var distinct: [String] = []
      for kind in kinds where !distinct.contains(kind) { distinct.append(kind) }
      let help = attempts.lazy.flatMap { $0 }.compactMap(\.help).first
      return [fault(place, distinct.joined(separator: " or ") + " is wanted here", help: help)]
    }
    return best ?? []
  }

  private func wrongType(_ value: JSONValue, _ schema: JSONValue, _ place: JSONPointer) -> Fault? {
    guard let type = schema["type"] else { return nil }
    let names = type.string.map { [$0] } ?? (type.array ?? []).compactMap(\.string)
    if names.contains(where: { Self.matches(value, $0) }) { return nil }
    let words = [
      "object": "a mapping", "array": "a list", "string": "a text", "number": "a number",
      "integer": "a whole number", "boolean": "true or false", "null": "null",
    ]
    let help = value.string.flatMap { text in
      names.contains("number") || names.contains("integer")
        ? NumberSlip.help(for: text) : names.contains("boolean") ? NumberSlip.help(forBoolean: text) : nil
    }
    return fault(
      place, names.map { words[$0] ?? $0 }.joined(separator: " or ") + " is wanted here", help: help)
  }

  private static func matches(_ value: JSONValue, _ type: String) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("number", .number), ("boolean", .bool),
      ("null", .null):
      true
    case ("integer", .number(let number)): number.int != nil
    default: false
    }
  }

  private func members(_ object: JSONObject, _ schema: JSONValue, _ place: JSONPointer) -> [Fault] {
    var found: [Fault] = []
    let properties = schema["properties"]?.object
    let unknown = object.keys.filter { properties?[$0] == nil }
    let misspelt = unknown.compactMap { Suggestion.nearest(to: $0, in: properties?.keys ?? []) }
    for key in (schema["required"]?.array ?? []).compactMap(\.string)
    where object[key] == nil && !misspelt.contains(key) {
      found.append(
        Fault(
          pointer: place, message: "`\(key)` is missing", help: nil, isUnknownKey: false, absentKey: key))
    }
    for (key, value) in object.members {
      if let property = properties?[key] {
        found += faults(value, property, place.appending(key))
      } else if let others = schema["additionalProperties"] {
        if others == .bool(false) {
          found.append(
            Fault(
              pointer: place.appending(key), message: "there is no key `\(key)` here",
              help: Self.helpForUnknown(key, properties?.keys ?? []), isUnknownKey: true,
              absentKey: Suggestion.nearest(to: key, in: properties?.keys ?? [])))
        } else {
          found += faults(value, others, place.appending(key))
        }
      }
    }
    return found
  }

  /// In `{amount: 5,000}` the comma ends the value, and `000` is a key of its own.
  private static func helpForUnknown(_ key: String, _ known: [String]) -> String? {
    if key.first?.isNumber == true {
      return "inside {…} a comma ends the value: write the number without it, or the key on a line of its own"
    }
    return Suggestion.help(for: key, in: known)
  }

  private func elements(_ items: [JSONValue], _ schema: JSONValue, _ place: JSONPointer) -> [Fault] {
    var found: [Fault] = []
    if let least = schema["minItems"]?.int, items.count < least {
      found.append(fault(place, "at least \(least) \(least == 1 ? "item is" : "items are") wanted"))
    }
    if let schema = schema["items"] {
      for (index, item) in items.enumerated() {
        found += faults(item, schema, place.appending(String(index)))
      }
    }
    return found
  }

  private func range(_ digits: String, _ value: JSONValue, _ schema: JSONValue, _ place: JSONPointer)
    -> [Fault]
  {
    guard let number = value.decimal else { return [] }
    if let least = schema["minimum"]?.decimal, number < least {
      return [fault(place, "\(digits) is below \(least)")]
    }
    if let most = schema["maximum"]?.decimal, number > most {
      return [fault(place, "\(digits) is above \(most)")]
    }
    if let bound = schema["exclusiveMinimum"]?.decimal, number <= bound {
      return [fault(place, "\(digits) is not above \(bound)")]
    }
    return []
  }

  private func fault(_ place: JSONPointer, _ message: String, help: String? = nil) -> Fault {
    Fault(pointer: place, message: message, help: help, isUnknownKey: false, absentKey: nil)
  }

  private func shown(_ value: JSONValue) -> String { "`\(value.string ?? value.text())`" }
}
