import PlanReading
import YAMLSource

/// The tables of a plan's own keys, from the descriptions that the readers and editors share.
package enum PlanKeyTables {
  /// A table for each mapping that a plan can hold, in the order of a plan.
  package static let all: [KeyTable] = {
    var walk = Walk()
    walk.visit(.keys(PlanKeys.plan), [], [])
    return walk.tables
  }()

  private struct Walk {
    var tables: [KeyTable] = []
    private let examples = SchemaExamples.all.enumerated().compactMap { number, text in
      YAMLReader.read(Array(text.utf8), file: "example \(number)").root
    }

    /// `place` names the mapping in words, `path` finds it in an example: nil for a name of the author's own.
    mutating func visit(_ shape: PlanShape, _ place: [String], _ path: [String?]) {
      switch shape {
      case .keys(let keys):
        let name = place.isEmpty ? "plan" : place.joined(separator: ".")
        let rows = keys.map { row($0, path) }
        if let known = tables.firstIndex(where: { $0.place == name }) {
          tables[known] = tables[known].joined(rows)
        } else {
          tables.append(KeyTable(place: name, rows: rows))
        }
        for key in keys { visit(key.shape, place + [key.name], path + [key.name]) }
      case .entries(let kind, let inner), .pairs(let kind, let inner):
        visit(inner, place + [kind.placeholder], path + [nil])
      case .list(let inner): visit(inner, place, path)
      case .either(let shapes): for shape in shapes { visit(shape, place, path) }
      default: break
      }
    }

    private func row(_ key: PlanKey, _ path: [String?]) -> KeyTable.Row {
      // An example that does not write the key is a worked number.
      let isWritten = key.example.map { $0.contains(":") && !$0.contains("`") } ?? false
      let number = isWritten ? "" : key.example.map { " \($0)." } ?? ""
      return KeyTable.Row(
        key: key.name, presence: key.presence.short, value: key.shape.value, meaning: key.text + number,
        example: (isWritten ? key.example : nil) ?? shown(key, path) ?? chosen(key))
    }

    /// One of few words that a key may have, the least usual one.
    private func chosen(_ key: PlanKey) -> String? {
      if key.shape.isChoice, let word = key.shape.words.last { return "\(key.name): \(word)" }
      return nil
    }

    /// How an example writes the key, where that is short.
    private func shown(_ key: PlanKey, _ path: [String?]) -> String? {
      if !key.shape.keys.isEmpty { return nil }
      if case .rows = key.shape { return nil }
      if case .terms = key.shape { return nil }
      for node in examples.flatMap({ Self.nodes($0, path + [key.name]) }) {
        let text = PlanValue.words(node)
        if text.count <= 60, text != "~" { return "\(key.name): \(text)" }
      }
      return nil
    }

    private static func nodes(_ node: YAMLNode, _ path: [String?]) -> [YAMLNode] {
      if let items = node.items, !path.isEmpty { return items.flatMap { nodes($0, path) } }
      guard let step = path.first else { return [node] }
      let rest = Array(path.dropFirst())
      if let step { return node[step].map { nodes($0, rest) } ?? [] }
      return (node.pairs ?? []).flatMap { nodes($0.value, rest) }
    }
  }
}

extension PlanName {
  /// What stands in a place for a name of the author's own.
  fileprivate var placeholder: String {
    switch self {
    case .heading: "NAME"
    case .rule: "RULE"
    default: word.uppercased()
    }
  }
}

extension PlanKey.Presence {
  fileprivate var short: String {
    switch self {
    case .required: "required"
    case .optional(let usual): usual ?? ""
    case .stated(let when): when == "always" ? "*stated*" : "*stated* \(when)"
    }
  }
}
