import Diagnostics
import YAMLSource

/// Places every line of a page where the values on it belong.
///
/// Lines on which a key or a `-` begins are indented by their depth; lines that go on with a value move with the line
/// on which it begins; comments stand where the next value does.
struct Layout {
  private(set) var page: Page
  private let original: Page
  /// The new indents of lines on which something begins.
  private var indents: [Int: Int] = [:]
  /// How far the inside of a text moves.
  private var shifts: [Int: Int] = [:]

  init(_ page: Page) {
    self.page = page
    original = page
  }

  mutating func place(_ root: YAMLNode) {
    markInside(root)
    visit(root, column: 0, parent: -2)
    for spacing in spacings.sorted(by: { ($0.line, $0.range.lowerBound) > ($1.line, $1.range.lowerBound) }) {
      replace(spacing)
    }
    indent()
  }

  // MARK: Where things begin

  /// The scalar on which a node begins; nil when the node stands for nothing.
  private func scalar(_ position: SourcePosition) -> Unicode.Scalar? {
    guard original.numbers.contains(position.line) else { return nil }
    let line = original[position.line].scalars
    return position.column <= line.count ? line[position.column - 1] : nil
  }

  private func isFirst(_ position: SourcePosition) -> Bool {
    original[position.line].indent == position.column - 1
  }

  /// Whether the node is written over lines, and not in braces or brackets.
  private func isBlock(_ node: YAMLNode) -> Bool {
    guard node.scalar == nil, let first = scalar(node.span.start) else { return false }
    return !["{", "[", "*"].contains(first)
  }

  /// Marks the lines inside of texts that go over several lines.
  private mutating func markInside(_ node: YAMLNode) {
    if scalar(node.span.start) == "*" { return }
    switch node.content {
    case .scalar(let scalar):
      let last = node.span.end.column == 1 ? node.span.end.line - 1 : node.span.end.line
      if scalar.style == .block {
        for line in node.span.start.line..<lastInside(node, upTo: last) { page.markInside(line + 1) }
      } else if last > node.span.start.line {
        for line in node.span.start.line + 1...last { page.markInside(line) }
      }
    case .sequence(let items): for item in items { markInside(item) }
    case .mapping(let pairs): for pair in pairs { markInside(pair.value) }
    }
  }

  /// The last line of a text below `|` or `>`; empty lines after it belong to it only where `+` keeps them.
  private func lastInside(_ node: YAMLNode, upTo last: Int) -> Int {
    let start = node.span.start
    let header = original[start.line].scalars.dropFirst(start.column - 1)
    var last = min(last, original.numbers.upperBound)
    if !header.prefix(3).contains("+") {
      while last > start.line, original[last].scalars.allSatisfy({ $0 == " " }) { last -= 1 }
    }
    return max(start.line, last)
  }

  // MARK: Indents

  private mutating func visit(_ node: YAMLNode, column: Int, parent: Int) {
    switch node.content {
    case .scalar(let scalar): if scalar.style == .block { moveInside(node, to: parent + 2) }
    case .mapping(let pairs) where isBlock(node):
      for pair in pairs {
        if isFirst(pair.keySpan.start) { indents[pair.keySpan.start.line] = column }
        space(after: pair)
        visit(pair.value, column: column + 2, parent: column)
      }
    case .sequence(let items) where isBlock(node):
      for item in items {
        guard let dash = dash(before: item.span.start) else { continue }
        if isFirst(dash) { indents[dash.line] = column }
        space(from: dash, to: item.span.start)
        visit(item, column: column + 2, parent: column)
      }
    default: if scalar(node.span.start) != "*" { spaceInside(node) }
    }
  }

  /// The `-` of an item: before it on its line, or alone on a line above.
  private func dash(before position: SourcePosition) -> SourcePosition? {
    guard original.numbers.contains(position.line) else { return nil }
    var line = position.line
    var place = last(of: line, before: position.column - 1)
    while place == nil, line > 1 {
      line -= 1
      place = last(of: line, before: original[line].comment ?? original[line].scalars.count)
    }
    guard let place, original[line].scalars[place] == "-" else { return nil }
    return SourcePosition(line: line, column: place + 1)
  }

  /// The place of the last character of a line that is no space, before a column.
  private func last(of line: Int, before end: Int) -> Int? {
    original[line].scalars.prefix(max(0, end)).lastIndex { $0 != " " }
  }

  /// A text below `|` or `>` is indented from its key; with a stated indent it moves as its key does.
  private mutating func moveInside(_ node: YAMLNode, to column: Int) {
    let header = original[node.span.start.line].scalars.dropFirst(node.span.start.column - 1)
    guard header.first == "|" || header.first == ">" else { return }
    let isStated = header.prefix { $0 != " " && $0 != "#" }.contains { $0.properties.numericType != nil }
    let inside = original.numbers.filter { $0 > node.span.start.line && page[$0].isInside }
    var last = node.span.start.line
    for line in inside {
      if line != last + 1 { break }
      last = line
    }
    guard last > node.span.start.line else { return }
    let lines = node.span.start.line + 1...last
    guard let first = lines.compactMap({ original[$0].indent }).first else { return }
    let own = original[node.span.start.line].indent ?? 0
    let shift = isStated ? (indents[node.span.start.line] ?? own) - own : column - first
    for line in lines { shifts[line] = shift }
  }

