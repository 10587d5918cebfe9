import JSONCore
import JSONRPC

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
      "components": [
        "schemas": .object(ResultSchema.components),
        "errors": .object(JSONObject(Self.errors.map { (Self.name($0.code), Self.json($0)) })),
      ],
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
          "stage": ["enum": ["reading", "computing", "testing"]], "file": ["type": "string"],
          "component": ["type": "string"], "done": ["type": "integer"], "total": ["type": "integer"],
        ],
      ],
    ],
  ]

  /// All errors that the host answers.
  private static let errors: [(code: RPCError.Code, message: String)] = [
    (.parseError, "the message is no JSON, or nested deeper than 512"),
    (.invalidRequest, "the message is no request, or a batch of more than 1,000 calls"),
    (.methodNotFound, "there is no such method"),
    (.invalidParams, "the parameters do not fit the method"),
    (.internalError, "the host or a module is at fault"),
    (.notInitialized, "the session was shut down"),
    (.diagnostics, "the plan, the data or a file has errors; data lists the diagnostics"),
    (.tooLarge, "the message is larger than 64 MiB"),
    (.tooMany, "256 requests wait for their answers"),
    (.forbidden, "the role of the session may not do or see this"),
    (.cancelled, "the request was cancelled"),
  ]

  private static func json(_ error: (code: RPCError.Code, message: String)) -> JSONValue {
    ["code": .number(error.code.rawValue), "message": .string(error.message)]
  }

  private static func name(_ code: RPCError.Code) -> String { "error\(-code.rawValue)" }

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
      // Those of messages as a whole are in the components: any request can be answered with them.
      "errors": .array(errors.filter { method.errors.contains($0.code) }.map(json)),
      "x-right": .string(method.right.rawValue),
    ]
  }
}
