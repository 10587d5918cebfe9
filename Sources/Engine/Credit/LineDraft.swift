/// A credited line on its way into the order of lines.
struct LineDraft: BitwiseCopyable, Sendable {
  var payee: Int32
  var row: Int32
  var day: Int32
  var period: Int32
  var amount: Int64
  var share: Int32 = -1
  var origin: Int32 = -1
}

/// The place of each row's id when the ids of a table are sorted by their bytes, or as numbers.
struct RowRanks: Sendable {
  // INVARIANT: empty when the rows stand in the order of their ids already.
  private let ranks: [Int32]

  init(_ ranks: [Int32] = []) { self.ranks = zip(ranks, ranks.dropFirst()).allSatisfy(<) ? [] : ranks }

  /// Whether the rows of the table stand in the order of their ids.
  var isRowOrder: Bool { ranks.isEmpty }

  /// The place of a row; rows of -1 come last.
  subscript(row: Int32) -> Int32 {
    if row < 0 { return Int32.max }
    return ranks.isEmpty ? row : ranks[Int(row)]
  }
}
