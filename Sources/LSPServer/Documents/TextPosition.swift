/// A place in a text as the protocol counts it: line and character from 0.
struct TextPosition: Sendable, Hashable, Comparable {
  var line: Int
  var character: Int

  static func < (left: Self, right: Self) -> Bool {
    (left.line, left.character) < (right.line, right.character)
  }
}

/// A stretch of a text from `start` up to, not including, `end`.
struct TextRange: Sendable, Hashable {
  var start: TextPosition
  var end: TextPosition

  /// Whether the position lies in it, its end included.
  func touches(_ position: TextPosition) -> Bool { start <= position && position <= end }

  /// Whether the two have a place in common, their ends included.
  func meets(_ other: TextRange) -> Bool { start <= other.end && other.start <= end }
}
