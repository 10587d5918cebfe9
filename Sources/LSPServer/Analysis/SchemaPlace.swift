import JSONCore

/// What a module's schema says of a place in its terms: the parts of the schema that may hold there.
struct SchemaPlace {
  private let root: JSONValue
  /// The parts, references resolved and alternatives side by side.
  let parts: [JSONValue]

  /// The place that these keys and places in lists lead to.
  init(_ root: JSONValue, path: [String]) {
    self.root = root
    var parts = Self.opened([root], root)
    for token in path { parts = Self.opened(parts.flatMap { Self.step($0, token) }, root) }
    self.parts = parts
  }

  private static func step(_ part: JSONValue, _ token: String) -> [JSONValue] {
    if let property = part["properties"]?[token] { return [property] }
    if Int(token) != nil, let items = part["items"] { return [items] }
    if let others = part["additionalProperties"], others.object != nil { return [others] }
    return []
  }

  /// The parts with all that they refer to and combine.
  private static func opened(_ parts: [JSONValue], _ root: JSONValue, depth: Int = 0) -> [JSONValue] {
    if depth > 16 { return [] }
    return parts.flatMap { part in
      var found = [part]
      if let reference = part["$ref"]?.string, reference.hasPrefix("#"),
        let target = JSONPointer(parsing: String(reference.dropFirst()))?.resolve(in: root)
      {
        found += opened([target], root, depth: depth + 1)
      }
      for key in ["anyOf", "oneOf", "allOf"] {
        found += opened(part[key]?.array ?? [], root, depth: depth + 1)
      }
      for key in ["then", "else"] {
        if let branch = part[key] { found += opened([branch], root, depth: depth + 1) }
      }
      return found
    }
  }

  var isKnown: Bool { !parts.isEmpty }

  /// The first description, which is the nearest to the place.
  var description: String? { parts.lazy.compactMap { $0["description"]?.string }.first }

  /// The keys that may stand here, with their schemas.
  var properties: [(key: String, value: JSONValue)] {
    var seen: Set<String> = []
    return parts.flatMap { $0["properties"]?.object?.members ?? [] }.filter { seen.insert($0.key).inserted }
  }

  /// The keys that must stand here.
  var required: Set<String> {
    Set(parts.flatMap { $0["required"]?.array?.compactMap(\.string) ?? [] })
  }

  /// The words that may stand here.
  var words: [String] {
    var seen: Set<String> = []
    let words = parts.flatMap { ($0["enum"]?.array ?? []).compactMap(\.string) }
    return words.filter { seen.insert($0).inserted }
  }

  /// What it holds when nothing stands here.
  var usual: JSONValue? { parts.lazy.compactMap { $0["default"] }.first }

  /// Whether a share, an amount of money or the like is wanted.
  var unit: String? { parts.lazy.compactMap { $0["unit"]?.string }.first }

  var examples: [JSONValue] { parts.flatMap { $0["examples"]?.array ?? [] } }

  /// Whether any text may stand here, which then names something.
  var takesNames: Bool {
    parts.contains { $0["type"]?.string == "string" && $0["enum"] == nil && $0["const"] == nil }
  }

  /// The kinds of values that may stand here, in words.
  var kinds: [String] {
    let words = [
      "object": "a mapping", "array": "a list", "string": "a text", "number": "a number",
      "integer": "a whole number", "boolean": "true or false",
    ]
    var seen: Set<String> = []
    let kinds = parts.flatMap { part -> [String] in
      if let type = part["type"]?.string { return [type] }
      return (part["type"]?.array ?? []).compactMap(\.string)
    }
    return kinds.compactMap { words[$0] }.filter { seen.insert($0).inserted }
  }
}
