import ModuleProtocol
import Money
import PlanCalendar

extension KeyColumn {
  /// The key of a row in words: the text, the digits, the day, `true` or `false`; nil for an empty cell.
  public func name(_ row: Int) -> String? {
    switch key(row) {
    case .text(let text)?: text
    case .number(let number)?: number.normalized.description
    case .date(let day)?: day.description
    case .boolean(let flag)?: flag ? "true" : "false"
    case nil: nil
    }
  }
}
