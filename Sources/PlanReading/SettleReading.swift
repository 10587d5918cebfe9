import Diagnostics
import Expressions
import Money
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
    for name in taking where !components.contains(name.text) {
      context.report(
        .unknownName, "there is no component `\(name.text)`", at: name.span,
        help: Suggestion.help(for: name.text, in: components))
    }
    let kind: Settle.Kind? =
      switch word {
      case .cap: amount(&reader).map { .cap($0) }
      case .draw: draw(&reader)
      case .clawback: clawback(&reader)
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

  private func clawback(_ reader: inout MappingReader) -> Settle.Kind? {
    let table = context.table(reader.text("table", why: "the table of deals that fell through"))
    let person = reader.text("person", why: "the column of the payee")
    let date = reader.text("date", why: "the column of the day on which it is owed")
    let since = reader.text("since", why: "the column of the day of the sale")
    let paid = reader.text("paid", why: "the column of what was paid on the deal")
    let rounding = reader.rounding("round", places: currency.places)
    let bands = reader.optional("bands")
    let days = reader.optionalInteger("pro_rata", 1...36_600)
    let columns = [
      context.column(person, of: table, wanted: [.text]), context.column(date, of: table, wanted: [.date]),
      context.column(since, of: table, wanted: [.date]), context.column(paid, of: table, wanted: [.number]),
    ].compactMap { $0 }
    let share: Settle.Clawback.Share
    switch (bands, days) {
    case (let bands?, nil): share = .bands(self.bands(bands))
    case (nil, let days?): share = .proRata(days: days)
    default:
      reader.reportAbsent(
        "bands", .unstatedRule,
        "\(reader.what) must state either `bands` or `pro_rata`: how much of what was paid is owed",
        at: reader.node.span.firstLine,
        help: "write `bands: [{within: 90, share: 100%}]`, or `pro_rata: 365` for the days that are left")
      return nil
    }
    guard let table, columns.count == 4 else { return nil }
    return .clawback(
      Settle.Clawback(
        table: table.name, person: columns[0], date: columns[1], since: columns[2], paid: columns[3],
        share: share, rounding: rounding ?? Rounding(places: currency.places, mode: .halfEven)))
  }

  private func bands(_ node: YAMLNode) -> [(within: Int, share: ExactDecimal)] {
    var bands: [(within: Int, share: ExactDecimal)] = []
    for item in node.items ?? [node] {
      guard var reader = MappingReader(item, "a band", context) else { continue }
      let share = reader.required("share").flatMap { context.share($0) }
      _ = reader.required("within", why: "how many days after the sale the band reaches")
      let within = reader.optionalInteger("within", 0...36_600)
      reader.finish()
      guard let within, let share else { continue }
      if let last = bands.last, within <= last.within {
        context.report(.wrongValue, "bands must go up in days", at: item.span)
      }
      bands.append((within, share))
    }
    return bands
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
    let most = reader.optional("max")
    let floor = reader.optional("floor")
    reader.finish()
    return Settle.Recovery(
      from: from, most: most.flatMap { money($0, reader) },
      floor: floor.flatMap { money($0, reader) } ?? .zero)
  }
}
