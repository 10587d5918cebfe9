import ModuleKit
import ModuleProtocol
import Money

/// What the lines and periods of a batch earn in points, and why.
struct Earning {
  /// So many points at the most in one go, so that no sum of them leaves its integer.
  private static let largest: Int128 = 1_000_000_000_000

  private(set) var lines: [Int64]
  private(set) var periods: [Int64]
  private(set) var lineSteps: [[Step]]
  private(set) var periodSteps: [[Step]]

  init(_ terms: AccountTerms, _ batch: Batch) throws(CalculationFault) {
    lines = [Int64](repeating: 0, count: batch.lines.count)
    periods = [Int64](repeating: 0, count: batch.periods.count)
    lineSteps = [[Step]](repeating: [], count: lines.count)
    periodSteps = [[Step]](repeating: [], count: periods.count)
    for rule in terms.rules {
      switch rule {
      case .perAmount(let points, let per, let name, let mode, let pointer):
        let column = try batch.lines.numbers(name)
        for line in lines.indices where !column.isMissing(line) {
          let amount = column.decimal(line)
          guard let product = try? amount.multiplied(by: ExactDecimal(points)),
            let earned = try? product.divided(by: per, places: 0, mode)
          else { throw CalculationFault("the points of a line are too many") }
          try add(
            earned.coefficient, line: line,
            "\(StepText.amount(amount)) / \(StepText.amount(per)) × \(points)", pointer)
        }
      case .perLine(let points, let pointer):
        for line in lines.indices { try add(Int128(points), line: line, "for the line", pointer) }
      case .reached(let points, let condition, let pointer):
        for row in periods.indices where try condition.holds(batch.periods, rows: [row]) {
          try add(Int128(points), row: row, condition.words, pointer)
        }
      case .from(let component, let pointer):
        let column = try batch.periods.numbers(component + ".earned")
        for row in periods.indices where !column.isMissing(row) && column.values[row] != 0 {
          let earned = column.decimal(row).normalized
          guard earned.scale == 0 else {
            throw CalculationFault("component `\(component)` pays \(earned), and points are whole")
          }
          try add(earned.coefficient, row: row, "from \(component)", pointer)
        }
      }
    }
  }

  private mutating func add(
    _ points: Int128, line: Int, _ words: String, _ pointer: String
  ) throws(CalculationFault) {
    lines[line] += try Self.whole(points)
    lineSteps[line].append(Step(words, ExactDecimal(coefficient: points), at: pointer))
  }

  private mutating func add(
    _ points: Int128, row: Int, _ words: String, _ pointer: String
  ) throws(CalculationFault) {
    periods[row] += try Self.whole(points)
    periodSteps[row].append(Step(words, ExactDecimal(coefficient: points), at: pointer))
  }

  private static func whole(_ points: Int128) throws(CalculationFault) -> Int64 {
    guard points.magnitude <= largest else { throw CalculationFault("more than 10^12 points in one go") }
    return Int64(points)
  }
}
