package import Diagnostics
package import JSONCore
package import ModuleHost
import ModuleProtocol

/// The schema of a module's terms, as they are written in a plan.
package struct ModuleTerms {
  package let id: String
  private let summary: String
  /// The schema as the module tells it.
  let schema: JSONValue

  /// Asks a module for the schema of its terms.
  package init(_ manifest: ModuleManifest) throws(Diagnostic) {
    id = manifest.id
    summary = manifest.summary
    do {
      schema = try ModuleProcess(manifest).identify().configSchema
    } catch {
      throw Diagnostic(
        .moduleFailed, .error, "module `\(manifest.id)` \(error.words)", at: .file(manifest.folder))
    }
  }

  /// The module's schema and what it refers to, under names of the module's own.
  var definitions: [(String, JSONValue)] {
    let own = (schema["$defs"]?.object?.members ?? []).map { (prefix + $0.key, written($0.value)) }
    return own + [("terms." + id, written(schema))]
  }

  /// That the terms of a component of this module are these; a part of a plan may have a part of them.
  func condition(isWhole: Bool) -> JSONValue {
    let terms: JSONValue =
      isWhole
      ? ["$ref": .string("#/$defs/terms." + id)] : ["type": "object", "description": .string(summary)]
    return [
      "if": ["required": ["module"], "properties": ["module": ["const": .string(id)]]],
      "then": ["properties": ["config": terms]],
    ]
  }

  /// The schema of the module's terms alone.
  package var json: JSONValue {
    var definitions = SchemaWords.definitions
    for (name, schema) in self.definitions { definitions[name] = schema }
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": .string("Terms of the module \(id) in a plan"), "$ref": .string("#/$defs/terms." + id),
      "$defs": .object(definitions),
    ]
  }

  private var prefix: String { id + "." }

  /// The schema with numbers as plans write them, and references by the module's own names.
  ///
  /// A module is handed JSON numbers, and says by `unit` which of them are shares and which money; in a plan those are
  /// written `7.5%` and `12,000.00 USD`, which to a reader of YAML are strings.
  private func written(_ schema: JSONValue) -> JSONValue {
    guard let object = schema.object else {
      return schema.array.map { .array($0.map(written)) } ?? schema
    }
    var result = JSONObject()
    for (key, value) in object.members {
      switch key {
      case "$schema", "$defs", "unit", "stated": continue
      case "$ref": result[key] = value.string.map { .string(renamed($0)) }
      // Names of keys, not words of the schema.
      case "properties":
        result[key] = .object(JSONObject((value.object?.members ?? []).map { ($0.key, written($0.value)) }))
      case "enum", "const", "default", "examples": result[key] = value
      default: result[key] = written(value)
      }
    }
    return isNumber(schema) ? alternatives(result, schema["unit"]?.string) : .object(result)
  }

  private func renamed(_ reference: String) -> String {
    let own = "#/$defs/"
    return reference.hasPrefix(own) ? own + prefix + reference.dropFirst(own.utf8.count) : reference
  }

  private func isNumber(_ schema: JSONValue) -> Bool {
    ["number", "integer"].contains(schema["type"]?.string ?? "")
  }

  /// The number itself, with its bounds, or the same in the plan's writing.
  private func alternatives(_ number: JSONObject, _ unit: String?) -> JSONValue {
    var number = number
    let description = number["description"]
    number["description"] = nil
    let ending = unit == "share" ? "%" : unit == "money" ? "( [A-Z]{3})?" : "(%| [A-Z]{3})?"
    var result = JSONObject([("anyOf", [.object(number), SchemaWords.written(ending)])])
    result["description"] = description
    return .object(result)
  }
}
