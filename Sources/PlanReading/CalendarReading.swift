import Diagnostics
import PlanCalendar
import PlanModel
import YAMLSource

/// Reads `calendar`: regular periods from a day to a day, or periods that begin on given days.
struct CalendarReading {
  let context: ReadingContext

  func read(_ node: YAMLNode) -> PlanCalendar? {
    guard var reader = MappingReader(node, "`calendar`", context) else { return nil }
    let grain = reader.optionalWord("period", Grain.self)
    let from = reader.optional("from")
    let starts = reader.optional("starts")
    let last = reader.required("to", why: "the last day of the plan")
    let fiscalYearStart = reader.optionalInteger("fiscal_year_start", 1...12) ?? 1
    reader.finish()
    guard let last, let end = reader.date(last)?.adding(days: 1) else { return nil }
    if let starts { return given(starts, end, fiscalYearStart, reader) }
    guard let from, let start = reader.date(from) else {
      if from == nil {
        context.report(
          .missingKey, "`calendar` has neither `from` nor `starts`", at: node.span.firstLine,
          help: "write `period: month`, `from: 2026-01-01`, `to: 2026-12-31`")
      }
      return nil
    }
    guard let grain else {
      if node["period"] == nil {
        context.report(
          .missingKey, "`calendar` has no `period`", at: node.span.firstLine,
          help: "one of `month`, `quarter`, `half`, `year`")
      }
      return nil
    }
    guard start < end else {
      context.report(.calendarEdge, "the calendar ends before it begins", at: last.span)
      return nil
    }
    var isGood = edge(start, grain, fiscalYearStart, from.span, "begins")
    isGood = edge(end, grain, fiscalYearStart, last.span, "ends") && isGood
    return isGood ? PlanCalendar(grain: grain, from: start, to: end, fiscalYearStart: fiscalYearStart) : nil
  }

  private func edge(
    _ date: CalendarDate, _ grain: Grain, _ fiscalYearStart: Int, _ span: SourceSpan, _ verb: String
  ) -> Bool {
    let start = PlanCalendar.windowStart(grain, of: date, fiscalYearStart: fiscalYearStart)
    if start == date { return true }
    let next = start.startOfMonth(adding: grain.months)
    let (before, after) = verb == "begins" ? (start, next) : (start.adding(days: -1), next.adding(days: -1))
    context.report(
      .calendarEdge, "no \(grain.rawValue) \(verb) on this day", at: span,
      help: "the nearest ones are \(before) and \(after)")
    return false
  }

  private func given(
    _ node: YAMLNode, _ end: CalendarDate, _ fiscalYearStart: Int, _ reader: MappingReader
  ) -> PlanCalendar? {
    guard let items = node.items, !items.isEmpty else {
      context.report(.wrongType, "`starts` must be a list of days", at: node.span)
      return nil
    }
    let starts = items.compactMap { reader.date($0) }
    guard starts.count == items.count else { return nil }
    for (index, start) in starts.enumerated() {
      let next = index + 1 < starts.count ? starts[index + 1] : end
      if next <= start {
        let place = index + 1 < items.count ? items[index + 1].span : node.span
        context.report(.calendarEdge, "the days on which periods begin must ascend, up to `to`", at: place)
        return nil
      }
    }
    let periods = starts.enumerated().map { index, start in
      Period(label: start.description, start: start, end: index + 1 < starts.count ? starts[index + 1] : end)
    }
    return PlanCalendar(periods: periods, fiscalYearStart: fiscalYearStart)
  }
}
