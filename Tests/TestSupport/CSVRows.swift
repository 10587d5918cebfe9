/// Rows of a plain CSV text (no quotes), each a dictionary by heading.
package enum CSVRows {
  package static func read(_ text: String) -> [[String: String]] {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let headings = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(headings, $0)) }
  }
}
