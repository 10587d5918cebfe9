import JSONCore

/// A JSON value as lines for people and language models: the same facts without braces, and no longer than a limit.
enum Outline {
  /// So many characters at most; what is cut off is said, and stands in the structured content.
  private static let longest = 20_000

  static func text(_ value: JSONValue) -> String {
    var lines: [String] = []
    add(value, "", &lines)
    let text = lines.joined(separator: "\n")
    if text.count <= longest { return text }
    return String(text.prefix(longest)) + "\n… cut off here: ask for smaller pages, by `limit`"
  }

  private static func add(_ value: JSONValue, _ indent: String, _ lines: inout [String]) {
    switch value {
    case .object(let object):
      for (key, item) in object.members { add(key, item, indent, &lines) }
    case .array(let items):
      for item in items {
        if let flat = flat(item) {
          lines.append("\(indent)- \(flat)")
        } else {
          let start = lines.count
          add(item, indent + "  ", &lines)
          if lines.count > start {
            lines[start] = indent + "- " + lines[start].dropFirst(indent.count + 2)
          }
        }
      }
    default: lines.append(indent + word(value))
    }
  }

  private static func add(_ key: String, _ item: JSONValue, _ indent: String, _ lines: inout [String]) {
    if let flat = flat(item) {
      lines.append("\(indent)\(key): \(flat)")
    } else {
      lines.append("\(indent)\(key):")
      add(item, indent + "  ", &lines)
    }
  }

  /// A value on one line: a single one, or an object of single ones; nil for one that needs several.
  private static func flat(_ value: JSONValue) -> String? {
    switch value {
    case .array(let items): return items.isEmpty ? "none" : nil
    case .object(let object):
      var parts: [String] = []
      for (key, item) in object.members {
        if item.array != nil || item.object != nil { return nil }
        parts.append("\(key) \(word(item))")
      }
      return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    default: return word(value)
    }
  }

  private static func word(_ value: JSONValue) -> String {
    switch value {
    case .null: "not known"
    case .string(let text): text
    default: value.text()
    }
  }
}
