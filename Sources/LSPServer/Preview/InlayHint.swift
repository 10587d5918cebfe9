import JSONCore

/// A few words at the end of a line.
struct InlayHint: Sendable, Equatable {
  enum Kind: Sendable { case plan, component, band }

  /// So many characters has a label at most.
  static let longest = 30

  let kind: Kind
  /// From 0.
  var line: Int
  let label: String
  let tooltip: String
  /// The figure alone.
  let figure: String

  /// A hint with the first of these labels that is short enough; nil when none is.
  init?(_ kind: Kind, line: Int, labels: [String], tooltip: String, figure: String = "") {
    guard let label = labels.first(where: { $0.unicodeScalars.count <= Self.longest }) else { return nil }
    (self.kind, self.line, self.label, self.tooltip, self.figure) = (kind, line, label, tooltip, figure)
  }

  /// The hint with words that say that it is of an earlier text.
  var ofEarlier: InlayHint {
    let words = "as of the last plan without faults\n\n"
    let marked = ["before the fault: \(label)", "before the fault: \(figure)", "before the fault"]
    return InlayHint(
      kind, line: line, labels: kind == .plan ? marked : [label], tooltip: words + tooltip, figure: figure)
      ?? self
  }

  func json(_ document: TextDocument, _ encoding: PositionEncoding) -> JSONValue {
    [
      "position": document.end(ofLine: line, encoding).json, "label": .string(label), "paddingLeft": true,
      "tooltip": ["kind": "markdown", "value": .string(tooltip)],
    ]
  }
}
