package import Money
package import PlanCalendar

extension Expression {
  /// What makes two values the same among many: 1, 1u and 1.0 are one, texts are compared letter by letter.
  package enum Identity: Hashable, Sendable {
    case boolean(Bool)
    case number(ExactDecimal)
    case text([UInt8])
    case date(CalendarDate)

    /// The identity of a value; nil for null, and for kinds that are no keys.
    package init?(_ value: Value) {
      switch value {
      case .boolean(let flag): self = .boolean(flag)
      case .text(let text): self = .text(Array(text.utf8))
      case .date(let date): self = .date(date)
      default:
        guard let number = value.decimal else { return nil }
        self = .number(number)
      }
    }
  }
}
