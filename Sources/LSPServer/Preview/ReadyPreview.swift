import Engine
import PlanCalendar
import PlanModel
import Sessions

/// The payouts of a text.
struct ReadyPreview: Sendable {
  let state: DocumentState
  let preview: PayoutPreview
  /// The period that is shown; nil for all of them.
  let period: Int?

  /// The periods that are shown.
  var periods: Range<Int> { period.map { $0..<$0 + 1 } ?? preview.result.periods }

  /// The shown period in words.
  var periodWord: String {
    period.map { preview.result.data.plan.calendar.periods[$0].label } ?? "all periods"
  }

  /// The place of the period that the settings ask for.
  static func period(_ preview: PayoutPreview, _ settings: Settings) -> Int? {
    if settings.period == "all" { return nil }
    return preview.periods.firstIndex(of: settings.period) ?? preview.latestPeriod
  }
}
