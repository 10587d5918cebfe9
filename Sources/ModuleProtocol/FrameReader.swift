package import JSONCore
import SharedMemory

/// Reads the frames of one message, and trusts nothing in them.
///
/// All columns have `count` cells, all texts a place in the dictionary; empty cells are read as zero. What
/// crosses in memory files is copied out of them.
package struct FrameReader {
  /// Whose memory files may be named.
  package enum Sender: Sendable {
    /// No one's: columns cross inline only.
    case inline
    /// Those of the process with this id, or of any when it is nil.
    case mapped(process: Int32?)
  }

  private let sender: Sender
  /// Whether a column came in a memory file.
  package private(set) var sawMapped = false
  /// How many bytes of memory files may still be read.
  private var budget = 256 << 20

  package init(_ sender: Sender) { self.sender = sender }

  /// Reads a frame.
  package mutating func frame(_ json: JSONValue?) throws(ProtocolFault) -> Frame {
    guard let count = json?["count"]?.int, count >= 0, let items = json?["columns"]?.array else {
      throw ProtocolFault("a frame must have `count` and `columns`")
    }
    var columns: [FrameColumn] = []
    for item in items {
      let column = try column(item)
      guard column.count == count else {
        throw ProtocolFault("column `\(column.name)` has \(column.count) cells, the frame has \(count) rows")
      }
      columns.append(column)
    }
    return Frame(count: count, columns: columns)
  }

  private mutating func column(_ json: JSONValue) throws(ProtocolFault) -> FrameColumn {
    guard let name = json["name"]?.string, let type = json["type"]?.string else {
      throw ProtocolFault("a column must have `name` and `type`")
    }
    let cells = try cells(name, json)
    let missing = try cells.missing(name)
    let values: FrameColumn.Values
    switch type {
    case "integer": values = .integer(try cells.numbers(name, missing))
    case "decimal":
      guard let places = json["places"]?.int, (0...18).contains(places) else {
        throw ProtocolFault("decimal column `\(name)` must have `places` from 0 to 18")
      }
      values = .decimal(try cells.numbers(name, missing), places: places)
    case "date": values = .date(try cells.smallNumbers(name, missing))
    case "boolean": values = .boolean(try cells.flags(name, missing))
    case "text":
      let dictionary = (json["dictionary"]?.array ?? []).compactMap(\.string)
      let codes = try cells.smallNumbers(name, missing)
      try Self.check(codes, missing, against: dictionary, name)
      values = .text(codes, dictionary: dictionary)
    default: throw ProtocolFault("column `\(name)` is of type `\(type)`, which this protocol does not have")
    }
    return FrameColumn(name: name, values: values, missing: missing)
  }

  private mutating func cells(_ name: String, _ json: JSONValue) throws(ProtocolFault) -> ColumnCells {
    switch (json["values"], json["npy"]?.string, sender) {
    case (.array(let values)?, nil, _): return .inline(values)
    case (nil, let path?, .mapped(let process)):
      sawMapped = true
      let cells = try file(name, path, process)
      return .mapped(
        cells,
        missing: try json["missing"]?.string.map { path throws(ProtocolFault) in
          try file(name, path, process)
        })
    case (nil, _?, .inline):
      throw ProtocolFault("column `\(name)` is in shared memory, which was not agreed on")
    default: throw ProtocolFault("column `\(name)` must have either `values` or `npy`")
    }
  }

  private mutating func file(
    _ name: String, _ path: String, _ process: Int32?
  ) throws(ProtocolFault) -> MappedCells {
    do {
      let cells = try MappedCells(path: path, process: process, largest: budget)
      budget -= cells.bytes
      return cells
    } catch {
      throw ProtocolFault("column `\(name)`: \(error.message)")
    }
  }

  private static func check(
    _ codes: [Int32], _ missing: [Bool]?, against dictionary: [String], _ name: String
  ) throws(ProtocolFault) {
    // The code of an empty cell is 0.
    if missing.map({ !$0.contains(false) }) ?? codes.isEmpty { return }
    let largest = codes.reduce(UInt32(0)) { max($0, UInt32(bitPattern: $1)) }
    if Int(largest) >= dictionary.count {
      throw ProtocolFault("text column `\(name)` points outside its dictionary")
    }
  }
}
