import Diagnostics
package import JSONCore
import Money

/// Draws a derivation as a tree for a terminal.
package struct DerivationText {
  private let places: Int
  private let colour: Bool

  /// A drawer that shows amounts with at least `places` digits after the point.
  package init(places: Int, colour: Bool = false) {
    self.places = places
    self.colour = colour
  }

  /// The tree, a line a figure, ended by a newline.
  package func text(_ derivation: Derivation) -> String {
    var lines: [(left: String, amount: String, place: String)] = []
    add(derivation, "", "", padded: derivation.unit == nil ? places : 0, &lines)
    let left = lines.map { DiagnosticText.width($0.left) }.max() ?? 0
    let amounts = lines.map { DiagnosticText.width($0.amount) }.max() ?? 0
    return lines.map { line in
      let gap = String(repeating: " ", count: left - DiagnosticText.width(line.left))
      let pad = String(repeating: " ", count: amounts - DiagnosticText.width(line.amount))
      let place = line.place.isEmpty ? "" : "  " + dim(line.place)
      return line.left + gap + "  " + pad + bold(line.amount) + place
    }.map { line in
      var end = line.endIndex
      while end > line.startIndex, line[line.index(before: end)] == " " { end = line.index(before: end) }
      return String(line[..<end])
    }.joined(separator: "\n") + "\n"
  }

  private func add(
    _ node: Derivation, _ lead: String, _ indent: String, padded places: Int,
    _ lines: inout [(left: String, amount: String, place: String)]
  ) {
    func place(_ location: Location?) -> String { VisibleText.of(location?.description ?? "") }
    lines.append(
      (lead + VisibleText.of(node.title), node.amount.padded(to: places).grouped, place(node.location)))
    for note in node.notes {
      let bar = node.children.isEmpty ? "    " : "│   "
      lines.append((indent + bar + VisibleText.of(note.text), "", place(note.location)))
    }
    for (index, child) in node.children.enumerated() {
      let isLast = index == node.children.count - 1
      add(
        child, indent + (isLast ? "└── " : "├── "), indent + (isLast ? "    " : "│   "), padded: places,
        &lines)
    }
  }

  private func bold(_ text: String) -> String { colour && !text.isEmpty ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  private func dim(_ text: String) -> String { colour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

extension Derivation {
  /// The derivation for programs; amounts are strings.
  package var json: JSONValue {
    var object = JSONObject([("title", .string(title)), ("amount", .string(amount.description))])
    object["unit"] = unit.map { .string($0) }
    object["location"] = location?.json
    if !notes.isEmpty {
      object["notes"] = .array(
        notes.map { note in
          var object = JSONObject([("text", .string(note.text))])
          object["location"] = note.location?.json
          return .object(object)
        })
    }
    if !children.isEmpty { object["children"] = .array(children.map(\.json)) }
    return .object(object)
  }
}
