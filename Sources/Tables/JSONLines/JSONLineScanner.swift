import Diagnostics
import JSONCore

/// Finds the cells of a line that holds one JSON object, and sets them down as those of a record.
struct JSONLineScanner {
  /// What stands under the key of a column.
  private enum Found {
    case nothing
    case null
    case text(Range<Int>)
    case bytes([UInt8])
    case list, object, twice
  }

  private static let yes = Array("true".utf8)
  private static let no = Array("false".utf8)
  private static let none: [UInt8] = []

  private var keys: JSONKeys
  private var found: [Found]
  /// For each column, whether its key was met since the chunk began.
  private(set) var met: [Bool]
  /// Keys that the plan does not describe, met since the chunk began.
  private(set) var others: [(path: String, line: Int32)] = []
  private var chunk = -1
  private var line: Int32 = 0

  init(_ schema: TableSchema) {
    keys = JSONKeys(schema.columns)
    found = [Found](repeating: .nothing, count: schema.columns.count)
    met = [Bool](repeating: false, count: schema.columns.count)
  }

  mutating func begin(chunk: Int) {
    self.chunk = chunk
    others = []
    for column in met.indices { met[column] = false }
  }

  /// Reads a line into a record, or refuses it; whether it holds an object.
  mutating func read(_ text: Span<UInt8>, line: Int32, into records: inout StagedRecords) -> Bool {
    self.line = line
    for column in found.indices { found[column] = .nothing }
    var walk = JSONWalk(from: 0)
    do throws(JSONParsingError) {
      try object(text, &walk, level: 0, within: "")
      try walk.end(text)
    } catch {
      records.refuse(Self.fault(error, text, line))
      return false
    }
    records.begin()
    for column in found.indices {
      switch found[column] {
      case .nothing, .null: records.add(Self.none.span)
      case .text(let range): records.add(text.extracting(range))
      case .bytes(let bytes): records.add(bytes.span)
      case .list:
        records.refuse(
          fault(column, "a list is no single value", "write a row for each of its elements, or another key"))
        return true
      case .object:
        records.refuse(
          fault(column, "an object is no single value", "name a key inside it: `header: KEY.INNER`"))
        return true
      case .twice:
        records.refuse(fault(column, "the key stands twice in this row", "keep one of the two"))
        return true
      }
    }
    records.accept(line: line)
    return true
  }

  private mutating func object(
    _ text: Span<UInt8>, _ walk: inout JSONWalk, level: Int, within path: String
  ) throws(JSONParsingError) {
    try walk.enter(text)
    var expected = 0
    var isFirst = true
    while let key = try walk.key(text, isFirst: isFirst) {
      isFirst = false
      let place: Int? =
        switch key {
        case .bytes(let range):
          keys.find(text.extracting(range).bytes, level: level, expected: expected, within: path)
        case .unescaped(let bytes):
          keys.find(bytes.span.bytes, level: level, expected: expected, within: path)
        }
      guard let place else {
        _ = try walk.value(text)
        continue
      }
      expected = place + 1
      try member(text, &walk, level, place)
    }
  }

  @inline(__always)
  private mutating func member(
    _ text: Span<UInt8>, _ walk: inout JSONWalk, _ level: Int, _ place: Int
  ) throws(JSONParsingError) {
    let node = keys[level, place]
    if !node.isDescribed, keys.meet(level: level, place: place, chunk: chunk) {
      others.append((node.path, line))
    }
    if let inner = node.inner, walk.next(text) == 0x7B {
      for column in node.columns { take(.object, column) }
      return try object(text, &walk, level: inner, within: node.path)
    }
    let value: Found =
      switch try walk.value(text) {
      case .null: .null
      case .bool(let flag): .bytes(flag ? Self.yes : Self.no)
      case .number(let range), .string(let range): .text(range)
      case .unescaped(let bytes): .bytes(bytes)
      case .array: .list
      case .object: .object
      }
    for column in node.columns { take(value, column) }
  }

  @inline(__always)
  private mutating func take(_ value: Found, _ column: Int) {
    met[column] = true
    if case .nothing = found[column] { found[column] = value } else { found[column] = .twice }
  }

  private func fault(_ column: Int, _ message: String, _ help: String) -> RowFault {
    RowFault(line: line, kind: .told(column: column, .jsonValue, message, help: help))
  }

  private static func fault(_ error: JSONParsingError, _ text: Span<UInt8>, _ line: Int32) -> RowFault {
    var character = 1
    var first: UInt8?
    for index in text.indices {
      if index < error.offset, text[index] & 0xC0 != 0x80 { character += 1 }
      if first == nil, text[index] > 0x20 { first = text[index] }
    }
    let help =
      first == 0x5B
      ? "write one object a line, without a list around them; `jq -c '.[]'` makes them of a list"
      : "each line must hold one object, like `{\"id\": \"D-1\", \"amount\": 12.50}`"
    return RowFault(
      line: line,
      kind: .told(
        column: nil, .jsonSyntax, "character \(character) of this line: \(error.message)", help: help))
  }
}
