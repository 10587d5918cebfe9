package import JSONCore

/// JSON Schemas of the answers; a test holds them against real ones.
///
/// What stands in several answers, or within itself, has a name of its own, by which the others refer to it.
package enum ResultSchema {
  static let text: JSONValue = ["type": "string"]
  static let texts: JSONValue = array(text)
  static let count: JSONValue = ["type": "integer", "minimum": 0]
  static let flag: JSONValue = ["type": "boolean"]
  static let textOrNull: JSONValue = ["type": ["string", "null"]]
  /// An amount in plain digits; null for one that is not known, because a component failed.
  static let amount: JSONValue = ["type": ["string", "null"], "pattern": "^-?[0-9]+(\\.[0-9]+)?$"]
  static let amounts = map(amount)
  static let state: JSONValue = ["enum": ["complete", "incomplete"]]

  /// An object of these members and no others; those whose name ends in `?` may be missing.
  static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
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

  static func array(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

  /// An object whose members have names of the plan's own.
  static func map(_ values: JSONValue) -> JSONValue { ["type": "object", "additionalProperties": values] }

  /// An answer with a list that comes in pages, and these members beside it.
  static func list(
    _ name: String, _ items: JSONValue, _ members: KeyValuePairs<String, JSONValue> = [:]
  ) -> JSONValue {
    var schema = object(members).object ?? JSONObject()
    var properties = schema["properties"]?.object ?? JSONObject()
    properties[name] = array(items)
    (properties["count"], properties["cursor"]) = (count, text)
    schema["properties"] = .object(properties)
    schema["required"] = .array((schema["required"]?.array ?? []) + [.string(name), "count"])
    return .object(schema)
  }

  static func nullable(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

  /// Where the schemas with names stand in the OpenRPC document.
  package static let place = "#/components/schemas/"

  private static func named(_ name: String) -> JSONValue { ["$ref": .string(place + name)] }

  static let diagnostic = named("Diagnostic")
  static let diagnostics = array(diagnostic)
  static let derivation = named("Derivation")
  static let derivations = array(derivation)
  private static let location = named("Location")

  /// The schemas with names.
  package static let components = JSONObject([
    (
      "Location",
      object([
        "file": text, "line?": count, "column?": count, "endLine?": count, "endColumn?": count,
        "field?": text,
      ])
    ),
    (
      "Diagnostic",
      object([
        "code": text, "severity": ["enum": ["error", "warning", "hint", "information", "note"]],
        "message": text, "location?": location, "help?": text,
        "related?": array(object(["message": text, "location": location])),
      ])
    ),
    // A figure and its parts, which add up to it.
    (
      "Derivation",
      object([
        "title": text, "amount": amount, "unit?": text, "location?": location,
        "notes?": array(object(["text": text, "location?": location])), "children?": derivations,
        "childrenLeftOut?": count, "childrenCursor?": text,
      ])
    ),
    (
      "Change",
      object([
        "payee": text, "name": text, "before": amount, "after": amount, "difference": amount,
      ])
    ),
  ])

  // MARK: Of sessions, plans and data

  static let host: JSONValue = object([
    "name": text, "version": text, "role": text, "plans": texts, "methods": texts,
    "limits": object([
      "messageBytes": count, "depth": count, "batch": count, "inFlight": count, "page": count,
      "pagedAnswers": count,
    ]),
  ])

  static let checked = list("diagnostics", diagnostic)

  static let plan: JSONValue = object([
    "plan": text, "name": text, "currency": text, "periods": texts, "measures": texts,
    "components": texts, "diagnostics": diagnostics,
  ])

  static let data: JSONValue = object(["data": text, "rows": map(count)])

  // MARK: Of runs

  static let statement = map(textOrNull)

  /// What is earned, payable and paid, where the plan settles.
  private static let settled: JSONValue = object(["earned": amount, "payable": amount, "paid": amount])

  /// What `run.json` holds; a payee or a manager gets no more than the members that must be there.
  private static let manifest: JSONValue = object([
    "state": state,
    "plan": object([
      "name": text, "currency": text, "file?": text, "sha256?": text,
      "parts?": array(object(["file": text, "sha256": text])),
    ]),
    "asOf": textOrNull, "total": amount, "totals": amounts, "settled?": settled,
    "components": array(
      object([
        "name": text, "unit": text, "total": amount, "module?": text,
        "state?": ["enum": ["computed", "failed"]],
      ])),
    "only?": nullable(object(["payee?": text, "period?": text])),
    "data?": array(
      object([
        "table": text, "file": text, "sha256": text, "rows": count, "rejected": count,
        "rejectedByReason": map(count),
      ])),
    "tables?": array(
      object([
        "table": text, "rows": count, "accepted": count, "rejected": count, "rejectedByReason": map(count),
        "sums": map(amount), "controlTotal": ["enum": ["none", "agrees"]],
      ])),
    "modules?": array(object(["id": text, "version": text])),
    "counts?": object([
      "payees": count, "periods": count, "creditedLines": map(count), "houseRows": map(count),
      "rejectedRows": count, "rejectedByReason": map(count),
    ]),
    "diagnostics?": diagnostics, "diagnosticsLeftOut?": count,
  ])

  static let run = list(
    "statements", statement,
    ["run": manifest, "stages": object(["computed": count, "takenOver": count])])

  static let preview = list(
    "statements", statement,
    [
      "plan": text, "state": state, "currency": text, "period": textOrNull,
      "components": array(object(["name": text, "unit": text, "total": amount])), "totals": amounts,
      "settled?": settled,
      "total": amount, "diagnostics?": diagnostics,
    ])

  static let explanation = list("derivations", derivation)

  static let comparison = list(
    "changes", named("Change"),
    [
      "state": state, "currency": text, "before": amount, "after": amount, "difference": amount,
      "better": count, "worse": count, "same": count,
    ])

  static let estimate = list(
    "payees",
    object([
      "payee": text, "name": text, "before": amount, "after": amount, "difference": amount,
      "credited": flag, "explanation": derivations,
    ]), ["state": state, "currency": text, "deals": count, "adds": amount])

  // MARK: Of authors

  private static let planChange = object([
    "subject": text, "before": textOrNull, "after": textOrNull, "places": texts,
  ])

  static let difference = list("changes", planChange)
  static let formatted = object(["changed": flag, "text": text])
  static let files = object(["files": texts])
  static let templates = object([
    "templates": array(object(["name": text, "summary": text, "files": texts]))
  ])
  /// Anything that JSON Schema 2020-12 takes.
  private static let schema: JSONValue = ["type": "object"]
  static let planSchema = object(["schema": schema, "diagnostics": diagnostics])

  private static let failure = object([
    "payee": text, "period": textOrNull, "transaction": textOrNull, "figure": text, "expected": amount,
    "found": amount,
    "diagnostic": diagnostic, "derivations": derivations,
  ])

  private static let test = object([
    "name": text, "source": textOrNull, "line": count, "passed": flag, "diagnostics": diagnostics,
    "failures": array(failure),
  ])

  private static let testFile = object([
    "file": text, "plan": textOrNull, "diagnostics": diagnostics, "tests": array(test),
  ])

  static let tests = list(
    "files", testFile,
    [
      "passed": flag,
      "counts": object(["files": count, "tests": count, "failed": count, "filesNotTried": count]),
      "junit?": text,
    ])

  static let switched = object([
    "file": text,
    "change": nullable(
      object([
        "currency": text, "before": amount, "after": amount, "difference": amount, "better": count,
        "worse": count, "same": count, "payees": array(named("Change")),
      ])),
  ])

  // MARK: Of lists

  /// The next page of whichever list a cursor names.
  static let page: JSONValue = {
    let lists: KeyValuePairs<String, JSONValue> = [
      "statements": statement, "changes": ["anyOf": [named("Change"), planChange]],
      "derivations": derivation, "children": derivation, "diagnostics": diagnostic,
      "payees": estimate["properties"]?["payees"]?["items"] ?? true, "files": testFile, "text": text,
    ]
    return ["oneOf": .array(lists.map { list($0.key, $0.value) })]
  }()

  static let modules = object([
    "modules": array(
      object(["id": text, "version": text, "summary": text, "folder?": text, "health": text])),
    "diagnostics": diagnostics,
  ])

  static let moduleSchema = object(["module": text, "schema": schema])

  static let openRPC: JSONValue = [
    "type": "object", "required": ["openrpc", "info", "methods", "components"],
  ]
}
