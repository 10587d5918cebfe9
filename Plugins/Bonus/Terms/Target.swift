import ModuleKit
import ModuleProtocol
import Money

/// What a bonus pays when everything is reached.
enum Target {
  case amount(ExactDecimal)
  /// A number of the payee; an empty cell is nothing.
  case column(String, pointer: String)
  /// A share of a number of the payee: 15 % of 80,000.00 is 12,000.00.
  case share(ExactDecimal, of: String, pointer: String)

  var needs: [ColumnNeeds.Need] {
    switch self {
    case .amount: []
    case .column(let name, let pointer), .share(_, let name, let pointer):
      [ColumnNeeds.Need(name, .number, at: pointer)]
    }
  }

  /// The target of each row.
  func over(_ periods: Frame) throws(CalculationFault) -> [ExactDecimal] {
    switch self {
    case .amount(let amount): return [ExactDecimal](repeating: amount, count: periods.count)
    case .column(let name, _): return try Self.cells(try periods.numbers(name), times: .one)
    case .share(let share, let name, _): return try Self.cells(try periods.numbers(name), times: share)
    }
  }

  private static func cells(
    _ column: NumberColumn, times share: ExactDecimal
  ) throws(CalculationFault) -> [ExactDecimal] {
    do {
      return try column.values.indices.map { row throws(ArithmeticOverflow) in
        column.isMissing(row) ? .zero : try column.decimal(row).multiplied(by: share)
      }
    } catch {
      throw .tooLarge
    }
  }
}
