import Diagnostics
import Expressions
import Money
import PlanModel
import YAMLSource

/// Reads the ready-made measures: figures of formulas that the field has names for.
///
/// Each is put together from the formulas below it. Worked number: of four leads, two won and one lost, `win_rate` is
/// 2 by 3 of those that are closed, and 2 by 4 of all.
struct ReadyMadeReading {
  /// What a ready-made measure is a figure of.
  struct Parts {
    let kind: Figure.Kind
    let value: Expression
    let base: Expression?
  }

  /// Which customers, and what of them, a retention looks at.
  private enum Retained: String, CaseIterable {
    case logos
    case netRevenue = "net-revenue"
    case grossRevenue = "gross-revenue"
  }

  /// Those that add up, and so have a figure without any line.
  static let sums = ["margin", "collected"]
  static let words =
    sums + ["win_rate", "conversion", "new_customer_rate", "retention", "days_to_collect"]

  let figures: FigureReading
  private var context: ReadingContext { figures.context }

  func read(_ word: String, _ node: YAMLNode) -> Parts? {
    guard var reader = MappingReader(node, "`\(word)`", context) else { return nil }
    defer { reader.finish() }
    switch word {
    case "margin": return margin(&reader)
    case "collected": return collected(&reader)
    case "win_rate": return share(&reader, of: "won", among: "out_of")
    case "conversion": return share(&reader, of: "to", among: "from")
    case "new_customer_rate": return newCustomers(&reader)
    case "retention": return retention(&reader)
    default: return daysToCollect(&reader)
    }
  }

  /// The price less the cost of each line, or a least that a line counts.
  ///
  /// Worked number: lines of 100.00 that cost 60.00 and 130.00 come to 40.00 with a floor of 0, and to 10.00 without.
  private func margin(_ reader: inout MappingReader) -> Parts? {
    let price = formula("price", .number, &reader)
    let cost = formula("cost", .number, &reader)
    guard let floor = stated("floor", &reader, "the least that a line counts: `none`, or a number like 0"),
      let price, let cost
    else { return nil }
    let margin = "(\(price)) - (\(cost))"
    if floor.scalar?.text == "none" { return parts(.sum, margin, nil, reader.node) }
    guard let least = reader.number(floor, figures.currency) else { return nil }
    return parts(.sum, "math.greatest(\(margin), \(least))", nil, reader.node)
  }

  /// The amounts of the lines that money came in for, at all or within days of the line's own.
  private func collected(_ reader: inout MappingReader) -> Parts? {
    let day = formula("on", .date, &reader)
    let amount = reader.optional("amount").map { figures.expression($0, .number) }
    let within = reader.optionalInteger("within", 0...3660)
    guard let day, amount != .some(nil) else { return nil }
    let test = "(\(day)) != null" + (within.map { " && date.daysUntil(\(day)) <= \($0)" } ?? "")
    let counted = amount.flatMap { $0?.written } ?? "amount"
    return parts(.sum, "\(test) ? (\(counted)) : 0", nil, reader.node)
  }

  /// The part of the lines that a condition picks for which another holds too, by their number or by a formula.
  private func share(_ reader: inout MappingReader, of word: String, among whole: String) -> Parts? {
    let part = condition(word, &reader)
    let among = stated(whole, &reader, "which lines are all: a condition, or `all`")
    let weight = weight("by", &reader, "whether lines are counted, or weighed by a formula like `amount`")
    guard let part, let among, let weight else { return nil }
    if among.scalar?.text == "all" {
      return parts(.ratio, "(\(part)) ? (\(weight)) : 0", weight, reader.node)
    }
    guard let all = figures.expression(among, .boolean)?.written else { return nil }
    return parts(
      .ratio, "(\(all)) && (\(part)) ? (\(weight)) : 0", "(\(all)) ? (\(weight)) : 0", reader.node)
  }

  /// The part of the customers that bought who are new.
  private func newCustomers(_ reader: inout MappingReader) -> Parts? {
    let customer = formula("customer", .any, &reader)
    let new = condition("new", &reader)
    guard let customer, let new else { return nil }
    return parts(.distinctRatio, "(\(new)) ? (\(customer)) : null", customer, reader.node)
  }

  /// What is left at the end of what customers had at the beginning; who had nothing then does not count.
  private func retention(_ reader: inout MappingReader) -> Parts? {
    let opening = formula("opening", .number, &reader)
    let closing = formula("closing", .number, &reader)
    let of = reader.statedWord(
      "of", Retained.self,
      asking: "whether customers are counted, or their revenue with or without what it grew")
    guard let opening, let closing, let of else { return nil }
    let (value, base) =
      switch of {
      case .logos: ("(\(opening)) > 0 && (\(closing)) > 0 ? 1 : 0", "(\(opening)) > 0 ? 1 : 0")
      case .netRevenue: ("(\(opening)) > 0 ? (\(closing)) : 0", "(\(opening)) > 0 ? (\(opening)) : 0")
      case .grossRevenue:
        (
          "(\(opening)) > 0 ? math.least((\(closing)), (\(opening))) : 0",
          "(\(opening)) > 0 ? (\(opening)) : 0"
        )
      }
    return parts(.ratio, value, base, reader.node)
  }

  /// The average days between two days, where both are there.
  private func daysToCollect(_ reader: inout MappingReader) -> Parts? {
    let from = formula("from", .date, &reader)
    let to = formula("to", .date, &reader)
    let weight = weight(
      "by", &reader, "whether each line counts alike, or is weighed by a formula like `amount`")
    guard let from, let to, let weight else { return nil }
    let both = "(\(from)) != null && (\(to)) != null"
    return parts(
      .ratio, "\(both) ? (\(from)).daysUntil(\(to)) * (\(weight)) : 0", "\(both) ? (\(weight)) : 0",
      reader.node)
  }

  // MARK: What stands below the names

  private func formula(
    _ key: String, _ wanted: Expression.ValueType, _ reader: inout MappingReader
  ) -> String? {
    reader.required(key).flatMap { figures.expression($0, wanted)?.written }
  }

  private func condition(_ key: String, _ reader: inout MappingReader) -> String? {
    formula(key, .boolean, &reader)
  }

  private func stated(_ key: String, _ reader: inout MappingReader, _ question: String) -> YAMLNode? {
    if let node = reader.optional(key) { return node }
    reader.reportAbsent(
      key, .unstatedRule, "\(reader.what) must state `\(key)`: \(question)", at: reader.node.span.firstLine)
    return nil
  }

  /// What each line counts: 1 for `lines`, or a formula.
  private func weight(_ key: String, _ reader: inout MappingReader, _ question: String) -> String? {
    guard let node = stated(key, &reader, question) else { return nil }
    return node.scalar?.text == "lines" ? "1" : figures.expression(node, .number)?.written
  }

  private func parts(_ kind: Figure.Kind, _ value: String, _ base: String?, _ node: YAMLNode) -> Parts? {
    let wanted: Expression.ValueType = kind.tellsApart ? .any : .number
    guard let value = figures.composed(value, wanted, node) else { return nil }
    guard let base else { return Parts(kind: kind, value: value, base: nil) }
    return figures.composed(base, wanted, node).map { Parts(kind: kind, value: value, base: $0) }
  }
}

extension Expression {
  /// The text, so that more can be written behind it.
  fileprivate var written: String { text.contains("//") ? text + "\n" : text }
}
