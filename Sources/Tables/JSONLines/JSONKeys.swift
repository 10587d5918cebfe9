/// The keys of a table's objects: those that columns are read from, and others that were met beside them.
struct JSONKeys {
  /// What a key leads to.
  struct Node {
    /// The key as the plan writes it, with the keys of the objects around it: `account.owner`.
    let path: String
    /// The columns that hold its value.
    var columns: [Int] = []
    /// Where the keys of the object stand that is its value, if columns are read from there.
    var inner: Int?
    /// The last chunk in which it was met.
    var chunk = -1

    /// Whether the plan describes it.
    var isDescribed: Bool { !columns.isEmpty || inner != nil }
  }

  /// The keys of the objects at one place.
  private struct Level {
    var names = TextRun()
    var nodes: [Node] = []
  }

  /// How many keys beside those of columns are remembered at each place.
  private static let mostOthers = 256

  private var levels = [Level()]

  /// The keys of these columns: a header with points stands for a key of just that name, and for keys inside objects.
  init(_ columns: [ColumnSchema]) {
    for (place, column) in columns.enumerated() {
      add(column.header, column.header, level: 0) { $0.columns.append(place) }
      let parts = column.header.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 1 || parts.contains("") { continue }
      var level = 0
      for depth in parts.indices.dropLast() {
        level = inner(parts[depth], parts[...depth].joined(separator: "."), level)
      }
      add(parts[parts.count - 1], column.header, level: level) { $0.columns.append(place) }
    }
  }

  subscript(level: Int, place: Int) -> Node { levels[level].nodes[place] }

  /// The place of a key among those of its level, looked for from where it is expected; nil where it is not
  /// remembered.
  mutating func find(_ key: RawSpan, level: Int, expected: Int, within path: String) -> Int? {
    let count = levels[level].names.count
    for step in 0..<count {
      var place = expected + step
      if place >= count { place -= count }
      if levels[level].names.equal(Int32(place), key) { return place }
    }
    guard count < Self.mostOthers + levels[level].nodes.count(where: \.isDescribed) else { return nil }
    let name = key.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    levels[level].names.append(key)
    levels[level].nodes.append(Node(path: path.isEmpty ? name : path + "." + name))
    return count
  }

  /// Notes that a key was met in a chunk; whether for the first time there.
  mutating func meet(level: Int, place: Int, chunk: Int) -> Bool {
    if levels[level].nodes[place].chunk == chunk { return false }
    levels[level].nodes[place].chunk = chunk
    return true
  }

  private mutating func inner(_ name: String, _ path: String, _ level: Int) -> Int {
    var next = levels.count
    add(name, path, level: level) { node in
      next = node.inner ?? next
      node.inner = next
    }
    if next == levels.count { levels.append(Level()) }
    return next
  }

  private mutating func add(_ name: String, _ path: String, level: Int, _ change: (inout Node) -> Void) {
    let bytes = Array(name.utf8)
    let known = (0..<levels[level].names.count).first {
      levels[level].names.equal(Int32($0), bytes.span.bytes)
    }
    if known == nil {
      levels[level].names.append(bytes.span.bytes)
      levels[level].nodes.append(Node(path: path))
    }
    change(&levels[level].nodes[known ?? levels[level].nodes.count - 1])
  }
}
