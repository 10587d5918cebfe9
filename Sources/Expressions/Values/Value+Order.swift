import Money
import PlanCalendar

extension Expression.Value {
  /// Whether both are the same value: numbers by what they are worth, texts letter by letter, null and null alike.
  package static func equal(_ left: Self, _ right: Self) -> Bool {
    switch (left, right) {
    case (.null, .null): return true
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.integer(let a), .integer(let b)): return a == b
    case (.text(let a), .text(let b)): return a.utf8.elementsEqual(b.utf8)
    case (.bytes(let a), .bytes(let b)): return a == b
    case (.date(let a), .date(let b)): return a == b
    case (.timestamp(let a), .timestamp(let b)): return a == b
    case (.duration(let a), .duration(let b)): return a == b
    case (.type(let a), .type(let b)): return a == b
    case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy(equal)
    case (.map(let a), .map(let b)):
      return a.keys.count == b.keys.count
        && zip(a.keys, a.values).allSatisfy { key, value in b[key].map { equal(value, $0) } ?? false }
    default:
      if let a = left.decimal, let b = right.decimal { return a == b }
      guard let a = left.fraction, let b = right.fraction else { return false }
      return a == b
    }
  }

  /// Whether the first comes before the second; a fault for kinds that have no order.
  static func precedes(_ left: Self, _ right: Self) throws(EvaluationFault) -> Bool {
    switch (left, right) {
    case (.boolean(let a), .boolean(let b)): return !a && b
    case (.integer(let a), .integer(let b)): return a < b
    case (.text(let a), .text(let b)): return a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.bytes(let a), .bytes(let b)): return a.lexicographicallyPrecedes(b)
    case (.date(let a), .date(let b)): return a < b
    case (.timestamp(let a), .timestamp(let b)): return a < b
    case (.duration(let a), .duration(let b)): return a < b
    default:
      if let a = left.decimal, let b = right.decimal { return a < b }
      guard let a = left.fraction, let b = right.fraction else {
        throw .noOverload("an order of \(left.type.article) and \(right.type.article)")
      }
      return a < b
    }
  }

  /// What a comparison comes to: an empty cell equals null alone, and is neither below nor above anything.
  static func compare(
    _ comparison: Expression.Comparison, _ left: Self, _ right: Self
  ) throws(EvaluationFault) -> Bool {
    switch comparison {
    case .equal: return equal(left, right)
    case .notEqual: return !equal(left, right)
    default: break
    }
    if left.isNull || right.isNull { return false }
    return switch comparison {
    case .less: try precedes(left, right)
    case .greater: try precedes(right, left)
    case .lessOrEqual: !(try precedes(right, left))
    default: !(try precedes(left, right))
    }
  }
}
