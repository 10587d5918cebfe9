import ModuleProtocol

/// What can be wrong with a graph of conditions as a whole.
struct VestingChecks {
  private let terms: VestingTerms
  private let pointer: String
  private var faults: [ConfigFault] = []
  /// How many ways were looked at.
  private var ways = 0

  /// The faults of the terms at `pointer`: circles, conditions out of reach, days counted from a condition that has
  /// not come before, more than the whole grant, or less with nothing after it.
  static func faults(_ terms: VestingTerms, at pointer: String) -> [ConfigFault] {
    var checks = VestingChecks(terms: terms, pointer: pointer)
    guard checks.goesForward() else { return checks.faults }
    for root in terms.roots { checks.follow(root, before: [], sum: .zero, isCounted: true) }
    return checks.faults
  }

  private init(terms: VestingTerms, pointer: String) {
    self.terms = terms
    self.pointer = pointer
  }

  /// Whether no way leads back to where it came from.
  private mutating func goesForward() -> Bool {
    var isOpen = [Bool](repeating: false, count: terms.conditions.count)
    var isDone = isOpen
    func circle(_ place: Int) -> Int? {
      if isOpen[place] { return place }
      if isDone[place] { return nil }
      isOpen[place] = true
      defer { (isOpen[place], isDone[place]) = (false, true) }
      for next in terms.conditions[place].next { if let found = circle(next) { return found } }
      return nil
    }
    for place in terms.conditions.indices {
      guard let found = circle(place) else { continue }
      add(terms.conditions[found], "the conditions lead in a circle back to `\(terms.conditions[found].id)`")
      return false
    }
    return true
  }

  private mutating func follow(_ place: Int, before: Set<Int>, sum: Fraction, isCounted: Bool) {
    ways += 1
    if ways == 10_000 {
      faults.append(ConfigFault(pointer, "the conditions can be gone through in more than 10,000 ways"))
    }
    guard ways < 10_000 else { return }
    let condition = terms.conditions[place]
    for base in (condition.trigger.bases + (condition.expires?.bases ?? [])) where !before.contains(base) {
      add(
        condition,
        "`\(condition.id)` counts from `\(terms.conditions[base].id)`, which has not come before it")
    }
    var (sum, isCounted) = (sum, isCounted)
    let count = Fraction(condition.trigger.occurrences)
    switch condition.amount {
    case .portion(let part, let ofRemainder):
      let whole = ofRemainder ? try? Fraction.one - sum : .one
      let added = whole.flatMap { try? part * count * $0 }
      if let reached = added.flatMap({ try? sum + $0 }) { sum = reached } else { isCounted = false }
    case .quantity(let units): if !units.isZero { isCounted = false }
    }
    if isCounted, sum > .one {
      add(condition, "up to `\(condition.id)` the conditions vest \(sum) of the grant, more than the whole")
      return
    }
    if condition.next.isEmpty, isCounted, sum < .one, !condition.amount.isNothing {
      add(
        condition, "vesting ends with `\(condition.id)` at \(sum) of the grant, and nothing follows",
        help: "add what vests the rest to its next conditions, or let a condition with `quantity: 0` end it")
    }
    for next in condition.next {
      follow(next, before: before.union([place]), sum: sum, isCounted: isCounted)
    }
  }

  private mutating func add(_ condition: VestingTerms.Condition, _ message: String, help: String? = nil) {
    let fault = ConfigFault(condition.pointer, message, help: help)
    if !faults.contains(fault) { faults.append(fault) }
  }
}
