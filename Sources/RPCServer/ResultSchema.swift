import JSONCore

/// JSON Schemas of the answers; a test holds them against real ones.
enum ResultSchema {
  private static let text: JSONValue = ["type": "string"]
  private static let count: JSONValue = ["type": "integer", "minimum": 0]
  /// An amount in plain digits; null for one that is not known, because a component failed.
  private static let amount: JSONValue = [
    "type": ["string", "null"], "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
  ]
  private static let amounts: JSONValue = ["type": "object", "additionalProperties": amount]
  private static let anything: JSONValue = ["type": "object"]
  private static let state: JSONValue = ["enum": ["complete", "incomplete"]]

  /// An object of these members and no others; those whose name ends in `?` may be missing.
  private static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    var (properties, required) = (JSONObject(), [JSONValue]())
    for (key, schema) in members {
      let name = key.hasSuffix("?") ? String(key.dropLast()) : key
      properties[name] = schema
      if name == key { required.append(.string(name)) }
    }
    return [
      "type": "object", "properties": .object(properties), "required": .array(required),
      "additionalProperties": false,
    ]
  }

  private static func array(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

  private static let location: JSONValue = object([
    "file": text, "line?": count, "column?": count, "endLine?": count, "endColumn?": count, "field?": text,
  ])

  static let diagnostics: JSONValue = array(
    object([
      "code": text, "severity": ["enum": ["error", "warning", "hint", "information", "note"]],
      "message": text,
      "location?": location, "help?": text,
      "related?": array(object(["message": text, "location": location])),
    ]))

  static let host: JSONValue = object([
    "name": text, "version": text, "role": text, "plans": array(text), "methods": array(text),
    "limits": object([
      "messageBytes": count, "depth": count, "batch": count, "inFlight": count, "page": count,
      "pagedLists": count,
    ]),
  ])

  static let plan: JSONValue = object([
    "plan": text, "name": text, "currency": text, "periods": array(text), "measures": array(text),
    "components": array(text), "diagnostics": diagnostics,
  ])

  static let data: JSONValue = object([
    "data": text, "rows": ["type": "object", "additionalProperties": count],
  ])

  private static let statements: JSONValue = array([
    "type": "object", "additionalProperties": ["type": ["string", "null"]],
  ])

  static let run: JSONValue = object([
    "run": anything, "stages": object(["computed": count, "takenOver": count]), "statements": statements,
    "count": count, "cursor?": text,
  ])

  static let preview: JSONValue = object([
    "plan": text, "state": state, "currency": text, "period": ["type": ["string", "null"]],
    "components": array(object(["name": text, "unit": text, "total": amount])), "totals": amounts,
    "total": amount,
    "settled?": object(["earned": amount, "payable": amount, "paid": amount]),
    "diagnostics?": diagnostics, "statements": statements, "count": count, "cursor?": text,
  ])

  /// A tree; its parts are of the same form, which is not said again at each depth.
  private static let derivation: JSONValue = object([
    "title": text, "amount": amount, "unit?": text, "location?": location,
    "notes?": array(object(["text": text, "location?": location])), "children?": array(anything),
    "childrenLeftOut?": count,
  ])
  static let derivations: JSONValue = array(derivation)

  static let comparison: JSONValue = object([
    "state": state, "currency": text, "before": amount, "after": amount, "difference": amount,
    "better": count, "worse": count, "same": count,
    "changes": array(
      object(["payee": text, "name": text, "before": amount, "after": amount, "difference": amount])),
    "count": count, "cursor?": text,
  ])

  static let estimate: JSONValue = object([
    "state": state, "currency": text, "deals": count, "adds": amount,
    "payees": array(
      object([
        "payee": text, "name": text, "before": amount, "after": amount, "difference": amount,
        "credited": ["type": "boolean"], "explanation": derivations,
      ])),
  ])

  static let page: JSONValue = object([
    "statements?": statements, "changes?": array(anything), "count": count, "cursor?": text,
  ])

  static let modules: JSONValue = array(
    object(["id": text, "version": text, "summary": text, "folder?": text, "health": text]))

  static let moduleSchema: JSONValue = object(["module": text, "schema": anything])
}
