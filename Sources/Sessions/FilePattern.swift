/// A file's name in which each `*` stands for any characters.
package struct FilePattern {
  private let parts: [[UInt8]]

  package init(_ pattern: String) {
    parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map { Array($0.utf8) }
  }

  /// Whether a name fits; one that begins with a point fits only a pattern that does so too.
  package func fits(_ name: String) -> Bool {
    var rest = Array(name.utf8)[...]
    guard let first = parts.first, let last = parts.last, rest.starts(with: first) else { return false }
    if parts.count == 1 { return rest.count == first.count }
    if first.isEmpty, rest.first == 0x2E { return false }
    rest = rest.dropFirst(first.count)
    guard rest.count >= last.count, rest.suffix(last.count) == last[...] else { return false }
    rest = rest.dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      var found = false
      while rest.count >= part.count {
        found = rest.starts(with: part)
        if found { break }
        rest = rest.dropFirst()
      }
      if !found { return false }
      rest = rest.dropFirst(part.count)
    }
    return true
  }
}
