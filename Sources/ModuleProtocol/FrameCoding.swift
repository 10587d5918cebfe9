public import JSONCore
import Money

/// A message of the module protocol that cannot be understood.
public struct ProtocolFault: Error, Sendable, Hashable {
  /// What is wrong, for people.
  public let message: String

  /// A fault.
  public init(_ message: String) { self.message = message }
}

extension Frame {
  /// The frame as the protocol writes it.
  public var json: JSONValue {
    ["count": .number(count), "columns": .array(columns.map(\.json))]
  }

  /// Reads a frame, and checks that all columns have `count` cells and all texts a place in the dictionary.
  public init(json: JSONValue?) throws(ProtocolFault) {
    guard let count = json?["count"]?.int, count >= 0, let items = json?["columns"]?.array else {
      throw ProtocolFault("a frame must have `count` and `columns`")
    }
    var columns: [FrameColumn] = []
    for item in items {
      let column = try FrameColumn(json: item)
      guard column.count == count else {
        throw ProtocolFault("column `\(column.name)` has \(column.count) cells, the frame has \(count) rows")
      }
      columns.append(column)
    }
    self.init(count: count, columns: columns)
  }
}

extension FrameColumn {
  /// The column as the protocol writes it; an empty cell is null.
  public var json: JSONValue {
    func cells<T>(_ values: [T], _ cell: (T) -> JSONValue) -> JSONValue {
      guard let missing else { return .array(values.map(cell)) }
      return .array(values.indices.map { missing[$0] ? .null : cell(values[$0]) })
    }
    var object = JSONObject([("name", .string(name))])
    switch values {
    case .text(let codes, let dictionary):
      object["type"] = "text"
      object["dictionary"] = .array(dictionary.map { .string($0) })
      object["values"] = cells(codes) { .number(Int($0)) }
    case .integer(let numbers):
      object["type"] = "integer"
      object["values"] = cells(numbers) { .number(Int($0)) }
    case .decimal(let numbers, let places):
      object["type"] = "decimal"
      object["places"] = .number(places)
      object["values"] = cells(numbers) { .number(Int($0)) }
    case .date(let days):
      object["type"] = "date"
      object["values"] = cells(days) { .number(Int($0)) }
    case .boolean(let flags):
      object["type"] = "boolean"
      object["values"] = cells(flags) { .bool($0) }
    }
    return .object(object)
  }

  /// Reads a column.
  public init(json: JSONValue) throws(ProtocolFault) {
    guard let name = json["name"]?.string, let type = json["type"]?.string, let cells = json["values"]?.array
    else {
      throw ProtocolFault("a column must have `name`, `type` and `values`")
    }
    var missing: [Bool]?
    for (row, cell) in cells.enumerated() where cell == .null {
      if missing == nil { missing = [Bool](repeating: false, count: cells.count) }
      missing?[row] = true
    }
    func numbers<T: FixedWidthInteger>(_ type: T.Type) throws(ProtocolFault) -> [T] {
      var numbers: [T] = []
      numbers.reserveCapacity(cells.count)
      for cell in cells {
        guard let number = cell == .null ? 0 : cell.int.flatMap({ T(exactly: $0) }) else {
          throw ProtocolFault("column `\(name)` holds a cell that is no whole number in range")
        }
        numbers.append(number)
      }
      return numbers
    }
    let values: Values
    switch type {
    case "integer": values = .integer(try numbers(Int64.self))
    case "decimal":
      guard let places = json["places"]?.int, (0...18).contains(places) else {
        throw ProtocolFault("decimal column `\(name)` must have `places` from 0 to 18")
      }
      values = .decimal(try numbers(Int64.self), places: places)
    case "date": values = .date(try numbers(Int32.self))
    case "boolean":
      values = .boolean(cells.map { $0.bool ?? false })
      guard cells.allSatisfy({ $0 == .null || $0.bool != nil }) else {
        throw ProtocolFault("boolean column `\(name)` holds something else")
      }
    case "text":
      let dictionary = (json["dictionary"]?.array ?? []).compactMap(\.string)
      let codes = try numbers(Int32.self)
      guard codes.indices.allSatisfy({ dictionary.indices.contains(Int(codes[$0])) || missing?[$0] == true })
      else {
        throw ProtocolFault("text column `\(name)` points outside its dictionary")
      }
      values = .text(codes, dictionary: dictionary)
    default: throw ProtocolFault("column `\(name)` is of type `\(type)`, which this protocol does not have")
    }
    self.init(name: name, values: values, missing: missing)
  }
}
