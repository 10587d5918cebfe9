import JSONCore
import PlanReading

/// How values of a plan are told in JSON Schema, where a percentage or an amount with a currency is a string.
enum SchemaWords {
  private static let plain = "[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]+)?"

  /// The definitions that schemas of plans refer to.
  static var definitions: JSONObject {
    JSONObject([
      ("text", ["type": ["string", "number", "boolean"]]),
      ("date", ["type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]),
      (
        "condition",
        ["type": ["string", "boolean"], "description": "A condition, like: status == \"won\""]
      ),
      ("number", ["anyOf": [["type": "number"], written("(%| [A-Z]{3})?")]]),
      ("share", ["anyOf": [["type": "number"], written("%?")]]),
    ])
  }

  /// A number in the plan's own writing: with commas, and with this after it.
  static func written(_ ending: String) -> JSONValue {
    ["type": "string", "pattern": .string("^\(plain)\(ending)$")]
  }

  /// What a value of a kind looks like.
  static func schema(_ kind: ReadingRecord.Kind) -> JSONValue {
    switch kind {
    case .text: reference("text")
    case .texts: ["anyOf": [reference("text"), ["type": "array", "items": reference("text")]]]
    case .words(let words): ["enum": .array(words.map { .string($0) })]
    case .date: reference("date")
    case .integer(let range):
      ["type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
    case .number: reference("number")
    case .share: reference("share")
    case .condition: reference("condition")
    case .boolean: ["type": "boolean"]
    }
  }

  private static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/$defs/" + name)] }
}
