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
    var drafts: [LineDraft] = []
    for group in groups {
      let count = count(of: group)
      if inOrder {
        drafts += ordering.ordered(group, parts, count: count)
      } else {
        drafts.reserveCapacity(drafts.count + count)
        for part in parts { drafts += part.drafts[part.range(group)] }
      }
    }
    var lines = empty
    lines.dealt = nil
    lines.payee = drafts.map(\.payee)
    lines.row = drafts.map(\.row)
    lines.day = drafts.map(\.day)
    lines.period = drafts.map(\.period)
    lines.amount = drafts.map(\.amount)
    if parts.contains(where: \.hasShares) { lines.shares = drafts.map(\.share) }
    if parts.contains(where: \.hasOrigins) { lines.origins = drafts.map(\.origin) }
    return lines
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
