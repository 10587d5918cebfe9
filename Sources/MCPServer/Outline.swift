import JSONCore

/// A JSON value as lines for people and language models: the same facts without braces.
enum Outline {
  /// The lines.
  static func lines(_ value: JSONValue) -> [String] {
    var lines: [String] = []
    add(value, "", &lines)
    return lines.flatMap { pieces($0) }
  }

  /// So many characters stand in a text at most.
  private static let longest = 20_000

  /// How many of the lines stand in one text: as many as fit, but at least one.
  static func fitting(_ lines: [String]) -> Int {
    var (count, size) = (0, 0)
    for line in lines {
      size += line.count + 1
      if size > longest { break }
      count += 1
    }
    return max(1, count)
  }

  /// A line that would fill a text of its own, in pieces.
  private static func pieces(_ line: String) -> [String] {
    if line.utf8.count < longest { return [line] }
    var (pieces, rest) = ([String](), line[...])
    while !rest.isEmpty {
      pieces.append(String(rest.prefix(longest / 2)))
      rest = rest.dropFirst(longest / 2)
    }
    return pieces
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
