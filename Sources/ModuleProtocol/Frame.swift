/// Rows as columns: what crosses between the host and a module.
public struct Frame: Sendable {
  /// The number of rows, the same in each column.
  public let count: Int
  /// The columns, found by name.
  public private(set) var columns: [FrameColumn]

  /// A frame of `count` rows.
  public init(count: Int, columns: [FrameColumn] = []) {
    self.count = count
    self.columns = columns
  }

  /// The column with this name.
  public subscript(name: String) -> FrameColumn? { columns.first { $0.name == name } }

  /// Adds a column at the end.
  public mutating func append(_ column: FrameColumn) { columns.append(column) }
}

/// One column of a frame.
public struct FrameColumn: Sendable, Hashable {
  /// The cells by kind.
  public enum Values: Sendable, Hashable {
    /// Texts, each as its place in the dictionary.
    case text([Int32], dictionary: [String])
    /// Whole numbers.
    case integer([Int64])
    /// Numbers as integers of the last of `places` digits after the point: 12.50 with 2 places is 1250.
    case decimal([Int64], places: Int)
    /// Days since 1970-01-01.
    case date([Int32])
    /// Truth values.
    case boolean([Bool])
  }

  /// The name.
  public let name: String
  /// The cells.
  public let values: Values
  /// Which cells are empty, and have a value that means nothing; nil when none is.
  public let missing: [Bool]?

  /// A column.
  public init(name: String, values: Values, missing: [Bool]? = nil) {
    self.name = name
    self.values = values
    self.missing = missing
  }

  /// The number of cells.
  public var count: Int {
    switch values {
    case .text(let cells, _): cells.count
    case .integer(let cells), .decimal(let cells, _): cells.count
    case .date(let cells): cells.count
    case .boolean(let cells): cells.count
    }
  }

  /// Whether the cell of this row is empty.
  public func isMissing(_ row: Int) -> Bool { missing?[row] ?? false }
}
