extension StandardFunction {
  /// The functions of CEL's math extension on the bits of whole numbers.
  static let bits: [StandardFunction] = [
    both("math.bitAnd", { $0 & $1 }, { $0 & $1 }), both("math.bitOr", { $0 | $1 }, { $0 | $1 }),
    both("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }),
    StandardFunction(
      "math.bitNot", .global, [([.integer], .integer), ([.unsigned], .unsigned)]
    ) { (values) throws(EvaluationFault) in
      switch values[0] {
      case .integer(let number): .integer(~number)
      case .unsigned(let number): .unsigned(~number)
      default: nil
      }
    },
    shift("math.bitShiftLeft") { $0 << $1 }, shift("math.bitShiftRight") { $0 >> $1 },
  ]

  private static func both(
    _ name: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
    _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
  ) -> StandardFunction {
    StandardFunction(
      name, .global, [([.integer, .integer], .integer), ([.unsigned, .unsigned], .unsigned)]
    ) { (values) throws(EvaluationFault) in
      switch (values[0], values[1]) {
      case (.integer(let a), .integer(let b)): .integer(signed(a, b))
      case (.unsigned(let a), .unsigned(let b)): .unsigned(unsigned(a, b))
      default: nil
      }
    }
  }

  /// A shift of the bits by a count that must not be negative; zeros come in, also for negative numbers.
  private static func shift(
    _ name: String, _ move: @escaping @Sendable (UInt64, Int64) -> UInt64
  ) -> StandardFunction {
    StandardFunction(
      name, .global, [([.integer, .integer], .integer), ([.unsigned, .integer], .unsigned)]
    ) { (values) throws(EvaluationFault) in
      guard case .integer(let count) = values[1] else { return nil }
      if count < 0 { throw EvaluationFault("`\(name)` by a negative number has no meaning") }
      switch values[0] {
      case .integer(let number): return .integer(Int64(bitPattern: move(UInt64(bitPattern: number), count)))
      case .unsigned(let number): return .unsigned(move(number, count))
      default: return nil
      }
    }
  }
}
