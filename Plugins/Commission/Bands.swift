import ModuleKit
import Money

/// The bands of a tier table: their rates at one scale, and their edges.
struct Bands {
  let tiers: Terms.Tiers
  let rates: [RateColumn]
  /// Digits after the point of the rates.
  let rateScale: Int
  /// The upper edges of all bands but the last: amounts of the walk, or, times a quota, what becomes one.
  let edges: [Int128]

  /// The bands for a walk at `scale`, in which quotas have `quotaScale` places.
  init(
    _ tiers: Terms.Tiers, _ rows: RateRows, scale: Int, quotaScale: Int
  ) throws(CalculationFault) {
    self.tiers = tiers
    var rates: [RateColumn] = []
    var edges: [Int128] = []
    for band in tiers.bands {
      rates.append(try RateColumn(band.rate, rows))
      if let edge = band.to { edges.append(try Exact.scaled(edge, to: scale - quotaScale)) }
    }
    (self.rates, self.edges) = (rates, edges)
    rateScale = rates.reduce(0) { max($0, $1.scale) }
  }
}

extension Terms.Tiers {
  /// Digits after the point of the edges.
  var edgeScale: Int { bands.reduce(0) { max($0, $1.to?.scale ?? 0) } }
}

/// The edges of the bands as amounts for one quota, kept until another one comes.
struct EdgeAmounts<Number: WalkNumber> {
  /// The upper edges of all bands but the last; empty when there is no quota to count by, so that everything
  /// lies in the first band.
  private(set) var amounts: [Number]
  private let shares: [Number]
  private var quota: Int64?

  init(_ bands: Bands?) {
    shares = (bands?.edges ?? []).map { Number(truncatingIfNeeded: $0) }
    amounts = bands.map { $0.tiers.by != .attainment } ?? false ? shares : []
  }

  mutating func set(quota next: Int64?) throws(CalculationFault) {
    if next == quota { return }
    quota = next
    amounts.removeAll(keepingCapacity: true)
    guard let next else { return }
    if next == 0 {
      // A quota of zero is passed by everything, returns too: its edges lie below all figures.
      for _ in shares { amounts.append(.min) }
      return
    }
    for share in shares { amounts.append(try Number.product(share, Number(next))) }
  }

  /// The bands that may have a part of the way between two places; no other has one.
  func bands(between a: Number, _ b: Number) -> Range<Int> {
    let (low, high) = (min(a, b), max(a, b))
    var first = 0
    while first < amounts.count, amounts[first] <= low { first += 1 }
    var end = amounts.count + 1
    while end > first + 1, amounts[end - 2] >= high { end -= 1 }
    return first..<end
  }

  /// The part of the way from `start` to `end` that lies in a band; the parts add up to `end - start`.
  ///
  /// The first band reaches down without end, so that returns walk the bands back down.
  func portion(_ band: Int, from start: Number, to end: Number) -> Number {
    var (from, to) = (start, end)
    if band > 0 { (from, to) = (max(from, amounts[band - 1]), max(to, amounts[band - 1])) }
    if band < amounts.count { (from, to) = (min(from, amounts[band]), min(to, amounts[band])) }
    return to - from
  }

  /// The band that a figure reached.
  func reached(by figure: Number, edge: Terms.Tiers.Edge) -> Int {
    var band = 0
    for amount in amounts where edge == .upper ? figure >= amount : figure > amount { band += 1 }
    return band
  }
}
