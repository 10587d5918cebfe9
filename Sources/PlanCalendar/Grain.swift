/// The regular lengths of a period.
package enum Grain: String, Sendable, CaseIterable {
  case week, month, quarter, half, year

  /// How many months it lasts; a week is in a month.
  package var months: Int {
    switch self {
    case .week, .month: 1
    case .quarter: 3
    case .half: 6
    case .year: 12
    }
  }
}
