import Diagnostics
import PlanModel
import YAMLSource

/// What reading a plan made of its components, kept so that those which stand as before are not read again.
package struct ReadingMemory: Sendable {
  /// A component's part of the plan, and what came of it.
  struct Entry: Sendable {
    let pair: YAMLPair
    let component: Component?
    let diagnostics: [Diagnostic]
  }

  /// What a component's reading depends on beside its own part: the rest of the plan, and from which table each credit
  /// rule takes its lines, which other components have a say in.
  struct Surroundings: Sendable, Equatable {
    let others: [YAMLPair]
    let tables: [String: String]
  }

  let surroundings: Surroundings
  private(set) var entries: [String: Entry] = [:]

  init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// What came of the same part in the same surroundings.
  func entry(_ pair: YAMLPair) -> Entry? {
    entries[pair.key].flatMap { $0.pair == pair ? $0 : nil }
  }

  mutating func keep(_ entry: Entry) { entries[entry.pair.key] = entry }
}
