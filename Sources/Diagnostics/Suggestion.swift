/// Finds the word that a person probably meant.
package enum Suggestion {
  /// The candidate nearest to `word` by edits (insert, delete, replace, swap neighbours), when it is near.
  ///
  /// Near means at most one edit in words up to four letters, else at most a third of the letters.
  package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    if let meant = synonyms[word.lowercased()], candidates.contains(meant) { return meant }
    let wanted = Array(word.lowercased().unicodeScalars)
    var best: (distance: Int, word: String)?
    for candidate in candidates where candidate != word {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let limit = wanted.count <= 4 ? 1 : max(wanted.count, letters.count) / 3
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, letters)
      guard distance <= limit else { continue }
      if let known = best, (known.distance, known.word) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.word
  }

  /// Words of the field for what a plan calls otherwise.
  private static let synonyms = [
    "slab": "whole-amount", "retroactive": "whole-amount", "retro": "whole-amount", "flat": "whole-amount",
    "incremental": "marginal", "progressive": "marginal", "graduated": "marginal", "monthly": "month",
    "quarterly": "quarter", "semester": "half", "half-year": "half", "yearly": "year", "annual": "year",
    "annually": "year", "string": "text", "number": "decimal", "float": "decimal", "int": "integer",
    "bool": "boolean", "datetime": "date", "amount": "money", "percentage": "percent", "ytd": "to-date",
  ]

  /// "did you mean `x`?", or the list of what is allowed when nothing is near.
  package static func help(for word: String, in candidates: [String]) -> String? {
    if let near = nearest(to: word, in: candidates) { return "did you mean `\(near)`?" }
    if candidates.isEmpty { return nil }
    let shown = candidates.sorted().prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return "allowed here: \(shown)" + (candidates.count > 12 ? ", …" : "")
  }

  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var row = [i + 1]
      for (j, other) in b.enumerated() {
        var cost = min(last[j] + (letter == other ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, letter == b[j - 1], a[i - 1] == other { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
