package import Diagnostics
package import JSONCore
package import ModuleHost
import PlanReading
import YAMLSource

/// The JSON Schema (2020-12) of a plan: its own keys as the readers know them, and the terms of modules.
///
/// It is made from what the readers ask for while they read `SchemaExamples`: a key that a reader learns is in the
/// schema, and a key that no reader asks for cannot be.
package struct PlanSchema {
  private let modules: [ModuleTerms]
  private let record = ReadingRecord()
  private let roots: [YAMLNode]

  package init(modules: [ModuleTerms]) {
    self.modules = modules
    roots = SchemaExamples.all.enumerated().compactMap { number, text in
      YAMLReader.read(Array(text.utf8), file: "example \(number)").root
    }
    for root in roots { PlanReader.record(root, in: record) }
  }

  /// The schema with the terms of all modules that are found, and what keeps any of them from telling theirs.
  package static func of(_ directory: ModuleDirectory) -> (schema: PlanSchema, faults: [Diagnostic]) {
    var modules: [ModuleTerms] = []
    var faults = directory.diagnostics
    for manifest in directory.modules.values.sorted(by: { $0.id < $1.id }) {
      do {
        modules.append(try ModuleTerms(manifest))
      } catch {
        faults.append(error)
      }
    }
    return (PlanSchema(modules: modules), faults)
  }

  /// The schema.
  ///
  /// A plan that extends another one, or includes parts, may leave out what those have.
  package var json: JSONValue {
    var definitions = SchemaWords.definitions
    for terms in modules { for (name, schema) in terms.definitions { definitions[name] = schema } }
    definitions["plan"] = Composition(record: record, modules: modules, isWhole: true).schema(roots)
    definitions["part"] = Composition(record: record, modules: modules, isWhole: false).schema(roots)
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A plan of IncentiveKit",
      "type": "object",
      "if": ["anyOf": [["required": ["extends"]], ["required": ["include"]]]],
      "then": ["$ref": "#/$defs/part"], "else": ["$ref": "#/$defs/plan"], "$defs": .object(definitions),
    ]
  }

  /// The keys whose values no example shows, by their place.
  package var unshown: [String] { Composition(record: record, modules: [], isWhole: true).unshown(roots) }
}

/// Puts a schema together from examples of the same part of plans.
private struct Composition {
  let record: ReadingRecord
  let modules: [ModuleTerms]
  let isWhole: Bool

  /// Keys that stand for columns of the author's own begin so in the examples.
  private static let ownKey = "any_"

  func schema(_ examples: [YAMLNode]) -> JSONValue { schema(examples, kinds: [], place: "") }

  private func schema(_ examples: [YAMLNode], kinds: [ReadingRecord.Kind], place: String) -> JSONValue {
    let isKnown = !kinds.isEmpty
    var kinds = kinds
    for scalar in examples where scalar.scalar != nil {
      let noted = record.kinds(scalar.span)
      // That a word is read as text says less than which words there are.
      for kind in noted.isEmpty ? [Self.kind(scalar)] : noted
      where !kinds.contains(kind) && !(isKnown && (noted.isEmpty || kind == .text)) {
        kinds.append(kind)
      }
    }
    var choices = kinds.map(SchemaWords.schema)
    let mappings = examples.filter { $0.pairs != nil }
    let read = mappings.filter { record.keys($0.span) != nil }
    if !read.isEmpty { choices.append(object(read, place)) }
    let own = mappings.filter { record.keys($0.span) == nil }.flatMap { $0.pairs ?? [] }.map(\.value)
    if !own.isEmpty { choices.append(map(own, place)) }
    let items = examples.flatMap { $0.items ?? [] }
    if !items.isEmpty {
      choices.append(["type": "array", "items": schema(items, kinds: [], place: place + "/[]")])
    }
    // In a plan that extends another, null takes away what that has.
    if !isWhole, !choices.isEmpty { choices.append(["type": "null"]) }
    return choices.count == 1 ? choices[0] : choices.isEmpty ? true : ["anyOf": .array(choices)]
  }

  /// What a value is taken for that the readers look at themselves.
  private static func kind(_ node: YAMLNode) -> ReadingRecord.Kind {
    switch node.scalar?.value {
    case .boolean: .boolean
    case .number: .number
    default: .text
    }
  }

