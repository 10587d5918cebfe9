import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

extension HoldingBuilder {
  /// Has what is still open vest on its day, by the factors of the performance terms.
  ///
  /// Worked number: a batch of 40,000 shares, the company at 90 % and the person at 80 %, vests 28,800; the other 11,200
  /// are bought back. What vested early did so at its full number.
  func perform(_ holding: inout Holding) throws(CalculationFault) {
    let order = holding.tranches.indices.filter { holding.tranches[$0].isOpen }.sorted {
      (holding.tranches[$0].scheduled ?? .distant, $0) < (holding.tranches[$1].scheduled ?? .distant, $1)
    }
    for (place, index) in order.enumerated() {
      guard let day = holding.tranches[index].scheduled else { continue }
      guard let performance = terms.performance, day <= horizon else {
        holding.tranches[index].vest(on: day, "", at: holding.tranches[index].pointer)
        continue
      }
      let (factor, words) = try factor(performance, holding.tranches[index], holding.grant)
      let units = holding.tranches[index].units
      let vested = try (Fraction(units) * factor).rounded(to: 0, performance.fraction.mode)
      holding.tranches[index].vest(on: day, words, at: "/performance")
      holding.tranches[index].vested = vested
      guard vested < units else { continue }
      if performance.missed == .carryForward, place + 1 < order.count {
        // The units move: this tranche becomes smaller, and the next one larger.
        holding.tranches[index].units = vested
        holding.tranches[order[place + 1]].units += units - vested
      } else {
        (holding.tranches[index].lostOn, holding.tranches[index].lost) = (day, units - vested)
        if performance.missed == .repurchase {
          holding.tranches[index].loss = .repurchased(performance.price ?? .cost)
        }
      }
    }
  }

  private func factor(
    _ performance: Performance, _ tranche: Tranche, _ grant: Grant
  ) throws(CalculationFault) -> (Fraction, String) {
    var product = Fraction.one
    var words: [String] = []
    for (factor, results) in zip(performance.factors, facts.results) {
      let one = try self.factor(factor, results, tranche, grant)
      product = try product * one
      words.append("\(one)")
    }
    if let cap = performance.cap, product > cap {
      return (cap, words.joined(separator: " × ") + ", at most \(cap)")
    }
    return (product, words.joined(separator: " × "))
  }

  private func factor(
    _ factor: Performance.Factor, _ results: [Int64?: [Facts.Result]], _ tranche: Tranche, _ grant: Grant
  ) throws(CalculationFault) -> Fraction {
    let own = (results[grant.payee] ?? []) + (results[nil] ?? [])
    let found = own.filter {
      $0.grant ?? grant.id == grant.id
        && $0.terms ?? grant.terms.name == grant.terms.name
        && $0.tranche ?? Int64(tranche.number) == Int64(tranche.number)
    }
    let place = "tranche \(tranche.number) of grant `\(grant.id)`"
    guard found.count <= 1 else {
      throw CalculationFault(
        "table `\(factor.table.name)` has \(found.count) results for \(place)",
        at: found.map { factor.table.place($0.row, "result") })
    }
    guard let result = found.first, result.number != nil || result.text != nil else {
      switch factor.missing {
      case .full: return .one
      case .nothing: return .zero
      case .fault:
        throw CalculationFault(
          "table `\(factor.table.name)` has no result for \(place)", at: [terms.grants.place(grant.row)],
          help: "add the result, or state `missing: full` or `missing: nothing`")
      }
    }
    switch factor.scale {
    case .factor: return result.number ?? .zero
    case .grades(let grades):
      let grade = result.text ?? ""
      if let factor = grades[grade] { return factor }
      let known = grades.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
      throw CalculationFault(
        "the result of \(place) is `\(grade)`, and the grades are \(known)",
        at: [factor.table.place(result.row, "result")])
    case .points(let points, let isStepped, let below):
      return try Performance.factor(result.number ?? .zero, points, isStepped, below)
    }
  }
}

extension Performance {
  /// The factor of a result by points: that of the last one reached, or between two in proportion.
  ///
  /// Worked number, points 80 % → 50 %, 100 % → 100 %, 120 % → 200 %: 90 % gives 75 % by interpolation and 50 % by steps,
  /// 130 % gives 200 %.
  static func factor(
    _ result: Fraction, _ points: [Point], _ isStepped: Bool, _ below: Fraction
  ) throws(CalculationFault) -> Fraction {
    guard let reached = points.lastIndex(where: { $0.at <= result }) else { return below }
    let low = points[reached]
    guard !isStepped, reached + 1 < points.count else { return low.pays }
    let high = points[reached + 1]
    return try low.pays + (result - low.at) / (high.at - low.at) * (high.pays - low.pays)
  }
}
