package import Diagnostics

/// What the readers of a plan ask for, noted while they read: each mapping's keys, and what each value may be.
///
/// The schema of a plan is made from such a record of examples, so that it cannot say anything else than the readers.
package final class ReadingRecord {
  /// What a value may be.
  package enum Kind: Hashable {
    /// Any scalar, taken as text.
    case text
    /// One text or a list of them.
    case texts
    case words([String])
    case date
    case integer(ClosedRange<Int>)
    /// An amount or a number.
    case number
    /// A percentage, or a number.
    case share
    case condition
    case boolean
  }

  /// One key of a mapping.
  package struct Key {
    package let name: String
    package internal(set) var kinds: [Kind] = []
    package internal(set) var isRequired = false
  }

  private var mappings: [SourceSpan: [Key]] = [:]
  private var values: [SourceSpan: [Kind]] = [:]

  package init() {}

  /// The keys that were asked of the mapping at this place, in that order; nil when its keys are the author's own.
  package func keys(_ span: SourceSpan) -> [Key]? { mappings[span] }

  /// What the value at this place was taken for.
  package func kinds(_ span: SourceSpan) -> [Kind] { values[span] ?? [] }

  /// Notes that a key was asked for.
  func ask(_ name: String, of mapping: SourceSpan, _ kind: Kind?) {
    change(name, of: mapping) { key in
      if let kind, !key.kinds.contains(kind) { key.kinds.append(kind) }
    }
  }

  /// Notes that a key must be there.
  func require(_ name: String, of mapping: SourceSpan) { change(name, of: mapping) { $0.isRequired = true } }

  /// Notes what a value is taken for.
  func note(_ kind: Kind, at span: SourceSpan) {
    if !(values[span]?.contains(kind) ?? false) { values[span, default: []].append(kind) }
  }

  private func change(_ name: String, of mapping: SourceSpan, _ change: (inout Key) -> Void) {
    var keys = mappings[mapping] ?? []
    let place = keys.firstIndex { $0.name == name } ?? keys.endIndex
    if place == keys.endIndex { keys.append(Key(name: name)) }
    change(&keys[place])
    mappings[mapping] = keys
  }
}
