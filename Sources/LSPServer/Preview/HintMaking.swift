import Diagnostics
import Engine
import ModuleProtocol
import Money
import PlanCalendar
import PlanModel
import Sessions

/// Makes the hints of a plan from a preview: what is paid, at the lines that say so.
struct HintMaking {
  let plan: Plan
  let ready: ReadyPreview
  let baseline: PayoutPreview?
  let settings: Settings
  /// The line of a place of the plan, from 0.
  let line: (SourceSpan) -> Int

  private var preview: PayoutPreview { ready.preview }

  /// The hints, one a line at most; of two on a line the first of plan, component and band.
  var hints: [InlayHint] {
    var hints: [InlayHint] = []
    if settings.showsPlan, let hint = planHint { hints.append(hint) }
    for component in plan.components {
      if settings.showsComponents, let hint = hint(component) { hints.append(hint) }
      if settings.showsBands { hints += bandHints(component) }
    }
    var taken: Set<Int> = []
    return hints.filter { taken.insert($0.line).inserted }
  }

  private func money(_ amount: ExactDecimal) -> String {
    let places = plan.currency.places
    return ((try? amount.rounded(to: places, .halfEven)) ?? amount).padded(to: places).grouped
  }

  private func whole(_ amount: ExactDecimal) -> String {
    (try? amount.rounded(to: 0, .halfEven))?.grouped ?? amount.grouped
  }

  private func signed(_ amount: ExactDecimal, _ text: (ExactDecimal) -> String) -> String {
    (amount < .zero ? "" : "+") + text(amount)
  }

  /// The difference to what the saved plan pays; nil when there is none.
  private func change(_ total: (PayoutPreview, Int?) -> ExactDecimal?) -> ExactDecimal? {
    guard let baseline, let after = total(preview, ready.period) else { return nil }
    let period = ready.period.map { plan.calendar.periods[$0].label }
    let place = period.map { label in
      baseline.result.data.plan.calendar.periods.firstIndex { $0.label == label }
    }
    if case .some(nil) = place { return nil }
    guard let before = total(baseline, place ?? nil), let change = try? after.subtracting(before),
      !change.isZero
    else { return nil }
    return change
  }

  private var planHint: InlayHint? {
    let total = preview.total(period: ready.period)
    let change = change { $0.total(period: $1) }
    let word = ready.period == nil ? "all" : ready.periodWord
    var labels: [String] = []
    if let total {
      let (exact, short) = (money(total), whole(total))
      if let change {
        labels = [
          "\(word): \(exact) (\(signed(change, money)))", "\(exact) (\(signed(change, money)))",
          "\(short) (\(signed(change, whole)))",
        ]
      }
      labels += ["\(word): \(exact)", exact, short]
      if !preview.outcome.isComplete { labels = ["incomplete: \(exact)", "incomplete: \(short)"] + labels }
    } else {
      labels = ["\(word): incomplete", "incomplete"]
    }
    return InlayHint(
      .plan, line: line(plan.name.span), labels: labels, tooltip: planTooltip(change),
      figure: total.map(money) ?? "incomplete")
  }

  private func planTooltip(_ change: ExactDecimal?) -> String {
    var text = "**\(plan.name.text)**, \(plan.currency.code)\n\n"
    for (number, label) in preview.periods.enumerated() {
      text += "- \(label): \(preview.total(period: number).map(money) ?? "incomplete")\n"
    }
    text += "- all periods: \(preview.total(period: nil).map(money) ?? "incomplete")\n"
    if let change { text += "\n\(signed(change, money)) in \(ready.periodWord) against the saved plan" }
    if !preview.outcome.isComplete { text += "\n\nincomplete: these figures are not to be paid" }
    return text
  }

  private func hint(_ component: Component) -> InlayHint? {
    let name = component.name.text
    guard let total = preview.total(component: name, period: ready.period) else {
      return InlayHint(
        .component, line: line(component.name.span), labels: ["failed"],
        tooltip: "component `\(name)` was not computed")
    }
    let change = change { $0.total(component: name, period: $1) }
    var labels = [money(total), whole(total)]
    if let change {
      labels =
        ["\(money(total)) (\(signed(change, money)))", "\(whole(total)) (\(signed(change, whole)))"] + labels
    }
    let unit = preview.unit(of: name)
    if unit != plan.currency.code { labels = labels.map { "\($0) \(unit)" } + labels }
    var text = "**\(name)** pays in \(ready.periodWord): \(money(total)) \(unit)"
    if let change { text += "\n\n\(signed(change, money)) against the saved plan" }
    return InlayHint(.component, line: line(component.name.span), labels: labels, tooltip: text)
  }

  // MARK: Bands

  /// What terms pay, by the item of a list that they stand in, or by themselves.
  private func bandHints(_ component: Component) -> [InlayHint] {
    guard let tally = ready.tallies[component.name.text] else { return [] }
    var entries: [String: StepTally.Entry] = [:]
    for (pointer, entry) in tally.entries {
      let place = Self.item(of: pointer) ?? pointer
      do { try entries[place, default: StepTally.Entry()].add(entry) } catch { return [] }
    }
    // A list of which one item pays is shown whole: that nobody is in a band is worth knowing too.
    let lists = Set(entries.keys.compactMap(Self.list(of:)))
    for pointer in component.configSpans.keys where entries[pointer] == nil && !pointer.hasSuffix("#key") {
      if let list = Self.list(of: pointer), lists.contains(list), Self.item(of: pointer) == pointer {
        entries[pointer] = StepTally.Entry()
      }
    }
    return entries.sorted { $0.key < $1.key }.compactMap { pointer, entry in
      guard component.configSpans[pointer] != nil, !pointer.isEmpty else { return nil }
      return hint(component, pointer, entry)
    }
  }

  private func hint(_ component: Component, _ pointer: String, _ entry: StepTally.Entry) -> InlayHint? {
    let isItem = Self.item(of: pointer) == pointer
    // Rounding and the like come to less than one unit of the currency.
    let magnitude = entry.amount < .zero ? entry.amount.negated : entry.amount
    if !isItem, magnitude < .one { return nil }
    let line = line(component.span(of: pointer))
    if entry.payees.isEmpty {
      return InlayHint(.band, line: line, labels: ["nobody"], tooltip: "nobody in \(ready.periodWord)")
    }
    let people = preview.result.data.people
    let names = entry.payees.sorted().map { people.ids[Int($0)] }
    let count = names.count == 1 ? "1 payee" : "\(names.count) payees"
    let amount = money(entry.amount)
    var labels = ["\(count) · \(amount)", "\(names.count) · \(amount)", whole(entry.amount)]
    if names.count <= 3 { labels.insert("\(names.joined(separator: ", ")) · \(amount)", at: 0) }
    let unit = preview.unit(of: component.name.text)
    let shown = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    return InlayHint(
      .band, line: line, labels: labels,
      tooltip: "**\(amount)** \(unit) in \(ready.periodWord), to \(count): \(shown)")
  }

  /// The innermost item of a list that a pointer names or leads into: `/tiers/bands/1` of `/tiers/bands/1/rate`.
  private static func item(of pointer: String) -> String? {
    var tokens = pointer.split(separator: "/")
    while let last = tokens.last {
      if Int(last) != nil { return "/" + tokens.joined(separator: "/") }
      tokens.removeLast()
    }
    return nil
  }

  /// The list of an item.
  private static func list(of pointer: String) -> String? {
    item(of: pointer).flatMap { item in item.lastIndex(of: "/").map { String(item[..<$0]) } }
  }
}
