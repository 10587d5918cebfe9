package import JSONCore
import SharedMemory

/// The feature by whose name host and module agree that columns may cross in shared memory.
package let mappedColumnsFeature = "columns.mapped"

/// Writes the frames of one message: columns inline, or in memory files that must be kept until they were read.
package struct FrameWriter {
  /// Where columns go.
  package enum Target: Sendable {
    case inline
    /// Into memory files that nobody can change.
    case sealed
    /// Into memory files that are written anew for each message, which spares the system their pages.
    case reused
  }

  private let target: Target
  private var files: [MemoryFile] = []
  private var used = 0

  package init(_ target: Target) { self.target = target }

  /// A writer of the next message to the same receiver, who is done with the one before.
  package func next(_ target: Target) -> FrameWriter {
    var writer = FrameWriter(target)
    if target == .reused { writer.files = files }
    return writer
  }

  /// The frame as the protocol writes it.
  package mutating func json(_ frame: Frame) throws(ProtocolFault) -> JSONValue {
    var columns: [JSONValue] = []
    for column in frame.columns { columns.append(try json(column)) }
    return ["count": .number(frame.count), "columns": .array(columns)]
  }

  private mutating func json(_ column: FrameColumn) throws(ProtocolFault) -> JSONValue {
    var object = JSONObject([("name", .string(column.name))])
    switch column.values {
    case .text(let codes, let dictionary):
      object["type"] = "text"
      object["dictionary"] = .array(dictionary.map { .string($0) })
      try write(codes, column.missing, into: &object)
    case .integer(let numbers):
      object["type"] = "integer"
      try write(numbers, column.missing, into: &object)
    case .decimal(let numbers, let places):
      object["type"] = "decimal"
      object["places"] = .number(places)
      try write(numbers, column.missing, into: &object)
    case .date(let days):
      object["type"] = "date"
      try write(days, column.missing, into: &object)
    case .boolean(let flags):
      object["type"] = "boolean"
      try write(flags, column.missing, into: &object)
    }
    return .object(object)
  }

  private mutating func write(
    _ cells: [Int64], _ missing: [Bool]?, into object: inout JSONObject
  ) throws(ProtocolFault) {
    if target != .inline {
      try map(.int64, cells.count, cells.span.bytes, missing, into: &object)
    } else {
      object["values"] = .array(JSONArray(integers: cells, missing: missing))
    }
  }

  private mutating func write(
    _ cells: [Int32], _ missing: [Bool]?, into object: inout JSONObject
  ) throws(ProtocolFault) {
    if target != .inline {
      try map(.int32, cells.count, cells.span.bytes, missing, into: &object)
    } else {
      object["values"] = .array(JSONArray(integers: cells.map { Int64($0) }, missing: missing))
    }
  }

  private mutating func write(
    _ flags: [Bool], _ missing: [Bool]?, into object: inout JSONObject
  ) throws(ProtocolFault) {
    if target != .inline {
      try map(flags, missing, into: &object)
    } else if let missing {
      object["values"] = .array(zip(flags, missing).map { $1 ? .null : .bool($0) })
    } else {
      object["values"] = .array(flags.map { .bool($0) })
    }
  }

  // MARK: Memory files

  private mutating func map(
    _ flags: [Bool], _ missing: [Bool]?, into object: inout JSONObject
  ) throws(ProtocolFault) {
    let bytes = flags.map { $0 ? 1 : 0 as UInt8 }
    try map(.boolean, flags.count, bytes.span.bytes, missing, into: &object)
  }

  private mutating func map(
    _ kind: NumpyHeader.Kind, _ count: Int, _ cells: RawSpan, _ missing: [Bool]?,
    into object: inout JSONObject
  ) throws(ProtocolFault) {
    object["npy"] = .string(try file(kind, count, cells))
    guard let missing else { return }
    let bytes = missing.map { $0 ? 1 : 0 as UInt8 }
    object["missing"] = .string(try file(.boolean, count, bytes.span.bytes))
  }

  /// Puts cells into a file of their own; its path.
  private mutating func file(
    _ kind: NumpyHeader.Kind, _ count: Int, _ cells: RawSpan
  ) throws(ProtocolFault) -> String {
    do {
      if used == files.count { files.append(try MemoryFile()) }
      let file = files[used]
      used += 1
      try file.write(NumpyHeader(kind, count: count).bytes, cells)
      if target == .sealed { try file.seal() }
      return file.path
    } catch {
      throw ProtocolFault(error.message)
    }
  }
}
