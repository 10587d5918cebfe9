import Diagnostics
import PlanCalendar
import PlanModel
import YAMLSource

/// Reads `teams`: which team is above which, and the modules that are switched for them.
struct TeamsReading {
  let context: ReadingContext
  /// The modules of the plan's components.
  let modules: [String]

  func read(_ node: YAMLNode) -> Teams? {
    guard var reader = MappingReader(node, "`teams`", context) else { return nil }
    let attribute = reader.optionalText("attribute")
    let parents = reader.optional("parents")
    let list = reader.optional("modules")
    reader.finish()
    let name = attribute?.text ?? "team"
    if !context.attributes.isEmpty, context.attributes[name] == nil {
      context.report(
        .unknownName, "payees have no attribute `\(name)`", at: attribute?.span ?? node.span.firstLine,
        help: attribute == nil
          ? "state `team` under `people`, or here `attribute: NAME`"
          : Suggestion.help(for: name, in: Array(context.attributes.keys)))
    }
    let switches = (list?.items ?? []).compactMap { moduleSwitch($0) }
    if let list, list.items == nil {
      context.report(
        .wrongType, "`modules` must be a list of switches", at: list.span.firstLine,
        help: "write `- {module: bonus, team: North, enabled: false, from: 2026-01-01, reason: …}`")
    }
    refuseTwins(switches)
    return Teams(attribute: name, parents: self.parents(parents), switches: switches)
  }

  private func parents(_ node: YAMLNode?) -> [String: Named] {
    guard let node else { return [:] }
    guard let pairs = node.pairs else {
      context.report(
        .wrongType, "`parents` must map each team to the team above it", at: node.span,
        help: "write `parents: {North: EMEA}`")
      return [:]
    }
    var parents: [String: Named] = [:]
    for pair in pairs { parents[pair.key] = pair.value.scalar.map { Named($0.text, pair.value.span) } }
    for pair in pairs {
      var (team, seen) = (pair.key, Set([pair.key]))
      while let next = parents[team] {
        if !seen.insert(next.text).inserted {
          context.report(
            .wrongValue, "team `\(pair.key)` is above itself, by way of its parents", at: pair.keySpan)
          return [:]
        }
        team = next.text
      }
    }
    return parents
  }

  private func moduleSwitch(_ node: YAMLNode) -> ModuleSwitch? {
    guard var reader = MappingReader(node, "a switch of a module", context) else { return nil }
    let module = reader.text("module")
    let team = reader.optionalText("team")
    let isEnabled = enabled(&reader)
    let from = reader.required("from", why: "the first day on which it holds").flatMap { reader.date($0) }
    let to = reader.optional("to")
    let last = to.flatMap { reader.date($0) }
    let reason = reader.text("reason", why: "so that everybody can see why")
    _ = reader.optionalText("by")
    reader.finish()
    if let module, !modules.isEmpty, !modules.contains(module.text) {
      context.report(
        .unknownName, "no component of the plan is paid by a module `\(module.text)`", at: module.span,
        help: Suggestion.help(for: module.text, in: Array(Set(modules))), severity: .warning)
    }
    if let from, let last, let to, last < from {
      context.report(.datesReversed, "the switch ends before it begins", at: to.span)
      return nil
    }
    guard let module, let isEnabled, let from, let reason, (to == nil) == (last == nil) else { return nil }
    return ModuleSwitch(
      module: module, team: team, isEnabled: isEnabled, from: from, to: last, reason: reason.text)
  }

  private func enabled(_ reader: inout MappingReader) -> Bool? {
    guard let node = reader.required("enabled", why: "true or false") else { return nil }
    if case .boolean(let flag)? = node.scalar?.value { return flag }
    context.report(
      .wrongType, "true or false is wanted here", at: node.span,
      help: node.scalar.flatMap { NumberSlip.help(forBoolean: $0.text) })
    return nil
  }

  /// Two switches that begin on one day leave it open which of them decides.
  private func refuseTwins(_ switches: [ModuleSwitch]) {
    for (place, one) in switches.enumerated() {
      guard
        let twin = switches[..<place].first(where: {
          $0.module == one.module && $0.team == one.team && $0.from == one.from
        })
      else { continue }
      context.report(
        .duplicateName, "module `\(one.module.text)` is switched twice from \(one.from) on for the same team",
        at: one.module.span, related: [(.source(twin.module.span), "it is switched here too")])
    }
  }
}
