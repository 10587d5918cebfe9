import Diagnostics
import Engine
import ModuleProtocol
import Money
import PlanCalendar
import PlanModel
import Sessions

/// Puts a preview into the words that stand at the ends of lines.
struct HintMaking {
  private let preview: PayoutPreview
  private let period: Int?
  private let periodWord: String
  private let currency: Currency
  private let baseline: PayoutPreview?
  /// The shown period in the baseline's calendar; an absent one leaves nothing to compare with.
  private let baselinePeriod: Int?
  private let against: String

  init(_ ready: ReadyPreview, baseline: Bench.Baseline?) {
    (preview, period, periodWord) = (ready.preview, ready.period, ready.periodWord)
    currency = preview.result.data.plan.currency
    against = "against the \(baseline?.word ?? "saved") plan"
    let calendar = baseline?.preview?.result.data.plan.calendar
    let label = ready.period.map { ready.preview.result.data.plan.calendar.periods[$0].label }
    baselinePeriod = label.flatMap { label in calendar?.periods.firstIndex { $0.label == label } }
    self.baseline = label != nil && baselinePeriod == nil ? nil : baseline?.preview
  }

  private func money(_ amount: ExactDecimal) -> String {
    ((try? amount.rounded(to: currency.places, .halfEven)) ?? amount).padded(to: currency.places).grouped
  }

  private func whole(_ amount: ExactDecimal) -> String {
    (try? amount.rounded(to: 0, .halfEven))?.grouped ?? amount.grouped
  }

  private func signed(_ amount: ExactDecimal, _ text: (ExactDecimal) -> String) -> String {
    (amount < .zero ? "" : "+") + text(amount)
  }

  /// The difference to what the baseline pays; nil when there is none.
  private func change(_ total: (PayoutPreview, Int?) -> ExactDecimal?) -> ExactDecimal? {
    guard let baseline, let after = total(preview, period), let before = total(baseline, baselinePeriod),
      let change = try? after.subtracting(before), !change.isZero
    else { return nil }
    return change
  }

  /// What the plan pays.
  var plan: InlayHint? {
    let total = preview.total(period: period)
    let change = change { $0.total(period: $1) }
    let word = period == nil ? "all" : periodWord
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
      .plan, labels: labels, tooltip: planTooltip(change), figure: total.map(money) ?? "incomplete")
  }

  private func planTooltip(_ change: ExactDecimal?) -> String {
    var text = "**\(preview.result.data.plan.name.text)**, \(currency.code)\n\n"
    for (number, label) in preview.periods.enumerated() {
      text += "- \(label): \(preview.total(period: number).map(money) ?? "incomplete")\n"
    }
    text += "- all periods: \(preview.total(period: nil).map(money) ?? "incomplete")\n"
    if let change { text += "\n\(signed(change, money)) in \(periodWord) \(against)" }
    if !preview.outcome.isComplete { text += "\n\nincomplete: these figures are not to be paid" }
    return text
  }

  /// What a component pays, and each of its terms, as far as that was counted.
  func hints(_ result: ComponentResult, _ tally: StepTally?) -> [InlayHint] {
    [hint(result)].compactMap { $0 } + (tally.map { terms(result, $0) } ?? [])
  }

  private func hint(_ result: ComponentResult) -> InlayHint? {
    let name = result.component.name.text
    guard let total = preview.total(component: name, period: period) else {
      return InlayHint(
        .component(name), labels: ["failed"], tooltip: "component `\(name)` was not computed")
    }
    let change = change { $0.total(component: name, period: $1) }
    var labels = [money(total), whole(total)]
    if let change {
      labels =
        ["\(money(total)) (\(signed(change, money)))", "\(whole(total)) (\(signed(change, whole)))"] + labels
    }
    if let unit = result.unit { labels = labels.map { "\($0) \(unit)" } + labels }
    var text = "**\(name)** pays in \(periodWord): \(money(total)) \(result.unit ?? currency.code)"
    if let change { text += "\n\n\(signed(change, money)) \(against)" }
    return InlayHint(.component(name), labels: labels, tooltip: text)
  }

  // MARK: Terms

  /// What terms pay, by the item of a list that they stand in, or by themselves.
  private func terms(_ result: ComponentResult, _ tally: StepTally) -> [InlayHint] {
    let component = result.component
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
      return hint(result, pointer, entry)
    }
  }

  private func hint(_ result: ComponentResult, _ pointer: String, _ entry: StepTally.Entry) -> InlayHint? {
    let isItem = Self.item(of: pointer) == pointer
    // Rounding and the like come to less than one unit of the currency.
    let magnitude = entry.amount < .zero ? entry.amount.negated : entry.amount
    if !isItem, magnitude < .one { return nil }
    let place = InlayHint.Place.term(component: result.component.name.text, pointer: pointer)
    if entry.payees.isEmpty {
      return InlayHint(place, labels: ["nobody"], tooltip: "nobody in \(periodWord)")
    }
    let people = preview.result.data.people
    let names = entry.payees.sorted().map { people.ids[Int($0)] }
    let count = names.count == 1 ? "1 payee" : "\(names.count) payees"
    let amount = money(entry.amount)
    var labels = ["\(count) · \(amount)", "\(names.count) · \(amount)", whole(entry.amount)]
    if names.count <= 3 { labels.insert("\(names.joined(separator: ", ")) · \(amount)", at: 0) }
    let shown = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    return InlayHint(
      place, labels: labels,
      tooltip: "**\(amount)** \(result.unit ?? currency.code) in \(periodWord), to \(count): \(shown)")
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
