import Money
import PlanCalendar

extension Expression.Value {
  /// The result of an operation; empty where a part is empty, a fault where it has no meaning or does not fit.
  ///
  /// Whole numbers divide to whole numbers, as in CEL: `7 / 2` is 3, `7.0 / 2` is 3.5 and `1.0 / 3` one third exactly.
  static func apply(
    _ operation: Expression.Arithmetic, _ left: Self, _ right: Self
  ) throws(EvaluationFault) -> Self {
    switch (left, right) {
    case (.null, _), (_, .null): return .null
    case (.integer(let a), .integer(let b)): return .integer(try whole(operation, a, b))
    case (.unsigned(let a), .unsigned(let b)): return .unsigned(try whole(operation, a, b))
    case (.integer, .unsigned), (.unsigned, .integer):
      throw .noOverload("`\(operation.rawValue)` of an int and a uint")
    default: break
    }
    if let a = left.decimal, let b = right.decimal { return try exact(operation, a, b) }
    if let a = left.fraction, let b = right.fraction { return try exact(operation, a, b) }
    switch operation {
    case .add: return try sum(left, right)
    case .subtract: return try difference(left, right)
    default: throw noMeaning(operation, left, right)
    }
  }

  static func negated(_ value: Self) throws(EvaluationFault) -> Self {
    switch value {
    case .null: return .null
    case .integer(let number):
      if number == .min { throw .overflow }
      return .integer(-number)
    case .number(let number): return .number(number.negated)
    case .fraction(let number): return .fraction(number.negated)
    default: throw .noOverload("`-` of \(value.type.article)")
    }
  }

  private static func noMeaning(_ operation: Expression.Arithmetic, _ left: Self, _ right: Self)
    -> EvaluationFault
  {
    .noOverload("`\(operation.rawValue)` of \(left.type.article) and \(right.type.article)")
  }

  private static func whole<Number: FixedWidthInteger>(
    _ operation: Expression.Arithmetic, _ a: Number, _ b: Number
  ) throws(EvaluationFault) -> Number {
    let (result, overflow): (Number, Bool)
    switch operation {
    case .add: (result, overflow) = a.addingReportingOverflow(b)
    case .subtract: (result, overflow) = a.subtractingReportingOverflow(b)
    case .multiply: (result, overflow) = a.multipliedReportingOverflow(by: b)
    case .divide, .remainder:
      if b == 0 { throw .divisionByZero }
      if operation == .remainder { return b.magnitude == 1 ? 0 : a % b }
      (result, overflow) = a.dividedReportingOverflow(by: b)
    }
    if overflow { throw .overflow }
    return result
  }

  private static func exact(
    _ operation: Expression.Arithmetic, _ a: ExactDecimal, _ b: ExactDecimal
  ) throws(EvaluationFault) -> Self {
    do {
      switch operation {
      case .add: return .number(try a.adding(b))
      case .subtract: return .number(try a.subtracting(b))
      case .multiply: return .number(try a.multiplied(by: b))
      case .divide, .remainder: break
      }
    } catch {
      throw .overflow
    }
    return try exact(operation, ExactFraction(a), ExactFraction(b))
  }

  private static func exact(
    _ operation: Expression.Arithmetic, _ a: ExactFraction, _ b: ExactFraction
  ) throws(EvaluationFault) -> Self {
    if b.isZero, operation == .divide || operation == .remainder { throw .divisionByZero }
    let result: ExactFraction
    do {
      switch operation {
      case .add: result = try a.adding(b)
      case .subtract: result = try a.adding(b.negated)
      case .multiply: result = try a.multiplied(by: b)
      case .divide: result = try a.divided(by: b)
      case .remainder: result = try a.subtractingWhole(of: b)
      }
    } catch {
      throw .overflow
    }
    return Self(result)
  }

  /// The number as a decimal where one holds it, else as a fraction.
  init(_ fraction: ExactFraction) {
    self = fraction.decimal.map { .number($0) } ?? .fraction(fraction)
  }

  private static func sum(_ left: Self, _ right: Self) throws(EvaluationFault) -> Self {
    switch (left, right) {
    case (.text(let a), .text(let b)): .text(a + b)
    case (.bytes(let a), .bytes(let b)): .bytes(a + b)
    case (.list(let a), .list(let b)): .list(a + b)
    case (.timestamp(let time), .duration(let span)), (.duration(let span), .timestamp(let time)):
      .timestamp(try time.adding(span))
    case (.date(let day), .duration(let span)), (.duration(let span), .date(let day)):
      .date(try day.adding(span))
    case (.duration(let a), .duration(let b)): .duration(try a.adding(b))
    default: throw noMeaning(.add, left, right)
    }
  }

  private static func difference(_ left: Self, _ right: Self) throws(EvaluationFault) -> Self {
    switch (left, right) {
    case (.timestamp(let a), .timestamp(let b)): .duration(try a.since(b))
    case (.timestamp(let time), .duration(let span)): .timestamp(try time.adding(span.negated()))
    case (.date(let a), .date(let b)): .duration(try TimeSpan(days: Int64(a.day) - Int64(b.day)))
    case (.date(let day), .duration(let span)): .date(try day.adding(span.negated()))
    case (.duration(let a), .duration(let b)): .duration(try a.adding(b.negated()))
    default: throw noMeaning(.subtract, left, right)
    }
  }
}
