/// The elements of a JSON array.
///
/// Whole numbers, with nulls among them, are kept as numbers: a column of a million cells is then no million values.
/// How an array is kept makes no difference to what it equals.
public struct JSONArray: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  private enum Storage: Sendable {
    case values([JSONValue])
    case integers([Int64], missing: [Bool]?)
  }

  private let storage: Storage

  /// An array of these values.
  public init(_ values: [JSONValue]) { storage = .values(values) }

  /// An array of these values.
  public init(arrayLiteral elements: JSONValue...) { storage = .values(elements) }

  /// An array of whole numbers; those that are `missing` stand as null, and the number there means nothing.
  package init(integers: [Int64], missing: [Bool]? = nil) { storage = .integers(integers, missing: missing) }

  /// The whole numbers, when the array is kept as such.
  package var integers: (cells: [Int64], missing: [Bool]?)? {
    if case .integers(let cells, let missing) = storage { (cells, missing) } else { nil }
  }

  /// The elements as values.
  public var values: [JSONValue] {
    if case .values(let values) = storage { values } else { Array(self) }
  }

  /// The place of the first element.
  public var startIndex: Int { 0 }
  /// The place behind the last element.
  public var endIndex: Int {
    switch storage {
    case .values(let values): values.count
    case .integers(let cells, _): cells.count
    }
  }

  /// The element at a place.
  public subscript(place: Int) -> JSONValue {
    switch storage {
    case .values(let values): values[place]
    case .integers(let cells, let missing): missing?[place] == true ? .null : .number(Int(cells[place]))
    }
  }
}

extension JSONArray: Hashable {
  /// Whether both have equal elements, however they are kept.
  public static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }

  /// Feeds the elements to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for element in self { hasher.combine(element) }
  }
}
