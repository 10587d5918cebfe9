package import Diagnostics
package import JSONCore
package import Sessions
import YAMLSource

/// What one plan says otherwise than another, by meaning: the order of keys, the way numbers are written, comments and
/// the like are no differences.
package struct PlanDifference: Sendable {
  /// One thing that differs.
  package struct Change: Sendable {
    /// What it is: "`rate` of band 2 of component `commission`".
    package let subject: String
    /// What the plans say; nil where one says nothing of it.
    package let before: String?
    package let after: String?
    /// Where that stands in each.
    package let places: [Location]
  }

  package private(set) var changes: [Change] = []

  package init(_ before: PlanFile, _ after: PlanFile) {
    if let before = before.whole, let after = after.whole { compare(before, after, PlaceInWords()) }
  }

  private mutating func compare(_ before: YAMLNode, _ after: YAMLNode, _ place: PlaceInWords) {
    if let old = before.pairs, let new = after.pairs {
      for pair in old where after[pair.key] == nil { tell(place.key(pair.key), pair.value, nil) }
      for pair in new {
        let inner = place.key(pair.key)
        if let value = before[pair.key] {
          compare(value, pair.value, inner)
        } else {
          tell(inner, nil, pair.value)
        }
      }
    } else if let old = before.items, let new = after.items {
      compare(old, new, place)
    } else if let header = place.linesBeforeRows, let old = before.scalar?.text, let new = after.scalar?.text
    {
      if let words = PlanValue.rows(old, new, header: header) {
        changes.append(
          Change(
            subject: place.words, before: words.before, after: words.after,
            places: [.source(before.span), .source(after.span)]))
      }
    } else if !PlanValue.agree(before, after) {
      tell(place, before, after)
    }
  }

  /// Lists: what both have in the same order is left aside; what lies between is set against each other in turn.
  private mutating func compare(_ before: [YAMLNode], _ after: [YAMLNode], _ place: PlaceInWords) {
    if (before + after).allSatisfy({ $0.scalar != nil }) {
      if before.count != after.count || zip(before, after).contains(where: { !PlanValue.agree($0, $1) }) {
        changes.append(
          Change(
            subject: place.words, before: PlanValue.words(before), after: PlanValue.words(after),
            places: [before.first, after.first].compactMap { $0.map { .source($0.span) } }))
      }
      return
    }
    var (old, new) = (0, 0)
    for (endOfOld, endOfNew) in Self.common(before, after) + [(before.count, after.count)] {
      while old < endOfOld, new < endOfNew {
        compare(before[old], after[new], place.item(new))
        (old, new) = (old + 1, new + 1)
      }
      while old < endOfOld {
        tell(place.item(old), before[old], nil)
        old += 1
      }
      while new < endOfNew {
        tell(place.item(new), nil, after[new])
        new += 1
      }
      (old, new) = (endOfOld + 1, endOfNew + 1)
    }
  }

  /// The places of a longest run of items that both lists have in the same order.
  private static func common(_ before: [YAMLNode], _ after: [YAMLNode]) -> [(Int, Int)] {
    var lengths = Array(repeating: Array(repeating: 0, count: after.count + 1), count: before.count + 1)
    for old in before.indices.reversed() {
      for new in after.indices.reversed() {
        lengths[old][new] =
          PlanValue.agree(before[old], after[new])
          ? lengths[old + 1][new + 1] + 1 : max(lengths[old + 1][new], lengths[old][new + 1])
      }
    }
    var (old, new) = (0, 0)
    var pairs: [(Int, Int)] = []
    while old < before.count, new < after.count {
      if PlanValue.agree(before[old], after[new]) {
        pairs.append((old, new))
        (old, new) = (old + 1, new + 1)
      } else if lengths[old + 1][new] >= lengths[old][new + 1] {
        old += 1
      } else {
        new += 1
      }
    }
    return pairs
  }

  private mutating func tell(_ place: PlaceInWords, _ before: YAMLNode?, _ after: YAMLNode?) {
    changes.append(
      Change(
        subject: place.words, before: before.map(PlanValue.words), after: after.map(PlanValue.words),
        places: [before, after].compactMap { $0.map { .source($0.span) } }))
  }
}

extension PlanDifference.Change {
  /// The change in a line: "… : 10% → 12%", "… is new: …", "… is gone, was …".
  package var text: String {
    switch (before, after) {
    case (let before?, let after?): "\(subject): \(before) → \(after)"
    case (nil, let after?): "\(subject) is new: \(after)"
    case (let before?, nil): "\(subject) is gone, was \(before)"
    case (nil, nil): subject
    }
  }

  package var json: JSONValue {
    [
      "subject": .string(subject), "before": before.map { .string($0) } ?? .null,
      "after": after.map { .string($0) } ?? .null, "places": .array(places.map { .string($0.description) }),
    ]
  }
}
