package import JSONCore
package import Money
import PlanModel

/// One figure or word of a report.
package enum Cell: Sendable, Hashable {
  case text(String)
  case number(ExactDecimal)
  /// A figure that is not known, because its component failed, or that does not exist.
  case empty

  /// The plain form that files hold.
  package var plain: String {
    switch self {
    case .text(let text): text
    case .number(let number): number.description
    case .empty: ""
    }
  }

  /// The form that JSON holds: figures are strings, so that no reader makes doubles of them.
  package var json: JSONValue { self == .empty ? .null : .string(plain) }

  /// The number rounded for show.
  func rounded(_ rounding: Rounding?) -> Cell {
    guard case .number(let number) = self, let rounding,
      let rounded = try? number.rounded(to: rounding.places, rounding.mode)
    else { return self }
    return .number(rounded)
  }
}
