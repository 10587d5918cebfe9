import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads the `stages` of a credit rule: each credits its part of the amount, on its own day.
///
/// A stage becomes a rule of its own, `RULE.STAGE`, and whoever names the rule means all of them. The parts are what is
/// due up to a stage less what was due before it, each rounded, so that they never come to more than the whole.
/// Worked number: 100.01 at 10 %, 60 % and 30 % is 10.00, 60.01 and 30.00.
struct StageReading {
  /// A stage: its day, and the parts of the amount that are due before it and with it.
  struct Stage {
    let name: String
    let date: Named?
    let before: ExactDecimal
    let through: ExactDecimal
    /// Whose it is, where that is not as the rule says.
    let to: YAMLNode?

    /// The part of an amount that the stage has.
    func formula(_ amount: String, _ rounding: Rounding) -> String {
      func due(_ share: ExactDecimal) -> String {
        "math.round((\(amount)) * \(share), \(rounding.places), \"\(rounding.mode.rawValue)\")"
      }
      return before.isZero ? due(through) : "\(due(through)) - \(due(before))"
    }
  }

  let context: ReadingContext

  func read(_ node: YAMLNode) -> [Stage] {
    guard let pairs = node.pairs, !pairs.isEmpty else {
      context.report(.wrongType, "`stages` must be a mapping of names", at: node.span)
      return []
    }
    var sum = ExactDecimal.zero
    var stages: [Stage] = []
    for pair in pairs {
      guard var reader = MappingReader(pair.value, "stage `\(pair.key)`", context) else { continue }
      let date = reader.text(
        "date", why: "the column with the day on which the stage is reached; empty before")
      let node = reader.required("share", why: "the part of the amount that is credited then")
      let to = reader.optional("to")
      reader.finish()
      guard let node, let share = context.share(node), let next = try? sum.adding(share) else { continue }
      if share < .zero || next > .one {
        context.report(
          .wrongValue, share < .zero ? "a share is not below zero" : "the stages come to more than the whole",
          at: node.span)
      }
      stages.append(Stage(name: pair.key, date: date, before: sum, through: next, to: to))
      sum = next
    }
    return stages
  }

  /// The rules that the names of those with stages, and of those that pass on their credit, stand for.
  static func names(_ credits: YAMLNode?) -> [String: [String]] {
    var names: [String: [String]] = [:]
    let pairs = credits?.pairs ?? []
    for pair in pairs {
      guard let stages = pair.value["stages"]?.pairs, !stages.isEmpty else { continue }
      names[pair.key] = stages.map { "\(pair.key).\($0.key)" }
    }
    var count = -1
    while count != names.count {
      count = names.count
      for pair in pairs where names[pair.key] == nil {
        guard let origin = pair.value["roll_up"]?.scalar?.text, let parts = names[origin] else { continue }
        names[pair.key] = parts.map { pair.key + $0.dropFirst(origin.count) }
      }
    }
    return names
  }
}

extension ReadingContext {
  /// The names of credit rules with those that have stages replaced by their stages.
  func withStages(_ names: [String]) -> [String] { names.flatMap { stages[$0] ?? [$0] } }
}
