/// The regular lengths of a period.
package enum Grain: String, Sendable, CaseIterable {
  case month, quarter, half, year

  /// How many months it lasts.
  package var months: Int {
    switch self {
    case .month: 1
    case .quarter: 3
    case .half: 6
    case .year: 12
    }
  }
}
