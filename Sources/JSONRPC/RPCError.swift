public import JSONCore

/// An error answer of JSON-RPC 2.0.
public struct RPCError: Error, Sendable, Hashable {
  /// A number that says what kind of error it is; numbers that are not named here are carried as they are.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The number.
    public let rawValue: Int
    /// The code with this number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The text is not JSON.
    public static let parseError = Code(rawValue: -32700)
    /// The value is not a request.
    public static let invalidRequest = Code(rawValue: -32600)
    /// There is no such method.
    public static let methodNotFound = Code(rawValue: -32601)
    /// The parameters do not fit the method.
    public static let invalidParams = Code(rawValue: -32602)
    /// The program itself failed.
    public static let internalError = Code(rawValue: -32603)
    /// The request was cancelled by `$/cancelRequest`.
    public static let cancelled = Code(rawValue: -32800)
    /// The session has not begun, or has ended.
    public static let notInitialized = Code(rawValue: -32002)
    /// The plan, data or terms have errors; `data` lists the diagnostics.
    public static let diagnostics = Code(rawValue: -32010)
    /// A message is over the limits.
    public static let tooLarge = Code(rawValue: -32011)
    /// Too many requests wait for their answers.
    public static let tooMany = Code(rawValue: -32012)
    /// The role of the session may not do or see this.
    public static let forbidden = Code(rawValue: -32013)
  }

  /// What kind of error.
  public let code: Code
  /// What went wrong, for people.
  public let message: String
  /// More about it, for programs.
  public let data: JSONValue?

  /// An error.
  public init(_ code: Code, _ message: String, data: JSONValue? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  /// The error as a member of an answer.
  public var json: JSONValue {
    var object = JSONObject([("code", .number(code.rawValue)), ("message", .string(message))])
    object["data"] = data
    return .object(object)
  }
}
