import ModuleKit
import Money

/// The bands of a tier table, their rates at one scale, their edges set for one period.
struct Bands {
  let tiers: Terms.Tiers
  /// Digits after the point of the rates.
  let rateScale: Int
  let rates: [Int128]
  private let edges: [ExactDecimal]
  let edgeScale: Int

  init(_ tiers: Terms.Tiers) throws(CalculationFault) {
    self.tiers = tiers
    rateScale = tiers.bands.reduce(0) { max($0, $1.rate.scale) }
    edges = tiers.bands.compactMap(\.to)
    edgeScale = edges.reduce(0) { max($0, $1.scale) }
    var rates: [Int128] = []
    for band in tiers.bands { rates.append(try Exact.scaled(band.rate, to: rateScale)) }
    self.rates = rates
  }

  /// The upper edges of all bands but the last, as amounts at `scale`; empty when there is no quota to count by,
  /// so that everything lies in the first band.
  func edges(quota: ExactDecimal?, scale: Int) throws(CalculationFault) -> [Int128] {
    var amounts: [Int128] = []
    for edge in edges {
      switch tiers.by {
      case .amount: amounts.append(try Exact.scaled(edge, to: scale))
      case .attainment:
        guard let quota else { return [] }
        do {
          amounts.append(try Exact.scaled(try edge.multiplied(by: quota), to: scale))
        } catch {
          throw Exact.tooLarge
        }
      }
    }
    return amounts
  }

  /// The part of the way from `start` to `end` that lies in each band; the parts add up to `end - start`.
  ///
  /// The first band reaches down without end, so that returns walk the bands back down.
  func portions(from start: Int128, to end: Int128, _ edges: [Int128]) -> [Int128] {
    rates.indices.map { band in
      if band > edges.count { return 0 }
      let lower: Int128? = band == 0 ? nil : edges[band - 1]
      let upper: Int128? = band == edges.count ? nil : edges[band]
      func clamped(_ place: Int128) -> Int128 {
        let raised = lower.map { max($0, place) } ?? place
        return upper.map { min($0, raised) } ?? raised
      }
      return clamped(end) - clamped(start)
    }
  }

  /// The band that a figure reached.
  func reached(_ figure: Int128, _ edges: [Int128]) -> Int {
    edges.count { tiers.edge == .upper ? figure >= $0 : figure > $0 }
  }
}
