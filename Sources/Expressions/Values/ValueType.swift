package import Tables

extension Expression {
  /// The kinds of value that an expression can have.
  package indirect enum ValueType: Sendable, Hashable {
    /// A value whose kind is known only when it is there: CEL's `dyn`.
    case any
    case null
    case boolean
    /// CEL's `int`, of 64 bits.
    case integer
    /// CEL's `uint`.
    case unsigned
    /// An exact decimal, or the fraction that a division left; every column of numbers holds these.
    case number
    case text
    case bytes
    /// A day, without time or zone.
    case date
    /// A moment to the nanosecond, in UTC.
    case timestamp
    case duration
    case list(ValueType)
    case map(ValueType, ValueType)
    case type

    /// The word that people use for it.
    package var word: String {
      switch self {
      case .any: "any value"
      case .null: "null"
      case .boolean: "boolean"
      case .integer, .unsigned, .number: "number"
      case .text: "text"
      case .bytes: "bytes"
      case .date: "date"
      case .timestamp: "timestamp"
      case .duration: "duration"
      case .list: "list"
      case .map: "map"
      case .type: "type"
      }
    }

    /// The word with its article, as in "a number is wanted here".
    var article: String {
      switch self {
      case .boolean: "a condition"
      case .any, .null, .bytes: word
      case .unsigned: "an unsigned number"
      default: "a \(word)"
      }
    }

    /// Whether it is one of the three kinds of number.
    package var isNumeric: Bool { self == .integer || self == .unsigned || self == .number }

    /// Whether a value of the other kind may stand where this one is wanted.
    package func accepts(_ other: ValueType) -> Bool {
      switch (self, other) {
      case (.any, _), (_, .any), (.number, .integer), (.number, .unsigned): true
      case (.list(let a), .list(let b)): a.accepts(b)
      case (.map(let a, let x), .map(let b, let y)): a.accepts(b) && x.accepts(y)
      default: self == other
      }
    }

    /// Whether values of both kinds can be equal.
    func isComparable(to other: ValueType) -> Bool {
      switch (self, other) {
      case (.null, _), (_, .null), (.any, _), (_, .any): true
      case (.list(let a), .list(let b)): a.isComparable(to: b)
      case (.map(let a, let x), .map(let b, let y)): a.isComparable(to: b) && x.isComparable(to: y)
      default: self == other || (isNumeric && other.isNumeric)
      }
    }

    /// The kind that holds both: one of them, a number, or any value.
    func joined(with other: ValueType) -> ValueType {
      if self == other || other == .null { return self }
      if self == .null { return other }
      if self == .integer && other == .number || self == .number && other == .integer { return .number }
      switch (self, other) {
      case (.list(let a), .list(let b)): return .list(a.joined(with: b))
      case (.map(let a, let x), .map(let b, let y)): return .map(a.joined(with: b), x.joined(with: y))
      default: return .any
      }
    }

    /// The kind that holds all of these; any value for none.
    static func joined(_ types: [ValueType]) -> ValueType {
      guard let first = types.first else { return .any }
      return types.dropFirst().reduce(first) { $0.joined(with: $1) }
    }
  }
}

extension ColumnType {
  /// The kind that expressions see.
  package var valueType: Expression.ValueType {
    switch self {
    case .text: .text
    case .integer, .decimal, .percent: .number
    case .date: .date
    case .boolean: .boolean
    }
  }
}
