import Diagnostics
import YAMLSource

/// Sees to it that the names of measures and components are told apart in the result files.
struct FigureNames {
  let measures: YAMLNode?
  let components: YAMLNode?

  func check(_ context: ReadingContext) {
    var taken: [String: String] = [:]
    for word in OutputReading.statementWords + OutputReading.lineWords + ["row"] {
      taken[word] = "`\(word)` is a column of its own in the result files"
    }
    for pair in measures?.pairs ?? [] {
      check(pair, "measure", taken, context)
      taken[pair.key] = taken[pair.key] ?? "`\(pair.key)` names a measure and a component"
      guard pair.value["quota"] != nil else { continue }
      for part in ["quota", "attainment"] {
        taken["\(pair.key)_\(part)"] =
          "`\(pair.key)_\(part)` is the column with the \(part) of measure `\(pair.key)`"
      }
    }
    for pair in components?.pairs ?? [] { check(pair, "component", taken, context) }
  }

  private func check(
    _ pair: YAMLPair, _ kind: String, _ taken: [String: String], _ context: ReadingContext
  ) {
    if let reason = taken[pair.key] {
      context.report(.duplicateName, reason, at: pair.keySpan, help: "give the \(kind) another name")
    } else if pair.key.contains(".") {
      context.report(
        .wrongValue, "the name of a \(kind) cannot hold a `.`", at: pair.keySpan,
        help: "write `\(pair.key.replacing(".", with: "_"))`; `outputs` parts names from figures by it")
    }
  }
}
