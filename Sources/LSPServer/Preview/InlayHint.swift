import JSONCore

/// A few words at the end of a line, and the part of the plan that it stands at, wherever the line is.
struct InlayHint: Sendable, Equatable {
  enum Place: Sendable, Hashable {
    case plan
    case component(String)
    /// A place in a component's terms, by JSON pointer.
    case term(component: String, pointer: String)

    var isComponent: Bool { if case .component = self { true } else { false } }
  }

  /// So many characters has a label at most.
  static let longest = 30

  let place: Place
  let label: String
  let tooltip: String
  /// The figure alone.
  let figure: String

  /// A hint with the first of these labels that is short enough; nil when none is.
  init?(_ place: Place, labels: [String], tooltip: String, figure: String = "") {
    guard let label = labels.first(where: { $0.unicodeScalars.count <= Self.longest }) else { return nil }
    (self.place, self.label, self.tooltip, self.figure) = (place, label, tooltip, figure)
  }

  /// The hint with words that say that it is of an earlier text.
  var ofEarlier: InlayHint {
    let words = "as of the last plan without faults\n\n"
    let marked = ["before the fault: \(label)", "before the fault: \(figure)", "before the fault"]
    return InlayHint(
      place, labels: place == .plan ? marked : [label], tooltip: words + tooltip, figure: figure) ?? self
  }
}

/// A hint and its line, from 0.
struct PlacedHint: Sendable {
  let hint: InlayHint
  var line: Int

  func json(_ document: TextDocument, _ encoding: PositionEncoding) -> JSONValue {
    [
      "position": document.end(ofLine: line, encoding).json, "label": .string(hint.label),
      "paddingLeft": true, "tooltip": ["kind": "markdown", "value": .string(hint.tooltip)],
    ]
  }
}
