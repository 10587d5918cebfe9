import Diagnostics
import Expressions
import Money
import PlanCalendar
import PlanModel
import Tables
import YAMLSource

/// Reads `settle`: the steps between what is earned and what is paid.
struct SettleReading {
  private enum Kind: String, CaseIterable {
    case cap, draw, clawback, holdback, carry
  }

  let context: ReadingContext
  let currency: Currency
  let components: [String]
  let measures: [String]
  let calendar: PlanCalendar

  func read(_ node: YAMLNode) -> Settle? {
    guard var reader = MappingReader(node, "`settle`", context) else { return nil }
    let opening = reader.optionalText("opening")
    let payIn = reader.optional("pay_in").flatMap { self.payIn($0) }
    let steps = reader.required("steps", why: "name the steps, in the order in which they are taken")
    reader.finish()
    if let opening, let table = context.table(opening) {
      for column in Settle.balanceColumns { context.column(Named(column, opening.span), of: table) }
    }
    guard let steps else { return nil }
    guard let pairs = steps.pairs else {
      context.report(.wrongType, "`steps` must be a mapping of names", at: steps.span)
      return nil
    }
    return Settle(steps: pairs.compactMap { step($0) }, opening: opening, payIn: payIn)
  }

  private func payIn(_ node: YAMLNode) -> PayCurrency? {
    guard var reader = MappingReader(node, "`pay_in`", context) else { return nil }
    let attribute = reader.text("attribute", why: "the payees' attribute with the code of their currency")
    let rates = RateReading(context: context).read(&reader)
    let day = reader.statedWord(
      "day", PayCurrency.Day.self,
      asking: "the rate of which day counts: the period's first, its last, or that of payment")
    let mode = reader.optionalWord("mode", RoundingMode.self)
    reader.finish()
    if let attribute, context.attributes[attribute.text] != .text {
      context.report(
        .unknownName, "payees have no attribute `\(attribute.text)` that is a text", at: attribute.span,
        help: Suggestion.help(for: attribute.text, in: Array(context.attributes.keys)))
    }
    guard let attribute, let rates, let day else { return nil }
    return PayCurrency(
      attribute: attribute.text, rates: rates, day: day, mode: mode ?? .halfEven,
      place: Named("pay_in", node.span.firstLine))
  }

  private func step(_ pair: YAMLPair) -> Settle.Step? {
    if pair.key.contains(".") {
      context.report(.wrongValue, "the name of a step has no point in it", at: pair.keySpan)
    }
    if (components + measures + ["payee"]).contains(pair.key) {
      context.report(
        .duplicateName, "`\(pair.key)` names another figure of the statement already", at: pair.keySpan)
    }
    guard var reader = MappingReader(pair.value, "step `\(pair.key)`", context) else { return nil }
    _ = reader.required("kind", why: "write `kind:` with cap, draw, clawback, holdback or carry")
    guard let word = reader.optionalWord("kind", Kind.self) else {
      if pair.value["kind"] == nil { reader.finish() }
      return nil
    }
    let taking = reader.texts("components") ?? []
    check(taking)
    let kind: Settle.Kind? =
      switch word {
      case .cap: cap(&reader)
      case .draw: draw(&reader)
      case .clawback: ClawbackReading(settle: self).read(&reader)
      case .holdback: holdback(&reader)
      case .carry: .carry
      }
    let recovery =
      word == .cap || word == .holdback ? nil : reader.optional("recover").map { self.recovery($0) }
    reader.finish()
    return kind.map {
      Settle.Step(
        name: Named(pair.key, pair.keySpan), kind: $0, components: taking,
        recovery: recovery ?? Settle.Recovery())
    }
  }

  func check(_ names: [Named]) {
    for name in names where !components.contains(name.text) {
      context.report(
        .unknownName, "there is no component `\(name.text)`", at: name.span,
        help: Suggestion.help(for: name.text, in: components))
    }
  }

  /// What a cap holds for, when it is not each period.
  private enum Span: String, CaseIterable { case period, quarter, half, year }

