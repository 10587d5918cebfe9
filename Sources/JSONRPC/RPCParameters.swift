public import JSONCore

/// The parameters of a call, by name or by place.
public struct RPCParameters: Sendable {
  /// All of them, as they came.
  public let value: JSONValue?

  /// The parameters of a call.
  public init(_ value: JSONValue?) { self.value = value }

  /// The parameter with this name, or at this place when they came as an array; nil when absent or null.
  public func optional(_ name: String, at place: Int? = nil) -> JSONValue? {
    let found: JSONValue?
    switch value {
    case .object(let object)?: found = object[name]
    case .array(let items)?: found = place.flatMap { $0 < items.count ? items[$0] : nil }
    default: found = nil
    }
    return found == .null ? nil : found
  }

  /// The parameter with this name; an error when it is absent.
  public func required(_ name: String, at place: Int? = nil) throws(RPCError) -> JSONValue {
    guard let found = optional(name, at: place) else {
      throw RPCError(.invalidParams, "`\(name)` is missing")
    }
    return found
  }

  /// A text; an error when absent or of another kind.
  public func string(_ name: String, at place: Int? = nil) throws(RPCError) -> String {
    guard let text = try required(name, at: place).string else {
      throw RPCError(.invalidParams, "`\(name)` must be a string")
    }
    return text
  }

  /// A text or nil; an error when of another kind.
  public func optionalString(_ name: String, at place: Int? = nil) throws(RPCError) -> String? {
    guard let found = optional(name, at: place) else { return nil }
    guard let text = found.string else { throw RPCError(.invalidParams, "`\(name)` must be a string") }
    return text
  }

  /// Refuses names that the method does not know; with a list of places, more values than there are names.
  public func allow(only names: [String]) throws(RPCError) {
    switch value {
    case .object(let object)?:
      for key in object.keys where !names.contains(key) {
        throw RPCError(
          .invalidParams, "there is no parameter `\(key)`; there are: \(names.joined(separator: ", "))")
      }
    case .array(let items)? where items.count > names.count:
      throw RPCError(.invalidParams, "at most \(names.count) parameters are wanted")
    default: break
    }
  }
}
