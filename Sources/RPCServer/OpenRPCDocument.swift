import JSONCore

/// The description of the host's methods by the OpenRPC specification.
enum OpenRPCDocument {
  static func json(version: String) -> JSONValue {
    [
      "openrpc": "1.3.2",
      "info": [
        "title": "IncentiveKit host", "version": .string(version),
        "description": "Computes sales incentives from a plan in YAML, and shows why.",
        "license": ["name": "Apache-2.0"],
      ],
      "methods": .array(HostMethod.all.map(method)),
      // The specification knows no notifications.
      "x-notifications": notifications,
    ]
  }

  private static let notifications: JSONValue = [
    ["name": "exit", "from": "client", "summary": "Ends the host.", "params": ["type": "object"]],
    [
      "name": "$/cancelRequest", "from": "client", "summary": "Takes a request back, also while it runs.",
      "params": [
        "type": "object", "required": ["id"], "properties": ["id": ["type": ["string", "integer"]]],
      ],
    ],
    [
      "name": "$/progress", "from": "host",
      "summary": "How far a run is, while a method that runs a plan is answered.",
      "params": [
        "type": "object", "required": ["id", "stage"],
        "properties": [
          "id": ["type": ["string", "integer"]],
          "stage": ["enum": ["reading", "computing"]], "file": ["type": "string"],
          "component": ["type": "string"], "done": ["type": "integer"], "total": ["type": "integer"],
        ],
      ],
    ],
  ]

  private static let errors: JSONValue = [
    ["code": -32602, "message": "the parameters do not fit the method"],
    ["code": -32002, "message": "the session was shut down"],
    ["code": -32010, "message": "the plan or its data have errors; data lists the diagnostics"],
    ["code": -32011, "message": "the message is too large"],
    ["code": -32012, "message": "too many requests wait for their answers"],
    ["code": -32013, "message": "the role of the session may not do or see this"],
    ["code": -32800, "message": "the request was cancelled"],
  ]

  private static func method(_ method: HostMethod) -> JSONValue {
    [
      "name": .string(method.name), "summary": .string(method.summary), "paramStructure": "by-name",
      "params": .array(
        method.parameters.map { parameter in
          [
            "name": .string(parameter.name), "summary": .string(parameter.summary),
            "required": .bool(parameter.isRequired), "schema": parameter.schema,
          ]
        }),
      "result": ["name": .string(method.result.name), "schema": method.result.schema],
      "errors": errors,
      "x-right": .string(method.right.rawValue),
    ]
  }
}
