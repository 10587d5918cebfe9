import Diagnostics
import PlanCalendar
import PlanModel
import YAMLSource

/// Reads `calendar`: regular periods from a day to a day, fiscal years of whole weeks, or periods that begin on given
/// days; and on which day each is paid.
struct CalendarReading {
  let context: ReadingContext

  func read(_ node: YAMLNode) -> PlanCalendar? {
    guard var reader = MappingReader(node, "`calendar`", context) else { return nil }
    let grain = reader.optionalWord("period", Grain.self)
    let from = reader.optional("from")
    let starts = reader.optional("starts")
    let weeks = reader.optionalWord("weeks", WeekYears.Pattern.self)
    let years = reader.optional("years")
    let last = reader.required("to", why: "the last day of the plan")
    let fiscalYearStart = reader.optionalInteger("fiscal_year_start", 1...12)
    let payment = reader.optional("payment")
    reader.finish()
    let paid = payment.flatMap { PaymentReading(context: context).read($0) }
    guard let last, let end = reader.date(last)?.adding(days: 1) else { return nil }
    refuse(reader, both: node["weeks"] == nil ? "starts" : "weeks", with: weeksExclude(node))
    var calendar: PlanCalendar?
    if node["weeks"] != nil {
      calendar = weeks.flatMap { wholeWeeks($0, years, grain, end, reader) }
    } else if let starts {
      calendar = given(starts, end, fiscalYearStart ?? 1, reader)
    } else {
      calendar = regular(grain, from, last, end, fiscalYearStart ?? 1, reader)
    }
    calendar?.payment = paid
    return calendar
  }

  private func weeksExclude(_ node: YAMLNode) -> [String] {
    if node["weeks"] != nil { return ["from", "starts", "fiscal_year_start"] }
    return node["starts"] != nil ? ["from", "period", "years"] : ["years"]
  }

  private func refuse(_ reader: MappingReader, both key: String, with others: [String]) {
    for pair in reader.node.pairs ?? [] where others.contains(pair.key) {
      let message =
        pair.key == "years" ? "`years` belongs to `weeks`" : "`\(pair.key)` and `\(key)` exclude each other"
      context.report(.wrongValue, message, at: pair.keySpan)
    }
  }

  private func regular(
    _ grain: Grain?, _ from: YAMLNode?, _ last: YAMLNode, _ end: CalendarDate, _ fiscalYearStart: Int,
    _ reader: MappingReader
  ) -> PlanCalendar? {
    guard let from, let start = reader.date(from) else {
      if from == nil {
        context.report(
          .missingKey, "`calendar` has neither `from` nor `starts`", at: reader.node.span.firstLine,
          help: "write `period: month`, `from: 2026-01-01`, `to: 2026-12-31`")
      }
      return nil
    }
    guard let grain else {
      if reader.node["period"] == nil {
        context.report(
          .missingKey, "`calendar` has no `period`", at: reader.node.span.firstLine,
          help: "one of `week`, `month`, `quarter`, `half`, `year`")
      }
      return nil
    }
    guard start < end else {
      context.report(.calendarEdge, "the calendar ends before it begins", at: last.span)
      return nil
    }
    if grain == .week, (end.day - start.day) % 7 != 0 {
      let before = end.adding(days: -Int((end.day - start.day) % 7) - 1)
      context.report(
        .calendarEdge, "no week ends on this day", at: last.span,
        help:
          "weeks begin on the weekday of `from`: the nearest ends are \(before) and \(before.adding(days: 7))"
      )
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

  /// Fiscal years of whole weeks, each named, with its first day.
  private func wholeWeeks(
    _ pattern: WeekYears.Pattern, _ node: YAMLNode?, _ grain: Grain?, _ end: CalendarDate,
    _ reader: MappingReader
  ) -> PlanCalendar? {
    guard let pairs = node?.pairs, !pairs.isEmpty else {
      context.report(
        .missingKey, "`weeks` wants `years`: what each fiscal year is called, and its first day",
        at: (node ?? reader.node).span.firstLine, help: "write `years: {FY2026: 2026-02-01}`")
      return nil
    }
    let starts = pairs.compactMap { reader.date($0.value) }
    guard starts.count == pairs.count else { return nil }
    var years: [WeekYears.Year] = []
    for (place, start) in starts.enumerated() {
      let next = place + 1 < starts.count ? starts[place + 1] : end
      let days = Int(next.day) - Int(start.day)
      guard days == 364 || days == 371 else {
        context.report(
          .calendarEdge,
          "`\(pairs[place].key)` has \(days) days until \(next.adding(days: -1)): a year of whole weeks has 364 or 371",
          at: pairs[place].value.span,
          help: "its last day is \(start.adding(days: 363)) or \(start.adding(days: 370))")
        return nil
      }
      years.append(WeekYears.Year(label: pairs[place].key, start: start, weeks: days / 7))
    }
    guard let grain else {
      if reader.node["period"] == nil {
        context.report(
          .missingKey, "`calendar` has no `period`", at: reader.node.span.firstLine,
          help: "one of `week`, `month`, `quarter`, `half`, `year`")
      }
      return nil
    }
    return PlanCalendar(grain: grain, weekYears: WeekYears(pattern: pattern, years: years))
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
