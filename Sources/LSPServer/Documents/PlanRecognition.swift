import PlanReading

/// Tells a plan from other YAML by its top-level keys, also while it is half typed; names of files decide nothing.
enum PlanRecognition {
  /// The language by which an editor can say itself that a document is a plan.
  static let language = "incentive-plan"

  /// Whether the text is a plan: its first key is `plan` with a text beside it, or it has `plan` or `extends` and
  /// another of a plan's own keys.
  static func isPlan(_ document: TextDocument, language: String) -> Bool {
    if language == Self.language { return true }
    let own = Set(PlanKeys.plan.map(\.name))
    var found: Set<String> = []
    var isFirst = true
    for number in 0..<document.lineCount {
      guard let (key, value) = topLevelKey(document.line(number)) else { continue }
      if isFirst, key == "plan", isText(value) { return true }
      isFirst = false
      if own.contains(key) { found.insert(key) }
    }
    return found.count > 1 && !found.isDisjoint(with: ["plan", "extends"])
  }

  /// The key that a line begins in its first column, and what stands behind its colon.
  private static func topLevelKey(_ line: ArraySlice<UInt8>) -> (key: String, value: String)? {
    guard let first = line.first, (0x61...0x7A).contains(first | 0x20),
      let colon = line.firstIndex(of: 0x3A),
      line[..<colon].allSatisfy({ (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F }),
      colon + 1 == line.endIndex || line[colon + 1] == 0x20 || line[colon + 1] == 0x09
    else { return nil }
    let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
    return (String(decoding: line[..<colon], as: UTF8.self), value)
  }

  private static func isText(_ value: String) -> Bool {
    guard let first = value.first(where: { $0 != " " && $0 != "\t" }) else { return false }
    return !"#|>[{&*!".contains(first)
  }
}
