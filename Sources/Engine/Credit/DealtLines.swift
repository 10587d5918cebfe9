/// Lines dealt out to groups of neighbouring payees, of which a group is put in order when it is wanted.
struct DealtLines: Sendable {
  let ordering: LineOrdering
  let parts: [LineOrdering.Part]
  /// How many lines there are.
  let count: Int

  init(_ ordering: LineOrdering, _ parts: [LineOrdering.Part]) {
    (self.ordering, self.parts) = (ordering, parts)
    count = parts.reduce(0) { $0 + $1.count }
  }

  /// The groups that have payees, in the order of the payees.
  var groups: Range<Int> { 0..<(ordering.payees + ordering.payeesAGroup - 1) / ordering.payeesAGroup }

  /// The payees of some groups.
  func payees(of groups: Range<Int>) -> Range<Int> {
    let size = ordering.payeesAGroup
    return groups.lowerBound * size..<min(groups.upperBound * size, ordering.payees)
  }

  /// How many lines a group has.
  func count(of group: Int) -> Int { parts.reduce(0) { $0 + $1.range(group).count } }

  /// The lines of some groups, `like` those that have none; each group's in the order of lines, or in any.
  func lines(of groups: Range<Int>, like empty: CreditedLines, inOrder: Bool) -> CreditedLines {
    let pieces = groups.flatMap { group -> [ArraySlice<LineDraft>] in
      if inOrder { return [ordering.ordered(group, parts, count: count(of: group))[...]] }
      return parts.map { $0.drafts[$0.range(group)] }
    }
    let total = pieces.reduce(0) { $0 + $1.count }
    var lines = empty
    lines.dealt = nil
    lines.payee = Self.column(pieces, total) { $0.payee }
    lines.row = Self.column(pieces, total) { $0.row }
    lines.day = Self.column(pieces, total) { $0.day }
    lines.period = Self.column(pieces, total) { $0.period }
    lines.amount = Self.column(pieces, total) { $0.amount }
    if parts.contains(where: \.hasShares) { lines.shares = Self.column(pieces, total) { $0.share } }
    if parts.contains(where: \.hasOrigins) { lines.origins = Self.column(pieces, total) { $0.origin } }
    return lines
  }

  @inline(__always)
  private static func column<Cell>(
    _ pieces: [ArraySlice<LineDraft>], _ count: Int, _ cell: (LineDraft) -> Cell
  ) -> [Cell] {
    var cells: [Cell] = []
    cells.append(addingCapacity: count) { cells in
      for piece in pieces { for draft in piece { cells.append(cell(draft)) } }
    }
    return cells
  }
}

/// Lines cut into stretches of whole payees, for work on all cores.
struct LineStretches: Sendable {
  /// Some lines, and the payees they are of: all lines of these and no others.
  struct Stretch {
    let lines: CreditedLines
    let range: Range<Int>
    let payees: Range<Int>
  }

  private let lines: CreditedLines
  // Of lines; of groups where the lines are dealt.
  private let ranges: [Range<Int>]
  private let inOrder: Bool

  /// Stretches of about `size` lines each; lines that are dealt come in order only where that is wanted.
  init(_ lines: CreditedLines, size: Int, inOrder: Bool) {
    (self.lines, self.inOrder) = (lines, inOrder)
    guard let dealt = lines.dealt else {
      ranges = lines.stretches(size: size)
      return
    }
    var ranges: [Range<Int>] = []
    var (start, count) = (0, 0)
    for group in dealt.groups {
      count += dealt.count(of: group)
      if count >= size || group + 1 == dealt.groups.upperBound {
        ranges.append(start..<group + 1)
        (start, count) = (group + 1, 0)
      }
    }
    self.ranges = ranges
  }

  var count: Int { ranges.count }

  subscript(index: Int) -> Stretch {
    let range = ranges[index]
    if let dealt = lines.dealt {
      let part = dealt.lines(of: range, like: lines, inOrder: inOrder)
      return Stretch(lines: part, range: 0..<part.count, payees: dealt.payees(of: range))
    }
    return Stretch(
      lines: lines, range: range,
      payees: Int(lines.payee[range.lowerBound])..<Int(lines.payee[range.upperBound - 1]) + 1)
  }
}
