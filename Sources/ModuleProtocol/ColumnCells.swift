import JSONCore
import SharedMemory

/// The cells of a column as they came, read as what the column's type wants; empty cells are read as zero.
enum ColumnCells {
  case inline(JSONArray)
  case mapped(MappedCells, missing: MappedCells?)

  /// Which cells are empty; nil when none is.
  func missing(_ name: String) throws(ProtocolFault) -> [Bool]? {
    switch self {
    case .inline(let values):
      if let integers = values.integers { return integers.missing }
      let empty = values.map { $0 == .null }
      return empty.contains(true) ? empty : nil
    case .mapped(let cells, let mask?):
      guard mask.count == cells.count else {
        throw Self.fault(name, "an `npy` and a `missing` of other lengths")
      }
      let empty = try mask.flags(name)
      return empty.contains(true) ? empty : nil
    case .mapped(_, nil): return nil
    }
  }

  func numbers(_ name: String, _ missing: [Bool]?) throws(ProtocolFault) -> [Int64] {
    switch self {
    case .inline(let values):
      if let integers = values.integers { return integers.cells }
      return try values.map { cell throws(ProtocolFault) in try Self.whole(name, cell) }
    case .mapped(let cells, _): return Self.emptied(try cells.numbers(name, .int64), missing)
    }
  }

  func smallNumbers(_ name: String, _ missing: [Bool]?) throws(ProtocolFault) -> [Int32] {
    if case .mapped(let cells, _) = self { return Self.emptied(try cells.numbers(name, .int32), missing) }
    return try numbers(name, missing).map { number throws(ProtocolFault) in
      guard let small = Int32(exactly: number) else { throw Self.notWhole(name) }
      return small
    }
  }

  func flags(_ name: String, _ missing: [Bool]?) throws(ProtocolFault) -> [Bool] {
    switch self {
    case .inline(let values):
      return try values.map { cell throws(ProtocolFault) in
        guard let flag = cell == .null ? false : cell.bool else {
          throw Self.fault(name, "something else than truth values")
        }
        return flag
      }
    case .mapped(let cells, _):
      let flags = try cells.flags(name)
      return missing.map { zip(flags, $0).map { $0 && !$1 } } ?? flags
    }
  }

  private static func emptied<Number: FixedWidthInteger>(_ cells: [Number], _ missing: [Bool]?) -> [Number] {
    missing.map { zip(cells, $0).map { $1 ? 0 : $0 } } ?? cells
  }

  private static func whole(_ name: String, _ cell: JSONValue) throws(ProtocolFault) -> Int64 {
    guard let number = cell == .null ? 0 : cell.int else { throw notWhole(name) }
    return Int64(number)
  }

  private static func notWhole(_ name: String) -> ProtocolFault {
    fault(name, "a cell that is no whole number in range")
  }

  static func fault(_ name: String, _ what: String) -> ProtocolFault {
    ProtocolFault("column `\(name)` holds \(what)")
  }
}

/// The cells of a memory file of another process.
final class MappedCells {
  private let memory: ForeignMemory
  private let header: NumpyHeader
  private let start: Int

  /// Opens the file and checks its head against its size.
  init(path: String, process: Int32?, largest: Int) throws(MemoryFault) {
    memory = try ForeignMemory(path: path, of: process)
    let head = try memory.numbers(UInt8.self, count: min(memory.count, NumpyHeader.longest), at: 0)
    guard let (header, start) = NumpyHeader.parse(head) else {
      throw MemoryFault("`\(path)` is no list in the form that the protocol wants")
    }
    let (size, overflow) = header.count.multipliedReportingOverflow(by: header.kind.width)
    guard !overflow, size == memory.count - start else {
      throw MemoryFault("`\(path)` is not as long as its head says")
    }
    guard size <= largest else { throw MemoryFault("`\(path)` is too large") }
    self.header = header
    self.start = start
  }

  /// The number of cells.
  var count: Int { header.count }
  /// The bytes that they take.
  var bytes: Int { header.count * header.kind.width }

  func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
    _ name: String, _ kind: NumpyHeader.Kind
  ) throws(ProtocolFault) -> [Number] {
    guard header.kind == kind else {
      throw ColumnCells.fault(name, "cells of kind `\(header.kind.rawValue)`, not `\(kind.rawValue)`")
    }
    do {
      return try memory.numbers(Number.self, count: count, at: start)
    } catch {
      throw ProtocolFault("column `\(name)`: \(error.message)")
    }
  }

  func flags(_ name: String) throws(ProtocolFault) -> [Bool] {
    let bytes: [UInt8] = try numbers(name, .boolean)
    guard bytes.reduce(0, |) <= 1 else { throw ColumnCells.fault(name, "something else than truth values") }
    return bytes.map { $0 == 1 }
  }
}