  private func cap(_ reader: inout MappingReader) -> Settle.Kind? {
    let amount = amount(&reader)
    let window = reader.optionalWord("per", Span.self).flatMap { Grain(rawValue: $0.rawValue) }
    if let window, let period = calendar.period(cutBy: window), let node = reader.node["per"] {
      context.report(
        .calendarEdge, "period \(period.label) does not lie in one \(window.rawValue)", at: node.span)
    }
    return amount.map { .cap(Settle.Cap(amount: $0, window: window)) }
  }

  private func amount(_ reader: inout MappingReader) -> Settle.Amount? {
    guard let node = reader.required("amount", why: "an amount a period, or `payee.ATTRIBUTE`") else {
      return nil
    }
    if let text = node.scalar?.text, text.hasPrefix("payee.") {
      let name = String(text.dropFirst("payee.".count))
      guard let type = context.attributes[name] else {
        context.report(
          .unknownName, "payees have no attribute `\(name)`", at: node.span,
          help: Suggestion.help(for: name, in: Array(context.attributes.keys)))
        return nil
      }
      if type != .number {
        context.report(.wrongType, "attribute `\(name)` is no amount", at: node.span)
      }
      return .attribute(name)
    }
    return money(node, reader).map { .fixed($0) }
  }

  /// An amount of the plan's currency, not below zero.
  private func money(_ node: YAMLNode, _ reader: MappingReader) -> ExactDecimal? {
    guard let number = reader.number(node, currency) else { return nil }
    if number < .zero || number.normalized.scale > currency.places {
      context.report(
        .wrongValue, "an amount of \(currency.code) that is not below zero is wanted here", at: node.span)
      return nil
    }
    return number
  }

  private func draw(_ reader: inout MappingReader) -> Settle.Kind? {
    let amount = amount(&reader)
    let payment = reader.statedWord(
      "pays", Settle.Draw.Payment.self,
      asking: "the whole amount as an `advance`, or a `top_up` of what is missing")
    let recoverable = flag("recoverable", &reader)
    let (from, to) = (reader.optionalDate("from"), reader.optionalDate("to"))
    guard let amount, let payment, let recoverable else { return nil }
    return .draw(
      Settle.Draw(amount: amount, payment: payment, isRecoverable: recoverable, from: from, to: to))
  }

  private func flag(_ key: String, _ reader: inout MappingReader) -> Bool? {
    guard let node = reader.optional(key) else {
      reader.reportAbsent(
        key, .unstatedRule,
        "\(reader.what) must state `\(key)`: whether what it pays is taken back from later pay",
        at: reader.node.span.firstLine, help: "write `\(key): true` or `\(key): false`")
      return nil
    }
    if case .boolean(let flag)? = node.scalar?.value { return flag }
    context.report(.wrongType, "true or false is wanted here", at: node.span)
    return nil
  }

  private func holdback(_ reader: inout MappingReader) -> Settle.Kind? {
    let share = reader.required("share").flatMap { context.share($0) }
    _ = reader.required("release_after", why: "how many days after the period's last day it is paid")
    let days = reader.optionalInteger("release_after", 0...36_600)
    let rounding = reader.rounding("round", places: currency.places)
    guard let share, let days else { return nil }
    return .holdback(
      Settle.Holdback(
        share: share, releaseAfter: days,
        rounding: rounding ?? Rounding(places: currency.places, mode: .halfEven)))
  }

  private func recovery(_ node: YAMLNode) -> Settle.Recovery {
    guard var reader = MappingReader(node, "`recover`", context) else { return Settle.Recovery() }
    let from = reader.optionalDate("from")
    let after = reader.optionalInteger("after", 0...36_600)
    let most = reader.optional("max")
    let share = reader.optional("share").flatMap { context.share($0) }
    let floor = reader.optional("floor")
    reader.finish()
    return Settle.Recovery(
      from: from, after: after, most: most.flatMap { money($0, reader) }, share: share,
      floor: floor.flatMap { money($0, reader) } ?? .zero)
  }
}
