import Expressions
import Money
import PlanModel

/// What the lines of a payee and period, or of several periods, give to a figure.
struct FigurePart: Sendable {
  private var sum = ExactDecimal.zero
  /// What the sum is divided by: the number of values, or the sum of a ratio's base.
  private var base = ExactDecimal.zero
  /// The smallest, largest or latest value.
  private var chosen: ExactDecimal?
  private var day = Int32.min
  private var values: Set<Expression.Identity> = []
  private var bases: Set<Expression.Identity> = []

  /// Takes in one line; what is empty counts for nothing.
  mutating func add(
    _ kind: Figure.Kind, value: ExactDecimal?, base: ExactDecimal?, day: Int32
  ) throws(ArithmeticOverflow) {
    switch kind {
    case .sum, .average:
      guard let value else { return }
      sum = try sum.adding(value)
      if kind == .average { self.base = try self.base.adding(.one) }
    case .ratio:
      if let value { sum = try sum.adding(value) }
      if let base { self.base = try self.base.adding(base) }
    case .min, .max, .last:
      if let value { choose(kind, value, day) }
    case .distinct, .distinctRatio: break
    }
  }

  /// Takes in one line, whose value and base are counted once each; what is empty counts for nothing.
  mutating func add(_ value: Expression.Identity?, base: Expression.Identity?) {
    if let value { values.insert(value) }
    if let base { bases.insert(base) }
  }

  private mutating func choose(_ kind: Figure.Kind, _ value: ExactDecimal, _ day: Int32) {
    guard let known = chosen else {
      (chosen, self.day) = (value, day)
      return
    }
    let isBetter =
      switch kind {
      case .min: value < known
      case .max: value > known
      default: day >= self.day
      }
    if isBetter { (chosen, self.day) = (value, day) }
  }

  /// Takes in the part of a later period, or of another credit rule.
  mutating func merge(_ other: FigurePart, _ kind: Figure.Kind) throws(ArithmeticOverflow) {
    sum = try sum.adding(other.sum)
    base = try base.adding(other.base)
    if let value = other.chosen { choose(kind, value, other.day) }
    values.formUnion(other.values)
    bases.formUnion(other.bases)
  }

  /// The figure, before it is rounded; nil where there is nothing to divide by or to choose from.
  func value(_ kind: Figure.Kind) throws(ArithmeticOverflow) -> ExactFraction? {
    switch kind {
    case .sum: return ExactFraction(sum)
    case .distinct: return ExactFraction(ExactDecimal(values.count))
    case .distinctRatio:
      return bases.isEmpty ? nil : try ExactFraction(Int128(values.count), over: Int128(bases.count))
    case .average, .ratio:
      return base.isZero ? nil : try ExactFraction(sum).divided(by: ExactFraction(base))
    case .min, .max, .last: return chosen.map { ExactFraction($0) }
    }
  }
}