  /// A mapping whose keys are names of the author's own.
  private func map(_ values: [YAMLNode], _ place: String) -> JSONValue {
    ["type": "object", "additionalProperties": schema(values, kinds: [], place: place + "/*")]
  }

  /// A mapping whose keys the readers know.
  private func object(_ mappings: [YAMLNode], _ place: String) -> JSONValue {
    var properties = JSONObject()
    var others: JSONValue = false
    for key in Self.keys(mappings, record) {
      let schema = value(of: key, mappings, place)
      if key.hasPrefix(Self.ownKey) { others = schema } else { properties[key] = schema }
    }
    var object = JSONObject([
      ("type", "object"), ("properties", .object(properties)), ("additionalProperties", others),
    ])
    if isWhole {
      let required = required(mappings)
      if required.count == 1, !required[0].isEmpty { object["required"] = Self.list(required[0]) }
      if required.count > 1 { object["anyOf"] = .array(required.map { ["required": Self.list($0)] }) }
    }
    if place == "/components/*", !modules.isEmpty {
      object["allOf"] = .array(modules.map { $0.condition(isWhole: isWhole) })
    }
    return .object(object)
  }

  /// The keys that there must be, or the choices where one of several forms must be whole.
  private func required(_ mappings: [YAMLNode]) -> [[String]] {
    let forms = mappings.map { mapping in
      (record.keys(mapping.span) ?? []).filter(\.isRequired).map(\.name)
    }
    var choices: [[String]] = []
    for form in forms where !choices.contains(where: { Set($0).isSubset(of: form) }) {
      choices = choices.filter { !Set(form).isSubset(of: $0) } + [form]
    }
    return choices
  }

  private static func list(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }

  private func value(of key: String, _ mappings: [YAMLNode], _ place: String) -> JSONValue {
    let inner = place + "/" + key
    if inner == "/components/*/config" { return true }
    if inner == "/components/*/module", !modules.isEmpty {
      return ["description": "The reward module.", "enum": .array(modules.map { .string($0.id) })]
    }
    let uses = mappings.compactMap { record.keys($0.span)?.first { $0.name == key } }
    var kinds: [ReadingRecord.Kind] = []
    for kind in uses.flatMap(\.kinds) where !kinds.contains(kind) { kinds.append(kind) }
    let value = schema(mappings.compactMap { $0[key] }, kinds: kinds, place: inner)
    guard let description = Self.description(of: key, place), var object = value.object else { return value }
    object["description"] = .string(description)
    return .object(object)
  }

  /// What the descriptions of keys say of one, with its example and what it means to leave it out.
  private static func description(of key: String, _ place: String) -> String? {
    let path = place.split(separator: "/").map { $0 == "[]" ? "0" : String($0) }
    guard let key = PlanPlace(path)?.shape.keys.first(where: { $0.name == key }) else { return nil }
    var text = key.unlinked
    if case .optional(let meaning?) = key.presence { text += " Unless stated: \(meaning)." }
    if case .stated(let condition) = key.presence { text += " To be stated \(condition)." }
    if let example = key.example { text += " Example: \(example)" }
    return text
  }

  private static func keys(_ mappings: [YAMLNode], _ record: ReadingRecord) -> [String] {
    var names: [String] = []
    for key in mappings.flatMap({ record.keys($0.span) ?? [] }) where !names.contains(key.name) {
      names.append(key.name)
    }
    return names
  }

  /// The places of keys that could hold anything.
  func unshown(_ examples: [YAMLNode]) -> [String] { unshown(schema(examples), "") }

  private func unshown(_ schema: JSONValue, _ place: String) -> [String] {
    var found: [String] = []
    for (key, value) in schema["properties"]?.object?.members ?? [] {
      let inner = place + "/" + key
      if value == true || value.object?.keys == ["description"] { found.append(inner) }
      found += unshown(value, inner)
    }
    for value in schema["anyOf"]?.array ?? [] { found += unshown(value, place) }
    if let others = schema["additionalProperties"] { found += unshown(others, place + "/*") }
    if let items = schema["items"] { found += unshown(items, place + "/[]") }
    return found
  }
}
