/// Names a place in a JSON value by RFC 6901: `/tiers/bands/0/rate`.
public struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
  /// The keys and places on the way, unescaped.
  public let tokens: [String]

  /// A pointer along these keys and places.
  public init(_ tokens: [String] = []) { self.tokens = tokens }

  /// Reads `/a/b~1c`; nil when it is neither empty nor begins with a slash.
  public init?(parsing text: String) {
    if text.isEmpty {
      tokens = []
      return
    }
    guard text.hasPrefix("/") else { return nil }
    tokens = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  /// The pointer with one step more.
  public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

  /// The text, `/a/b~1c`.
  public var description: String {
    tokens.reduce(into: "") { $0 += Self.step($1) }
  }

  /// The text of one step, `/b~1c` for the key `b/c`.
  package static func step(_ token: String) -> String {
    let isPlain = token.utf8.allSatisfy { $0 != 0x7E && $0 != 0x2F }
    return "/" + (isPlain ? token : token.replacing("~", with: "~0").replacing("/", with: "~1"))
  }

  /// The value at this place, or nil.
  public func resolve(in value: JSONValue) -> JSONValue? {
    tokens.reduce(value as JSONValue?) { found, token in
      switch found {
      case .object(let object)?: object[token]
      case .array(let items)?: Int(token).flatMap { items.indices.contains($0) ? items[$0] : nil }
      default: nil
      }
    }
  }
}
