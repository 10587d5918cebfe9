import Diagnostics
import Money

extension StandardFunction {
  /// The functions of CEL's math extension that have a meaning for exact numbers, and rounding to stated places.
  static let numbers: [StandardFunction] = [
    extreme("math.greatest") { (a, b) throws(EvaluationFault) in try Value.precedes(a, b) ? b : a },
    extreme("math.least") { (a, b) throws(EvaluationFault) in try Value.precedes(b, a) ? b : a },
    whole("math.ceil", .ceiling), whole("math.floor", .floor), whole("math.trunc", .down),
    StandardFunction(
      "math.round", .global,
      [([.number], .number), ([.number, .integer], .number), ([.number, .integer, .text], .number)]
    ) { (values) throws(EvaluationFault) in
      guard let number = values[0].fraction else { return nil }
      var (places, mode) = (Int64(0), RoundingMode.halfUp)
      if values.count > 1 {
        guard case .integer(let stated) = values[1] else { return nil }
        places = stated
      }
      if values.count > 2 {
        guard case .text(let word) = values[2] else { return nil }
        mode = try roundingMode(word)
      }
      guard let rounded = try? number.rounded(to: Int(clamping: places), mode) else { throw .overflow }
      return .number(rounded)
    },
    signed("math.abs") { (value) throws(EvaluationFault) in
      try Value.precedes(value, .integer(0)) ? try Value.negated(value) : value
    },
    signed("math.sign") { (value) throws(EvaluationFault) in
      let sign: Int64 = (value.fraction?.numerator).map { Int64($0.signum()) } ?? 0
      return switch value {
      case .integer: .integer(sign)
      case .unsigned: .unsigned(UInt64(sign))
      default: .number(ExactDecimal(sign))
      }
    },
  ]

  /// The mode with this name, as `half-even`.
  static func roundingMode(_ word: String) throws(EvaluationFault) -> RoundingMode {
    if let mode = RoundingMode(rawValue: word) { return mode }
    let help = Suggestion.help(for: word, in: RoundingMode.allCases.map(\.rawValue)) ?? ""
    throw EvaluationFault("`\(word)` is no way of rounding; \(help)")
  }

  private static func extreme(
    _ name: String, _ pick: @escaping @Sendable (Value, Value) throws(EvaluationFault) -> Value
  ) -> StandardFunction {
    StandardFunction(
      name, .global, [([.number], .number), ([.list(.number)], .number)], isVariadic: true
    ) { (values) throws(EvaluationFault) in
      var candidates = values
      if values.count == 1, case .list(let items) = values[0] { candidates = items }
      guard var best = candidates.first else {
        throw EvaluationFault("`\(name)` of an empty list has no value")
      }
      for candidate in candidates {
        guard candidate.fraction != nil else { return nil }
        best = try pick(best, candidate)
      }
      return best
    }
  }

  private static func whole(_ name: String, _ mode: RoundingMode) -> StandardFunction {
    StandardFunction(name, .global, [([.number], .number)]) { (values) throws(EvaluationFault) in
      guard let number = values[0].fraction else { return nil }
      guard let rounded = try? number.rounded(to: 0, mode) else { throw .overflow }
      return .number(rounded)
    }
  }

  private static func signed(
    _ name: String, _ compute: @escaping @Sendable (Value) throws(EvaluationFault) -> Value
  ) -> StandardFunction {
    StandardFunction(
      name, .global, [([.integer], .integer), ([.unsigned], .unsigned), ([.number], .number)]
    ) { (values) throws(EvaluationFault) in values[0].fraction == nil ? nil : try compute(values[0]) }
  }
}
