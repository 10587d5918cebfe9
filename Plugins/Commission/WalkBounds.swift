import ModuleKit
import Money

/// Shows, before a walk, how large its figures can become.
enum WalkBounds {
  /// Whether every figure of a walk over the batch fits 64 bits, with room for the sum of two.
  static func allow64Bits(_ terms: Terms, _ input: WalkInput) -> Bool {
    var largest = Largest()
    let scale = input.bands == nil ? input.base.places : input.walkScale
    // No sum of lines is larger than the sum of all amounts without their signs. Where edges do not ascend (a
    // quota below zero), a line may lie in two bands at once.
    let base = UInt128(
      input.base.values.reduce(UInt64(0)) { sum, cell in
        let (next, overflow) = sum.addingReportingOverflow(cell.magnitude)
        return overflow ? .max : next
      })
    let amount = largest.product(2 * base, largest.power(scale - input.base.places))
    let rates = input.bands?.largestRate(&largest) ?? input.rate?.largest ?? 0
    let weight = input.multipliers.reduce(max(rates, 1)) { largest.product($0, max($1.largest, 1)) }
    let exact = largest.product(amount, weight)
    let places = terms.round.places
    _ = largest.product(exact, largest.power(max(0, places - input.earnedScale)))
    _ = largest.power(input.earnedScale - places)
    _ = largest.product(amount, largest.power(Portions.places - input.walkScale))
    for bound in [input.caps[.line], input.floors[.line]] {
      if let bound { largest.see(bound.largest, largest.power(places)) }
    }
    guard let bands = input.bands else { return largest.fits64Bits }
    let edge = bands.edges.reduce(1) { max($0, $1.magnitude) }
    largest.see(edge, input.quota?.largest ?? 1)
    for column in [input.figure, input.standing] {
      if let column { largest.see(column.largest, largest.power(input.walkScale - column.places)) }
    }
    return largest.fits64Bits
  }

  /// The largest number that was seen; too large a one counts as the largest there is.
  fileprivate struct Largest {
    private var seen: UInt128 = 0
    var fits64Bits: Bool { seen <= UInt128(Int64.max) / 4 }

    mutating func product(_ a: UInt128, _ b: UInt128) -> UInt128 {
      let (result, overflow) = a.multipliedReportingOverflow(by: b)
      seen = max(seen, overflow ? .max : result)
      return overflow ? .max : result
    }

    mutating func see(_ a: UInt128, _ b: UInt128) { _ = product(a, b) }

    mutating func power(_ exponent: Int) -> UInt128 {
      product(UInt128(PowersOfTen[min(abs(exponent), PowersOfTen.largestExponent)]), 1)
    }
  }
}

extension NumberColumn {
  fileprivate var largest: UInt128 { UInt128(values.reduce(0) { max($0, $1.magnitude) }) }
}

extension Bands {
  /// The largest rate of any band at the scale that all have in common, whatever its sign.
  fileprivate func largestRate(_ largest: inout WalkBounds.Largest) -> UInt128 {
    rates.reduce(0) { max($0, largest.product($1.largest, largest.power(rateScale - $1.scale))) }
  }
}
