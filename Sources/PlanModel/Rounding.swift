package import Money

/// A point at which the plan rounds: to how many digits after the point, and how ties fall.
package struct Rounding: Sendable, Hashable {
  package let places: Int
  package let mode: RoundingMode

  package init(places: Int, mode: RoundingMode) {
    self.places = places
    self.mode = mode
  }
}
