import Money
import PlanModel
import Tables

extension PayMix {
  /// An amount that is worked out of those that are stated; empty where one of them is.
  ///
  /// Worked number: an OTE of 99,999.99 at 60 % is a base of 59,999.99, half-even, and a target incentive of 40,000.00.
  func worked(_ wanted: Stated, _ column: (Stated) -> Column?) -> Column? {
    switch wanted {
    case .onTarget: return sum(column(.base), column(.target), 1)
    case .target where stated.contains(.base): return sum(column(.onTarget), column(.base), -1)
    case .target: return sum(column(.onTarget), base(column(.onTarget), column(.mix)), -1)
    default: return base(column(.onTarget), column(.mix))
    }
  }

  private func base(_ onTarget: Column?, _ mix: Column?) -> Column? {
    guard let onTarget, let mix, case .decimal(_, let places) = onTarget.values else { return nil }
    return made(onTarget, mix, places) { (whole, share) throws(ArithmeticOverflow) in
      try whole.multiplied(by: share)
    }
  }

  private func sum(_ a: Column?, _ b: Column?, _ sign: Int) -> Column? {
    guard let a, let b else { return nil }
    func places(_ column: Column) -> Int {
      if case .decimal(_, let places) = column.values { places } else { 0 }
    }
    return made(a, b, max(places(a), places(b))) { (x, y) throws(ArithmeticOverflow) in
      try x.adding(y.multiplied(by: ExactDecimal(sign)))
    }
  }

  private func made(
    _ a: Column, _ b: Column, _ places: Int,
    _ combine: (ExactDecimal, ExactDecimal) throws(ArithmeticOverflow) -> ExactDecimal
  ) -> Column {
    var cells = [Int64](repeating: 0, count: a.count)
    var missing = [Bool](repeating: true, count: a.count)
    for row in cells.indices {
      guard let x = a.number(row), let y = b.number(row), let exact = try? combine(x, y),
        let digits = try? exact.rescaled(to: places, rounding: .halfEven), let cell = Int64(exactly: digits)
      else { continue }
      (cells[row], missing[row]) = (cell, false)
    }
    return Column(name: a.name, values: .decimal(cells, places: places), missing: missing)
  }
}
