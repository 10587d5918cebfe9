public import JSONCore

/// The name of a request: a string or a number, kept as it came; null is allowed but not wise.
public typealias RPCID = JSONValue

/// A message by its shape.
public enum RPCMessage: Sendable {
  /// A call that wants an answer.
  case request(id: RPCID, method: String, params: JSONValue?)
  /// A call without an answer.
  case notification(method: String, params: JSONValue?)
  /// An answer: a result or an error.
  case response(id: RPCID, result: Result<JSONValue, RPCError>)
  /// Something else; the id, if it has a usable one.
  case invalid(id: RPCID)

  /// Tells the shape of a JSON value that is not a batch.
  public init(_ value: JSONValue) {
    guard let object = value.object else {
      self = .invalid(id: .null)
      return
    }
    let id = object["id"]
    let usable = id.map(Self.isID) ?? false
    if object["method"] == nil, object["result"] != nil || object["error"] != nil {
      self = usable ? Self.response(object, id ?? .null) : .invalid(id: .null)
      return
    }
    let params = object["params"]
    guard object["jsonrpc"]?.string == "2.0", let method = object["method"]?.string, id == nil || usable,
      params == nil || params?.array != nil || params?.object != nil
    else {
      self = .invalid(id: usable ? id ?? .null : .null)
      return
    }
    self =
      id.map { .request(id: $0, method: method, params: params) }
      ?? .notification(method: method, params: params)
  }

  private static func isID(_ value: JSONValue) -> Bool {
    switch value {
    case .null, .string, .number: true
    default: false
    }
  }

  private static func response(_ object: JSONObject, _ id: JSONValue) -> RPCMessage {
    if let error = object["error"], error != .null {
      return .response(
        id: id,
        result: .failure(
          RPCError(
            RPCError.Code(rawValue: error["code"]?.int ?? RPCError.Code.internalError.rawValue),
            error["message"]?.string ?? "no message", data: error["data"])))
    }
    return .response(id: id, result: .success(object["result"] ?? .null))
  }

  /// A request as JSON.
  public static func call(id: RPCID?, method: String, params: JSONValue?) -> JSONValue {
    var object = JSONObject([("jsonrpc", "2.0")])
    object["id"] = id
    object["method"] = .string(method)
    object["params"] = params
    return .object(object)
  }

  /// An answer as JSON.
  public static func answer(id: RPCID, _ result: Result<JSONValue, RPCError>) -> JSONValue {
    var object = JSONObject([("jsonrpc", "2.0"), ("id", id)])
    switch result {
    case .success(let value): object["result"] = value
    case .failure(let error): object["error"] = error.json
    }
    return .object(object)
  }
}
