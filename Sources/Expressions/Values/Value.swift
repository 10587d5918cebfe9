package import Money
package import PlanCalendar

extension Expression {
  /// A value that an expression computes.
  package enum Value: Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case number(ExactDecimal)
    /// A quotient that no decimal holds, as 1/3.
    case fraction(ExactFraction)
    case text(String)
    case bytes([UInt8])
    case date(CalendarDate)
    case timestamp(Timestamp)
    case duration(TimeSpan)
    case list([Value])
    case map(ValueMap)
    /// The name of a type, as `type(x)` gives it.
    case type(String)

    /// CEL's name of the value's type.
    package var typeName: String {
      switch self {
      case .null: "null_type"
      case .boolean: "bool"
      case .integer: "int"
      case .unsigned: "uint"
      case .number, .fraction: "double"
      case .text: "string"
      case .bytes: "bytes"
      case .date: "date"
      case .timestamp: "google.protobuf.Timestamp"
      case .duration: "google.protobuf.Duration"
      case .list: "list"
      case .map: "map"
      case .type: "type"
      }
    }

    /// The kind of the value.
    package var type: ValueType {
      switch self {
      case .null: .null
      case .boolean: .boolean
      case .integer: .integer
      case .unsigned: .unsigned
      case .number, .fraction: .number
      case .text: .text
      case .bytes: .bytes
      case .date: .date
      case .timestamp: .timestamp
      case .duration: .duration
      case .list(let items): .list(ValueType.joined(items.map(\.type)))
      case .map(let map):
        .map(ValueType.joined(map.keys.map(\.type)), ValueType.joined(map.values.map(\.type)))
      case .type: .type
      }
    }

    var isNull: Bool { if case .null = self { true } else { false } }

    /// The number as a decimal; nil for a fraction that none holds, and for what is no number.
    package var decimal: ExactDecimal? {
      switch self {
      case .integer(let value): ExactDecimal(value)
      case .unsigned(let value): ExactDecimal(value)
      case .number(let value): value
      case .fraction(let value): value.decimal
      default: nil
      }
    }

    /// The number as a fraction; nil for what is no number.
    package var fraction: ExactFraction? {
      if case .fraction(let value) = self { return value }
      return decimal.map { ExactFraction($0) }
    }

    /// The condition that the value is; an empty cell is one that does not hold, nil what is no condition.
    var condition: Bool? {
      switch self {
      case .boolean(let flag): flag
      case .null: false
      default: nil
      }
    }
  }
}
