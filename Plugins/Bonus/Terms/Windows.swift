import ModuleKit
import ModuleProtocol

/// The rows that are paid together: each period alone, or those of a window, in its last period.
struct Windows {
  // For each row, the first of its window; -1 where it is not paid yet.
  private let first: [Int]

  /// The rows from the first of its window on; nil where it is not paid yet.
  subscript(row: Int) -> ClosedRange<Int>? { first[row] < 0 ? nil : first[row]...row }

  static let needs: [ColumnNeeds.Need] = ["window", "periods_left"].map { .init($0, .number, at: "/paid") }

  /// Each period alone.
  init(each periods: Frame) { first = Array(0..<periods.count) }

  /// The windows of the component's measure; with `atEnd` their last periods alone are paid.
  init(of periods: Frame, atEnd: Bool) throws(CalculationFault) {
    let payee = try periods.numbers("payee").values
    let window = try periods.numbers("window").values
    let left = try periods.numbers("periods_left").values
    var firsts = [Int](repeating: -1, count: periods.count)
    var first = 0
    for row in 0..<periods.count {
      if row == 0 || payee[row] != payee[row - 1] || window[row] != window[row - 1] { first = row }
      if !atEnd || left[row] == 0 { firsts[row] = first }
    }
    self.first = firsts
  }
}
