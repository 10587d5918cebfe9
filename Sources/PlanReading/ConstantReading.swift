import Diagnostics
import Expressions
import PlanCalendar
import PlanModel
import YAMLSource

/// Reads a named constant: a value that always holds, or values from days on.
struct ConstantReading {
  let context: ReadingContext

  func read(_ pair: YAMLPair) -> NamedConstant? {
    if let items = pair.value.items, items.contains(where: { $0.pairs != nil }) { return dated(items, pair) }
    return value(pair.value).map { NamedConstant(values: [(nil, $0)], source: "\($0)") }
  }

  private func dated(_ items: [YAMLNode], _ pair: YAMLPair) -> NamedConstant? {
    var values: [(from: CalendarDate?, value: Expression.Value)] = []
    for item in items {
      guard var reader = MappingReader(item, "a value of constant `\(pair.key)`", context) else { return nil }
      let from = reader.optionalDate("from")
      let node = reader.required("value")
      reader.finish()
      guard let value = node.flatMap({ value($0) }) else { return nil }
      if let last = values.last, !ascends(from, after: last.from) {
        context.report(
          .wrongValue, "the first days of constant `\(pair.key)` must ascend", at: item.span.firstLine,
          help: "each value holds from its `from` until the next one's; only the first may have none")
        return nil
      }
      values.append((from, value))
    }
    return NamedConstant(values: values, source: "\(values)")
  }

  private func ascends(_ day: CalendarDate?, after last: CalendarDate?) -> Bool {
    guard let day else { return false }
    return last.map { $0 < day } ?? true
  }

  private func value(_ node: YAMLNode) -> Expression.Value? {
    if let items = node.items {
      let values = items.compactMap { value($0) }
      return values.count == items.count ? .list(values) : nil
    }
    guard let scalar = node.scalar else {
      context.report(
        .wrongType, "a number, text, day, boolean or a list of them is wanted here", at: node.span)
      return nil
    }
    if let number = ScalarNumber(scalar) { return .number(number.value) }
    if scalar.style == .plain, let date = CalendarDate(scalar.text) { return .date(date) }
    switch scalar.value {
    case .boolean(let flag): return .boolean(flag)
    case .null: return .null
    default: return .text(scalar.text)
    }
  }
}
