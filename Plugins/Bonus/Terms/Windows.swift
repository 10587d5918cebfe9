import ModuleKit
import ModuleProtocol

/// The rows that are paid together: each period alone, or those of a window, in its last period.
struct Windows {
  /// For each row, the rows from the first of its window on; nil where it is not paid yet.
  let paid: [ClosedRange<Int>?]

  static let needs: [ColumnNeeds.Need] = ["window", "periods_left"].map { .init($0, .number, at: "/paid") }

  /// Each period alone.
  init(each periods: Frame) { paid = (0..<periods.count).map { $0...$0 } }

  /// The windows of the component's measure; with `atEnd` their last periods alone are paid.
  init(of periods: Frame, atEnd: Bool) throws(CalculationFault) {
    let payee = try periods.numbers("payee").values
    let window = try periods.numbers("window").values
    let left = try periods.numbers("periods_left").values
    var paid: [ClosedRange<Int>?] = []
    var first = 0
    for row in 0..<periods.count {
      if row == 0 || payee[row] != payee[row - 1] || window[row] != window[row - 1] { first = row }
      paid.append(atEnd && left[row] > 0 ? nil : first...row)
    }
    self.paid = paid
  }
}
