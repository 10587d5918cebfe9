/// The members of a JSON object in the order in which they were written; of equal keys the last one counts.
public struct JSONObject: Sendable {
  /// The members.
  public private(set) var members: [(key: String, value: JSONValue)] = []
  // Only objects of many members have an index; a short list is searched faster than a dictionary.
  private var index: [String: Int]?
  private static let longestUnindexed = 12

  /// An object of these members.
  public init(_ pairs: [(String, JSONValue)] = []) {
    members.reserveCapacity(pairs.count)
    for (key, value) in pairs { self[key] = value }
  }

  /// The value of a key; nil removes it.
  public subscript(key: String) -> JSONValue? {
    get { place(key).map { members[$0].value } }
    set {
      switch (place(key), newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil):
        members.remove(at: place)
        reindex()
      case (nil, let value?):
        index?[key] = members.count
        members.append((key, value))
        if index == nil, members.count > Self.longestUnindexed { reindex() }
      case (nil, nil): break
      }
    }
  }

  /// The keys in order.
  public var keys: [String] { members.map(\.key) }
  /// The number of members.
  public var count: Int { members.count }

  private func place(_ key: String) -> Int? {
    if let index { return index[key] }
    return members.firstIndex { $0.key == key }
  }

  private mutating func reindex() {
    index =
      members.count > Self.longestUnindexed
      ? Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.key, $0) }) : nil
  }
}

extension JSONObject: Hashable {
  /// Whether both have the same members, in whatever order.
  public static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
  }

  /// Feeds the members to the hasher, whatever their order.
  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for member in members {
      var one = Hasher()
      one.combine(member.key)
      one.combine(member.value)
      sum = sum &+ one.finalize()
    }
    hasher.combine(sum)
  }
}