  private mutating func indent() {
    var shift = 0
    for number in original.numbers {
      let old = original[number].indent ?? 0
      if let shift = shifts[number] {
        move(number, by: shift)
        continue
      }
      if let indent = indents[number] {
        shift = indent - old
      } else if page[number].isComment {
        move(number, by: shiftOfComment(number) ?? shift)
        continue
      }
      if !page[number].isBlank { move(number, by: shift) }
    }
  }

  /// How far a comment moves: as the next line on which something begins, or the last one, that stands just as deep.
  private func shiftOfComment(_ number: Int) -> Int? {
    func shift(_ line: Int) -> Int? {
      guard let old = original[line].indent, old == original[number].indent else { return nil }
      return indents[line].map { $0 - old }
    }
    let next = original.numbers.first { $0 > number && indents[$0] != nil }
    if let found = next.flatMap(shift) { return found }
    return original.numbers.prefix { $0 < number }.reversed().lazy.compactMap(shift).first
  }

  private mutating func move(_ number: Int, by shift: Int) {
    let isComment = page[number].isComment
    let indent = page[number].indent ?? page[number].scalars.count
    if shift < 0 {
      page[number].scalars.removeFirst(min(indent, -shift))
    } else if indent < page[number].scalars.count {
      page[number].scalars.insert(contentsOf: repeatElement(" ", count: shift), at: 0)
    }
    if isComment {
      page[number].comment = page[number].indent
    } else {
      keepComment(number, moved: shift)
    }
  }

  // MARK: Spaces

  /// Blanks within a line, and what stands in their place.
  private struct Spacing {
    let line: Int
    let range: Range<Int>
    let text: String
  }

  private var spacings: [Spacing] = []

  /// One space between the colon of a key and its value.
  private mutating func space(after pair: YAMLPair) {
    let (start, end) = (pair.keySpan.end, pair.value.span.start)
    guard start.line == end.line, end.column > start.column else { return }
    let range = start.column - 1..<end.column - 1
    let between = original[start.line].scalars[range]
    let isPlain = between.filter { $0 != " " } == [":"]
    if isPlain, between.last == " " { spacings.append(Spacing(line: start.line, range: range, text: ": ")) }
  }

  private mutating func space(from dash: SourcePosition, to item: SourcePosition) {
    if item.line == dash.line, item.column - dash.column > 2 {
      spacings.append(Spacing(line: dash.line, range: dash.column..<item.column - 1, text: " "))
    }
  }

  /// Single spaces between the values inside braces and brackets that stand on one line.
  private mutating func spaceInside(_ node: YAMLNode) {
    guard node.scalar == nil else { return }
    if node.span.start.line != node.span.end.line {
      for child in node.items ?? (node.pairs ?? []).map(\.value) where scalar(child.span.start) != "*" {
        spaceInside(child)
      }
      return
    }
    let line = node.span.start.line
    let scalars = original[line].scalars
    let (first, last) = (node.span.start.column - 1, node.span.end.column - 2)
    guard first < last, last < scalars.count, ["{", "["].contains(scalars[first]) else { return }
    let children = node.items ?? (node.pairs ?? []).map(\.value)
    let starts = node.items?.map(\.span.start) ?? (node.pairs ?? []).map(\.keySpan.start)
    var end = first + 1
    for (child, start) in zip(children, starts) {
      guard end <= start.column - 1 else { return }
      let gap = end..<start.column - 1
      let text = scalars[gap].filter { $0 != " " }
      if text.isEmpty, end == first + 1 {
        spacings.append(Spacing(line: line, range: gap, text: ""))
      } else if text == [","] {
        spacings.append(Spacing(line: line, range: gap, text: ", "))
      }
      if let pair = node.pairs?.first(where: { $0.keySpan.start == start }) { space(after: pair) }
      spaceInside(child)
      end = child.span.end.column - 1
    }
    if end < last, scalars[end..<last].allSatisfy({ $0 == " " }) {
      spacings.append(Spacing(line: line, range: end..<last, text: ""))
    }
  }

  private mutating func replace(_ spacing: Spacing) {
    let length = spacing.text.unicodeScalars.count
    page[spacing.line].scalars.replaceSubrange(spacing.range, with: spacing.text.unicodeScalars)
    keepComment(spacing.line, moved: length - spacing.range.count)
  }

  /// Leaves the comment behind a value where it was, as far as the value lets it.
  private mutating func keepComment(_ number: Int, moved: Int) {
    guard let old = page[number].comment else { return }
    let now = old + moved
    var gap = now
    while gap > 0, page[number].scalars[gap - 1] == " " { gap -= 1 }
    let wanted = max(gap + 1, old)
    page[number].scalars.replaceSubrange(gap..<now, with: repeatElement(" ", count: wanted - gap))
    page[number].comment = wanted
  }
}
