import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads `quota`: rows of what people, roles or teams are wanted to reach, and which part of it counts.
struct QuotaReading {
  let context: ReadingContext

  func read(_ node: YAMLNode, isToDate: Bool) -> Quota? {
    guard var reader = MappingReader(node, "`quota`", context) else { return nil }
    let table = context.table(reader.text("table"))
    let holder = holder(&reader, table)
    let change = reader.optionalWord("changes", Quota.Change.self)
    let amount = context.column(reader.text("amount"), of: table, wanted: [.number])
    let scale = reader.optional("scale").flatMap { context.share($0) }
    let date = reader.optionalText("date")
    let label = reader.optionalText("period")
    let target =
      isToDate
      ? reader.statedWord(
        "against", Quota.Target.self, asking: "the whole window's quota, or the quota so far")
      : reader.optionalWord("against", Quota.Target.self) ?? .full
    let zero = reader.statedWord(
      "zero_quota", Quota.Zero.self, asking: "how a quota of zero, or none at all, is read")
    let conversion = reader.optional("convert").map { self.conversion($0, table) }
    let active = reader.optional("active_days").map { activeDays($0) }
    let ramp = reader.optional("ramp").map { self.ramp($0) }
    checkChange(change, holder, reader.node)
    reader.finish()
    let placement = placement(date, label, table, node)
    guard let table, let holder, let amount, let placement, let target, let zero, active != .some(nil),
      ramp != .some(nil), conversion != .some(nil)
    else { return nil }
    var quota = Quota(
      table: table.name, holder: holder, change: change ?? .lastDay, placement: placement, amount: amount,
      scale: scale ?? .one,
      target: target, zero: zero, active: active ?? nil, ramp: ramp ?? nil)
    quota.conversion = conversion ?? nil
    return quota
  }

  private func conversion(_ node: YAMLNode, _ table: TableSchema?) -> QuotaConversion? {
    guard var reader = MappingReader(node, "`convert`", context) else { return nil }
    let own = context.column(
      reader.text("from", why: "the column of the quotas with their currency"), of: table, wanted: [.text])
    let rates = RateReading(context: context).read(&reader)
    let day: QuotaConversion.Day?
    if rates?.at == .plan || node["at"]?.scalar?.text == RateTable.At.plan.rawValue {
      day = reader.optionalWord("day", QuotaConversion.Day.self) ?? .periodEnd
    } else {
      day = reader.statedWord(
        "day", QuotaConversion.Day.self,
        asking: "by the rate of which day quotas are converted: the period's first or its last")
    }
    reader.finish()
    guard let own, let rates, let day else { return nil }
    return QuotaConversion(currency: own, rates: rates, day: day)
  }

  /// By the day counts people who change, and with that those who come and go; what does so too would count twice.
  private func checkChange(_ change: Quota.Change?, _ holder: Quota.Holder?, _ quota: YAMLNode) {
    guard let change, let node = quota["changes"] else { return }
    if case .person? = holder {
      context.report(
        .wrongValue, "`changes` is of quotas of roles and teams, and these are of persons", at: node.span)
    } else if change == .byDay, let active = quota["active_days"] {
      context.report(
        .wrongValue, "`active_days` and `changes: by-day` would count the same days twice", at: active.span,
        help: "days on which somebody has no attribute count for nothing by day already")
    }
  }

  private func placement(
    _ date: Named?, _ label: Named?, _ table: TableSchema?, _ node: YAMLNode
  ) -> Quota.Placement? {
    switch (
      context.column(date, of: table, wanted: [.date]), context.column(label, of: table, wanted: [.text])
    ) {
    case (let column?, nil): return .date(column)
    case (nil, let column?): return .label(column)
    default:
      if date == nil, label == nil || date != nil {
        context.report(
          .missingKey, "`quota` must have either `date` or `period`", at: node.span.firstLine,
          help: "`date` names a column of days inside the period, `period` a column of labels like 2026-03")
      }
      return nil
    }
  }

  /// Whose quota a row is: `person: COLUMN`, or `of: {ATTRIBUTE: COLUMN}`.
  private func holder(_ reader: inout MappingReader, _ table: TableSchema?) -> Quota.Holder? {
    guard let node = reader.optional("of") else {
      return context.column(
        reader.text("person", why: "the column with the person's id, or `of: {ATTRIBUTE: COLUMN}`"), of: table
      ).map { .person($0) }
    }
    if let person = reader.optional("person") {
      context.report(.wrongValue, "`person` and `of` exclude each other", at: person.span)
    }
    guard let pairs = node.pairs, pairs.count == 1, let pair = pairs.first else {
      context.report(
        .wrongType, "`of` must map one attribute of the payees to a column", at: node.span,
        help: "write `of: {role: COLUMN}`")
      return nil
    }
    let attribute = context.attribute(Named(pair.key, pair.keySpan))
    let column = context.column(pair.value.scalar.map { Named($0.text, pair.value.span) }, of: table)
    guard let attribute, let column else { return nil }
    return .attribute(attribute, column: column)
  }

  private func activeDays(_ node: YAMLNode) -> ActiveDays? {
    guard var reader = MappingReader(node, "`active_days`", context) else { return nil }
    let from = reader.optionalText("from")
    let to = reader.optionalText("to")
    let leave = reader.optional("leave").map { self.leave($0) }
    let firstDay = reader.statedWord(
      "first_day", ActiveDays.FirstDay.self, asking: "whether somebody's first day counts as an active one")
    if from == nil, to == nil, leave == nil {
      reader.reportAbsent(
        "from", .missingKey, "`active_days` names no days", at: node.span.firstLine,
        help: "state `from`, `to` (attributes with the first and the last day) or `leave`")
    }
    reader.finish()
    let days = [from, to].map { $0.map { context.attribute($0, wanted: .date) } }
    guard let firstDay, leave != .some(nil), !days.contains(.some(nil)) else { return nil }
    return ActiveDays(from: from?.text, to: to?.text, firstDay: firstDay, leave: leave ?? nil)
  }

  private func leave(_ node: YAMLNode) -> ActiveDays.Leave? {
    guard var reader = MappingReader(node, "`leave`", context) else { return nil }
    let table = context.table(reader.text("table"))
    let person = context.column(reader.text("person"), of: table)
    let from = context.column(reader.text("from"), of: table, wanted: [.date])
    let to = context.column(reader.text("to"), of: table, wanted: [.date])
    reader.finish()
    guard let table, let person, let from, let to else { return nil }
    return ActiveDays.Leave(table: table.name, person: person, from: from, to: to)
  }

  private func ramp(_ node: YAMLNode) -> Ramp? {
    guard var reader = MappingReader(node, "`ramp`", context) else { return nil }
    let since = reader.text("since", why: "the attribute with the day of the first period")
    let list = reader.required("shares", why: "the share of the first period, then those of the next ones")
    reader.finish()
    guard let items = list?.items, !items.isEmpty else {
      if let list { context.report(.wrongType, "`shares` must be a list of shares", at: list.span) }
      return nil
    }
    let shares = items.compactMap { context.share($0) }
    let attribute = since.flatMap { context.attribute($0, wanted: .date) }
    guard let attribute, shares.count == items.count else { return nil }
    return Ramp(since: attribute, shares: shares)
  }
}
