import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads `split` of a credit rule: the people who share its rows, and their shares.
struct SplitReading {
  /// What the shares of a row add up to.
  private enum Total: String, CaseIterable {
    case whole = "100%"
    /// Shares stand side by side, as with overlays.
    case any
  }

  let context: ReadingContext
  let credited: TableSchema?
  let rule: Named

  func read(_ node: YAMLNode) -> Split? {
    guard var reader = MappingReader(node, "`split`", context) else { return nil }
    let table = context.table(reader.text("table"))
    var row = context.column(reader.text("row", why: "the column with the split row's id"), of: table)
    let person = context.column(reader.text("person"), of: table)
    let condition = reader.condition("where", names: table?.names, day: nil)
    let total = reader.optionalWord("total", Total.self) ?? .whole
    let shares = shares(&reader, table, total)
    let remainder = remainder(&reader, total)
    let quantities = reader.optional("quantities").map { self.quantities($0) } ?? [:]
    reader.finish()
    guard let table, let own = row, let person, let shares, remainder != nil || total == .any else {
      return nil
    }
    if let condition {
      row = add("rows of", type(of: own, table), .cells(own, only: condition), to: table)
    }
    let percent =
      switch shares {
      case .column(let column): column
      case .stated(let by, let roles, let vacant):
        add(
          "shares of", .percent(places: StatedShares.places),
          .shares(
            StatedShares(
              row: row ?? own, person: person, by: by, roles: roles, vacant: vacant, isWhole: total == .any)),
          to: table)
      }
    return Split(
      table: table.name, row: row ?? own, person: person, percent: percent, remainder: remainder,
      quantities: quantities)
  }

  /// Adds a column that the rule works out for itself; its name.
  private func add(
    _ what: String, _ type: ColumnType, _ source: ComputedColumn.Source, to table: TableSchema
  ) -> String {
    let column = ColumnSchema(name: "\(what) `\(rule.text)`", type: type, isOptional: true)
    context.add(ComputedColumn(table: table.name, column: column, source))
    return column.name
  }

  private func type(of column: String, _ table: TableSchema) -> ColumnType {
    table.columns.first { $0.name == column }?.type ?? .text
  }

  // MARK: Shares

  private enum Shares {
    case column(String)
    case stated(by: String?, [StatedShares.OfRole], StatedShares.Vacant)
  }

  /// The column `percent`, or `shares`: `equal`, or `{by: COLUMN, of: {ROLE: share}}`.
  private func shares(_ reader: inout MappingReader, _ table: TableSchema?, _ total: Total) -> Shares? {
    let percent = reader.optionalText("percent")
    let stated = reader.optional("shares")
    guard (percent == nil) != (stated == nil) else {
      reader.reportAbsent(
        "percent", .missingKey, "`split` must have either `percent` or `shares`",
        at: reader.node.span.firstLine,
        help:
          "`percent` names the column with each person's share; `shares: equal` or by role states them here")
      return nil
    }
    guard let stated else { return context.column(percent, of: table, wanted: [.number]).map { .column($0) } }
    guard stated.pairs != nil else { return equal(reader, stated, total) }
    return byRole(stated, table, total)
  }

  private func equal(_ reader: MappingReader, _ node: YAMLNode, _ total: Total) -> Shares? {
    context.record?.note(.words(["equal"]), at: node.span)
    guard reader.named(node)?.text == "equal" else {
      context.report(
        .wrongValue, "`shares` is `equal`, or states shares by role", at: node.span,
        help: "write `shares: {by: COLUMN, of: {owner: 60%, support: 40%}}`")
      return nil
    }
    if total == .any {
      context.report(.wrongValue, "equal shares add up to 100%, and leave no `total: any`", at: node.span)
    }
    return .stated(by: nil, [], .reject)
  }

  private func byRole(_ node: YAMLNode, _ table: TableSchema?, _ total: Total) -> Shares? {
    guard var reader = MappingReader(node, "`shares`", context) else { return nil }
    let by = context.column(reader.text("by", why: "the column with each person's role"), of: table)
    let of = reader.required("of", why: "the share of each role: `of: {owner: 60%, support: 40%}`")
    let vacant: StatedShares.Vacant?
    if total == .any {
      vacant = .reject
      if let stated = reader.optional("vacant") {
        context.report(.wrongValue, "shares that need not add up leave nothing vacant", at: stated.span)
      }
    } else {
      vacant = reader.statedWord(
        "vacant", StatedShares.Vacant.self,
        asking: "what becomes of the share of a role that nobody has on a row")
    }
    reader.finish()
    guard let of else { return nil }
    guard let pairs = of.pairs, !pairs.isEmpty else {
      context.report(.wrongType, "`of` must map roles to shares", at: of.span)
      return nil
    }
    let roles = pairs.compactMap { pair -> StatedShares.OfRole? in
      guard let share = context.share(pair.value) else { return nil }
      if share <= .zero || share > .one {
        context.report(.wrongValue, "a role gets more than 0%, and at most 100%", at: pair.value.span)
      }
      if share.normalized.scale > StatedShares.places {
        context.report(
          .wrongValue, "a share has at most 8 digits after the point of its percentage", at: pair.value.span)
      }
      return StatedShares.OfRole(role: pair.key, share: share)
    }
    guard roles.count == pairs.count, let by, let vacant else { return nil }
    let sum = roles.reduce(ExactDecimal.zero) { sum, role in (try? sum.adding(role.share)) ?? sum }
    if total == .whole, sum != .one {
      context.report(
        .splitSum, "the shares of the roles add up to \(percent(sum)), not 100%", at: of.span,
        help: "mend them, or state `total: any` where they stand side by side")
    }
    return .stated(by: by, roles, vacant)
  }

  private func percent(_ share: ExactDecimal) -> String {
    ((try? share.multiplied(by: ExactDecimal(100)).normalized.description) ?? "?") + "%"
  }

  // MARK: What is counted and left over

  /// Columns of the credited table that are counted, and how people who share a row count them.
  private func quantities(_ node: YAMLNode) -> [String: Split.Quantity] {
    guard var reader = MappingReader(node, "`quantities`", context) else { return [:] }
    var quantities: [String: Split.Quantity] = [:]
    for pair in node.pairs ?? [] {
      context.column(Named(pair.key, pair.keySpan), of: credited, wanted: [.number])
      quantities[pair.key] = reader.optionalWord(pair.key, Split.Quantity.self)
    }
    return quantities
  }

  private func remainder(_ reader: inout MappingReader, _ total: Total) -> Split.Remainder? {
    guard total == .any else {
      return reader.statedWord(
        "remainder", Split.Remainder.self, asking: "who gets the cents that rounding leaves over")
    }
    if let node = reader.optional("remainder") {
      context.report(
        .wrongValue, "shares that need not add up leave no `remainder`: each is rounded by itself",
        at: node.span)
    }
    return nil
  }
}
