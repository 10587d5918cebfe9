import Parallelism

/// Brings drafts of lines into the order of lines: by payee, day, the row's id, and the payee passed on from.
///
/// Drafts come in parts. Each part is first dealt out to groups of neighbouring payees, small enough to stay in a
/// core's cache; then every group is counted into its places by payee and day, on all cores.
struct LineOrdering {
  /// The payees, numbered from 0.
  let payees: Int
  /// The days on which lines can be.
  let days: Range<Int32>
  /// The order of the rows' ids within a day.
  let ranks: RowRanks
  /// Whether the drafts of a payee and day come in the order of their ranks.
  let comesInRankOrder: Bool

  static let groups = 256

  /// Fills the columns of `lines` with the drafts.
  func order(_ parts: [Part], into lines: inout CreditedLines) {
    let starts = groupStarts(parts)
    let count = starts.last ?? 0
    let hasShares = parts.contains { $0.hasShares }
    let hasOrigins = parts.contains { $0.hasOrigins }
    var columns = lines
    columns.payee = [Int32](count: count) { payee in
      columns.row = [Int32](count: count) { row in
        columns.day = [Int32](count: count) { day in
          columns.period = [Int32](count: count) { period in
            columns.amount = [Int64](count: count) { amount in
              columns.shares = [Int32](count: hasShares ? count : 0) { share in
                columns.origins = [Int32](count: hasOrigins ? count : 0) { origin in
                  Parallel.forEach(Self.groups) { group in
                    let place = starts[group]..<starts[group + 1]
                    if place.isEmpty { return }
                    let drafts = ordered(group, parts, count: place.count)
                    payee.fill(place) { cells in
                      for line in drafts.indices { cells[line] = drafts[line].payee }
                    }
                    row.fill(place) { cells in for line in drafts.indices { cells[line] = drafts[line].row } }
                    day.fill(place) { cells in for line in drafts.indices { cells[line] = drafts[line].day } }
                    period.fill(place) { cells in
                      for line in drafts.indices { cells[line] = drafts[line].period }
                    }
                    amount.fill(place) { cells in
                      for line in drafts.indices { cells[line] = drafts[line].amount }
                    }
                    if hasShares {
                      share.fill(place) { cells in
                        for line in drafts.indices { cells[line] = drafts[line].share }
                      }
                    }
                    if hasOrigins {
                      origin.fill(place) { cells in
                        for line in drafts.indices { cells[line] = drafts[line].origin }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    lines = columns
  }

  /// Drafts dealt out to groups of payees.
  struct Part: Sendable {
    let drafts: [LineDraft]
    fileprivate let ends: [Int]
    let hasShares: Bool
    let hasOrigins: Bool

    var count: Int { drafts.count }

    func range(_ group: Int) -> Range<Int> { (group == 0 ? 0 : ends[group - 1])..<ends[group] }
  }

  /// Deals drafts out; those of one group keep their order.
  func part(_ drafts: [LineDraft]) -> Part {
    var ends = [Int](repeating: 0, count: Self.groups)
    for draft in drafts { ends[group(draft.payee)] += 1 }
    var next = [Int](repeating: 0, count: Self.groups)
    for group in 1..<Self.groups {
      next[group] = ends[group - 1]
      ends[group] += ends[group - 1]
    }
    var (hasShares, hasOrigins) = (false, false)
    let dealt = [LineDraft](count: drafts.count) { filling in
      filling.fill(0..<drafts.count) { places in
        for draft in drafts {
          let group = group(draft.payee)
          places[next[group]] = draft
          next[group] += 1
          hasShares = hasShares || draft.share >= 0
          hasOrigins = hasOrigins || draft.origin >= 0
        }
      }
    }
    return Part(drafts: dealt, ends: ends, hasShares: hasShares, hasOrigins: hasOrigins)
  }

  var payeesAGroup: Int { max(1, (payees + Self.groups - 1) / Self.groups) }

  private func group(_ payee: Int32) -> Int { Int(payee) / payeesAGroup }

  private func groupStarts(_ parts: [Part]) -> [Int] {
    var starts = [0]
    for group in 0..<Self.groups {
      starts.append(starts[group] + parts.reduce(0) { $0 + $1.range(group).count })
    }
    return starts
  }

  /// The drafts of a group in the order of lines.
  func ordered(_ group: Int, _ parts: [Part], count: Int) -> [LineDraft] {
    let first = Int32(group * payeesAGroup)
    let span = payeesAGroup * days.count
    if span > 8 * count + 4096 {
      return parts.flatMap { $0.drafts[$0.range(group)] }.sorted { key($0) < key($1) }
    }
    func slot(_ draft: LineDraft) -> Int {
      Int(draft.payee - first) * days.count + Int(draft.day - days.lowerBound)
    }
    var next = [Int32](repeating: 0, count: span + 1)
    for part in parts { for place in part.range(group) { next[slot(part.drafts[place]) + 1] += 1 } }
    for slot in 1...span { next[slot] += next[slot - 1] }
    var ordered = [LineDraft](count: count) { filling in
      filling.fill(0..<count) { places in
        for part in parts {
          for place in part.range(group) {
            let draft = part.drafts[place]
            let slot = slot(draft)
            places[Int(next[slot])] = draft
            next[slot] += 1
          }
        }
      }
    }
    if !comesInRankOrder { rankDays(&ordered) }
    return ordered
  }

  /// Orders the lines of each payee and day by the ids of their rows.
  private func rankDays(_ drafts: inout [LineDraft]) {
    var start = 0
    while start < drafts.count {
      var end = start + 1
      while end < drafts.count, drafts[end].day == drafts[start].day, drafts[end].payee == drafts[start].payee
      {
        end += 1
      }
      if end - start > 1 { drafts[start..<end].sort { key($0) < key($1) } }
      start = end
    }
  }

  /// Lines that are alike in all else, as adjustments and what comes to one manager by several people are, are told
  /// apart by their amounts, which unlike the rows of shares do not depend on the order of a file.
  private func key(_ draft: LineDraft) -> (Int32, Int32, Int32, Int32, Int64, Int32) {
    (
      draft.payee, draft.day, ranks[draft.row], draft.origin, draft.amount, draft.share
    )
  }
}
