import Diagnostics
import ModuleProtocol
import PlanCalendar
import PlanModel
import Synchronization

/// Takes the lines of a run block by block, so that what each line earned need not be held for all of them.
///
/// It is called once, with the number of blocks and that of the credit rules whose lines are written, and asks for each of them, on any cores; the block's result holds the
/// lines of neighbouring payees and no others, those of later blocks belong to later payees. Nil means that the run has
/// failed: what was taken is worth nothing.
package typealias LineSink = (_ blocks: Int, _ rules: Int, _ block: @Sendable (Int) -> RunResult?) -> Void

/// Computes components a block of payees after the other, all of them for a block before the next one begins.
///
/// Fit for components of which nothing else looks at single lines, and whose payees do not depend on each other.
struct LineStreaming: Sendable {
  private let parts: [Rewarding]
  private let data: RunData
  private let asOf: CalendarDate?
  private let watch: RunWatch
  private let blocks: [Range<Int>]

  init(_ parts: [Rewarding], _ data: RunData, asOf: CalendarDate?, watch: RunWatch) {
    (self.parts, self.data, self.asOf, self.watch) = (parts, data, asOf, watch)
    let rules = Set(parts.flatMap(\.component.credits))
    // Every dealt rule has the same groups, also one that is only written.
    let step = data.credited.values.lazy.compactMap(\.dealt).first?.ordering.payeesAGroup ?? 1
    blocks = Self.blocks(
      rules.compactMap { data.credited[$0] }, step: step, payees: data.people.count,
      periods: data.plan.calendar.periods.count, rows: parts.map(\.batchRows).min() ?? 1)
  }

  /// Stretches of payees, each with about so many rows of lines and periods; where lines are dealt, of whole groups.
  private static func blocks(
    _ lines: [CreditedLines], step: Int, payees: Int, periods: Int, rows: Int
  ) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var next = [Int](repeating: 0, count: lines.count)
    var (start, count) = (0, 0)
    for first in stride(from: 0, to: payees, by: step) {
      let end = min(first + step, payees)
      count += (end - first) * periods
      for (index, lines) in lines.enumerated() {
        if let dealt = lines.dealt {
          count += dealt.count(of: first / step)
        } else {
          let last = lines.payee.firstIndex(above: Int32(end) - 1, from: next[index])
          count += last - next[index]
          next[index] = last
        }
      }
      if count >= rows || end == payees {
        blocks.append(start..<end)
        (start, count) = (end, 0)
      }
    }
    return blocks
  }

  /// Which component failed, and why.
  struct Failure: Error {
    let component: Component
    let diagnostic: Diagnostic
  }

  /// What the components came to without their lines, which the sink has taken.
  func figures(_ sink: LineSink) throws(Failure) -> [ComponentResult.Figures] {
    let lineCount = data.credited.values.reduce(0) { $0 + $1.count }
    let state = Mutex(State(blocks: blocks.count))
    let shown = data.plan.credits.count { data.plan.outputs.lineCredits?.contains($0.name.text) ?? true }
    sink(blocks.count, shown) { number in
      // Once a block has failed, later ones change nothing; earlier ones may yet be the first that failed.
      if state.withLock({ $0.failed.map { $0.block < number } ?? false }) { return nil }
      var block = data
      block.credited = data.credited.mapValues { $0.of(blocks[number]) }
      var computed: [ComponentResult] = []
      for part in parts {
        do throws(Diagnostic) {
          if watch.isCancelled() { throw watch.cancellation(part.component.name) }
          let figures = try part.figures(block, of: blocks[number])
          computed.append(
            ComponentResult(
              component: part.component, unit: part.contract.gives.unit, state: .computed(figures)))
        } catch {
          state.withLock { $0.fail(number, Failure(component: part.component, diagnostic: error)) }
          return nil
        }
      }
      let done = state.withLock { state in
        state.figures[number] = computed.compactMap { $0.figures?.withoutLines }
        state.done += block.credited.values.reduce(0) { $0 + $1.count }
        return state.done
      }
      if let last = parts.last {
        watch.progress(RunProgress(component: last.component.name.text, done: done, total: lineCount))
      }
      return RunResult(
        data: block, components: computed, settlement: nil, rejected: [], diagnostics: [], asOf: asOf,
        memory: RunMemory())
    }
    let end = state.withLock { $0 }
    if let failed = end.failed { throw failed.failure }
    return parts.indices.map { part in ComponentResult.Figures(joining: end.figures.map { $0[part] }) }
  }

  /// How far the blocks have come.
  private struct State {
    var done = 0
    /// The first block of which is known that it failed.
    var failed: (block: Int, failure: Failure)?
    var figures: [[ComponentResult.Figures]]

    init(blocks: Int) { figures = [[ComponentResult.Figures]](repeating: [], count: blocks) }

    mutating func fail(_ block: Int, _ failure: Failure) {
      if failed.map({ block < $0.block }) ?? true { failed = (block, failure) }
    }
  }
}
