import JSONCore
import JSONRPC
import Money

/// The parameters of a message, as the protocol names them.
struct Parameters {
  let value: JSONValue

  init(_ value: JSONValue?) { self.value = value ?? .null }

  subscript(_ key: String) -> JSONValue? { value[key] }

  /// The address of the document that it is about.
  func uri() throws(RPCError) -> String {
    guard let uri = value["textDocument"]?["uri"]?.string else {
      throw RPCError(.invalidParams, "`textDocument.uri` is missing")
    }
    return uri
  }

  func position() throws(RPCError) -> TextPosition {
    guard let position = Self.position(value["position"]) else {
      throw RPCError(.invalidParams, "`position` is missing")
    }
    return position
  }

  func range() throws(RPCError) -> TextRange {
    guard let range = Self.range(value["range"]) else {
      throw RPCError(.invalidParams, "`range` is missing")
    }
    return range
  }

  /// A position; numbers that are negative or too large count as the nearest ones that are not.
  static func position(_ value: JSONValue?) -> TextPosition? {
    guard let line = number(value?["line"]), let character = number(value?["character"]) else { return nil }
    return TextPosition(line: line, character: character)
  }

  static func range(_ value: JSONValue?) -> TextRange? {
    guard let start = position(value?["start"]), let end = position(value?["end"]) else { return nil }
    return TextRange(start: start, end: end)
  }

  private static func number(_ value: JSONValue?) -> Int? {
    guard let decimal = value?.decimal else { return nil }
    return max(0, value?.int ?? (decimal < .zero ? 0 : Int(Int32.max)))
  }
}

extension TextPosition {
  var json: JSONValue { ["line": .number(line), "character": .number(character)] }
}

extension TextRange {
  var json: JSONValue { ["start": start.json, "end": end.json] }
}
