public import Money

/// A JSON text as a value; numbers stay exact.
public enum JSONValue: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, exactly as it was written.
  case number(JSONNumber)
  /// A string.
  case string(String)
  /// An array.
  case array(JSONArray)
  /// An object.
  case object(JSONObject)
}

extension JSONValue {
  /// The member of an object, or nil.
  public subscript(key: String) -> JSONValue? { object?[key] }
  /// The string, or nil for another kind.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The truth value, or nil for another kind.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The elements, or nil for another kind.
  public var array: [JSONValue]? { if case .array(let value) = self { value.values } else { nil } }
  /// The members, or nil for another kind.
  public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
  /// The exact number, or nil for another kind or more than 38 digits.
  public var decimal: ExactDecimal? { if case .number(let value) = self { value.decimal } else { nil } }
  /// The whole number, or nil for another kind, a fraction, or one that does not fit.
  public var int: Int? { if case .number(let value) = self { value.int } else { nil } }
}

extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(JSONArray(elements)) }
  /// An object, its members in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
  /// An array.
  public static func array(_ elements: [JSONValue]) -> JSONValue { .array(JSONArray(elements)) }
  /// A whole number.
  public static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }
  /// An exact number.
  public static func number(_ value: ExactDecimal) -> JSONValue { .number(JSONNumber(value)) }
}
