import JSONCore
import PlanCalendar

/// What a user can set: in the editor's settings under `incentive`, or as options at the start.
struct Settings: Sendable, Equatable {
  /// Where data files are looked for, below the plan's folder unless absolute; nil for that folder itself.
  var dataFolder: String?
  /// Look at the data as of this day.
  var asOf: CalendarDate?
  /// Which period the preview shows: `latest` (the last with any figures), `all`, or a label.
  var period = "latest"
  /// Whether payouts are previewed at all.
  var previews = true
  /// Whether payouts are compared with those of the plan as it is committed, rather than as it was last saved.
  var comparesWithCommitted = false
  /// The kinds of inlay hints.
  var showsBands = true
  var showsComponents = true
  var showsPlan = true
  /// So many milliseconds of quiet come before diagnostics are sent.
  var debounce = 2

  init() {}

  /// The settings in a JSON object; what is absent, or of a wrong kind, keeps its usual value.
  init(_ json: JSONValue?) {
    let json = json?["incentive"] ?? json
    dataFolder = json?["dataFolder"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    asOf = json?["asOf"]?.string.flatMap { CalendarDate($0) }
    period = json?["preview"]?["period"]?.string ?? period
    previews = json?["preview"]?["enabled"]?.bool ?? previews
    if let against = json?["preview"]?["against"]?.string { comparesWithCommitted = against == "committed" }
    let hints = json?["inlayHints"]
    showsBands = hints?["bands"]?.bool ?? showsBands
    showsComponents = hints?["components"]?.bool ?? showsComponents
    showsPlan = hints?["plan"]?.bool ?? showsPlan
    debounce = min(5000, max(0, json?["debounce"]?.int ?? debounce))
  }
}
