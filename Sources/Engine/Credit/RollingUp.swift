import Diagnostics
import Parallelism
import PlanModel

/// Passes lines on to the managers as of each line's day.
struct RollingUp: Sendable {
  private static let linesAStretch = 1 << 15

  let rule: CreditRule
  let rollUp: RollUp
  let people: Payees
  let ranks: RowRanks
  let periods: PeriodOfDay

  /// The lines that the managers get; each names the payee it comes from.
  func lines(of origin: CreditedLines) throws(Diagnostic) -> CreditedLines {
    var lines = CreditedLines(
      rule: rule.name.text, table: origin.table, idColumn: origin.idColumn, places: origin.places)
    let ordering = LineOrdering(
      payees: people.count, days: periods.days, ranks: ranks, comesInRankOrder: false)
    let parts = try LevelParts(rollUp.shares, rule)
    let stretches = LineStretches(origin, size: Self.linesAStretch, inOrder: true)
    let dealt = Parallel.map(stretches.count) { index -> Result<LineOrdering.Part, Circle> in
      let stretch = stretches[index]
      let origin = stretch.lines
      var drafts: [LineDraft] = []
      drafts.reserveCapacity(stretch.range.count)
      for line in stretch.range {
        let start = origin.payee[line]
        var draft = LineDraft(
          payee: start, row: origin.row[line], day: origin.day[line], period: origin.period[line],
          amount: origin.amount[line], share: origin.share(line), origin: start)
        do throws(Circle) {
          try forEachManager(of: Int(start), day: draft.day) { manager, level in
            draft.payee = Int32(manager)
            draft.amount = parts.part(of: origin.amount[line], level)
            drafts.append(draft)
          }
        } catch {
          return .failure(error)
        }
      }
      return .success(ordering.part(drafts))
    }
    var whole: [LineOrdering.Part] = []
    for part in dealt {
      do throws(Circle) { whole.append(try part.get()) } catch { throw cycle(error) }
    }
    ordering.order(whole, into: &lines)
    return lines
  }

  /// The sums that the managers get, a line a manager and period.
  func sums(of origin: CreditedLines) throws(Diagnostic) -> CreditedLines {
    let periodCount = Int32(periods.count)
    let cells = people.count * periods.count
    let stretches = LineStretches(origin, size: Self.linesAStretch, inOrder: false)
    // Managers may be anywhere: there are as few sums of everybody as keep all cores busy.
    let pieces = Parallel.stretches(stretches.count, size: stretches.count / 4 + 1)
    let parts = try LevelParts(rollUp.shares, rule)
    let summed = Parallel.map(pieces.count) { index -> Result<LineSums, Circle> in
      var sums = LineSums(cells: cells)
      for number in pieces[index] {
        let stretch = stretches[number]
        let origin = stretch.lines
        for line in stretch.range {
          do throws(Circle) {
            try forEachManager(of: Int(origin.payee[line]), day: origin.day[line]) { manager, level in
              sums.add(
                parts.part(of: origin.amount[line], level),
                at: Int(Int32(manager) * periodCount + origin.period[line]))
            }
          } catch {
            return .failure(error)
          }
        }
      }
      return .success(sums)
    }
    var whole = LineSums(cells: cells)
    for part in summed {
      do throws(Circle) {
        whole.add(try part.get())
      } catch {
        // The manager who is named is the one whom the first line in order comes to.
        if origin.dealt != nil { return try sums(of: origin.inOrder) }
        throw cycle(error)
      }
    }
    if whole.isTooLarge {
      throw Diagnostic(
        .arithmeticOverflow, .error, "the sums of `\(rule.name.text)` are too large", at: rule.name.span)
    }
    return whole.lines(
      like: CreditedLines(
        rule: rule.name.text, table: origin.table, idColumn: origin.idColumn, places: origin.places),
      periods)
  }

  /// Nobody's managers come to an end.
  struct Circle: Error {
    let manager: Int
  }

  /// Does `body` for the payee's managers on a day, from the nearest, of level 0, up to the last level.
  @inline(__always)
  func forEachManager(of payee: Int, day: Int32, _ body: (Int, Int) -> Void) throws(Circle) {
    guard var manager = people.manager(of: payee, day: day) else { return }
    if rollUp.levels == 1 {
      if manager != payee { body(manager, 0) }
      return
    }
    // A line of managers is short: a list is looked through faster than a set is made.
    var seen = [payee]
    while true {
      if seen.contains(manager) {
        if rollUp.levels == nil { throw Circle(manager: manager) }
        return
      }
      body(manager, seen.count - 1)
      seen.append(manager)
      if let levels = rollUp.levels, seen.count > levels { return }
      guard let next = people.manager(of: manager, day: day) else { return }
      manager = next
    }
  }

  func cycle(_ circle: Circle) -> Diagnostic {
    Diagnostic(
      .managerCycle, .error,
      "`\(people.ids[circle.manager])` is among their own managers, so that `levels: all` never ends",
      at: rule.name.span, help: "mend the managers in the table of people")
  }
}
