/// Reads a regular expression in the syntax of RE2, as far as it names no classes of Unicode.
struct PatternParser {
  private let letters: [Unicode.Scalar]
  private var index = 0
  private var depth = 0
  private var ignoresCase = false
  private static let deepest = 50
  private static let mostRepetitions = 1000

  static func parse(_ text: String) throws(EvaluationFault) -> PatternSyntax {
    var parser = PatternParser(letters: Array(text.unicodeScalars))
    let pattern = try parser.either()
    if parser.index < parser.letters.count { throw parser.fault("a `)` closes nothing") }
    return pattern
  }

  private init(letters: [Unicode.Scalar]) { self.letters = letters }

  private func fault(_ what: String) -> EvaluationFault {
    EvaluationFault("the pattern `\(String(String.UnicodeScalarView(letters)))` cannot be read: \(what)")
  }

  private var letter: Unicode.Scalar? { index < letters.count ? letters[index] : nil }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard letter == wanted else { return false }
    index += 1
    return true
  }

  private mutating func either() throws(EvaluationFault) -> PatternSyntax {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw fault("it is nested more than \(Self.deepest) deep") }
    let outer = ignoresCase
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    ignoresCase = outer
    return branches.count == 1 ? branches[0] : .either(branches)
  }

  private mutating func sequence() throws(EvaluationFault) -> PatternSyntax {
    var parts: [PatternSyntax] = []
    while let letter, letter != "|", letter != ")" { parts.append(try repeated(try atom())) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repeated(_ first: PatternSyntax) throws(EvaluationFault) -> PatternSyntax {
    var pattern = first
    var count = 0
    while let letter {
      switch letter {
      case "*": pattern = .repeated(pattern, atLeast: 0, atMost: nil)
      case "+": pattern = .repeated(pattern, atLeast: 1, atMost: nil)
      case "?": pattern = .repeated(pattern, atLeast: 0, atMost: 1)
      case "{":
        guard let bounds = try bounds() else { return pattern }
        pattern = .repeated(pattern, atLeast: bounds.least, atMost: bounds.most)
        index -= 1
      default: return pattern
      }
      index += 1
      // A lazy repetition finds the same texts as a greedy one.
      _ = take("?")
      count += 1
      if count > 1 { throw fault("a repetition of a repetition needs parentheses") }
    }
    return pattern
  }

  /// The numbers of `{2,5}`; nil when the brace is an ordinary letter.
  private mutating func bounds() throws(EvaluationFault) -> (least: Int, most: Int?)? {
    let start = index
    index += 1
    let least = number()
    var most = least
    if take(",") { most = number() }
    guard let least, take("}") else {
      index = start
      return nil
    }
    if max(least, most ?? 0) > Self.mostRepetitions || (most.map { $0 < least } ?? false) {
      throw fault("a count of repetitions is above \(Self.mostRepetitions), or backwards")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let start = index
    while let letter, ("0"..."9").contains(letter) { index += 1 }
    return Int(String(String.UnicodeScalarView(letters[start..<index])))
  }

  private mutating func atom() throws(EvaluationFault) -> PatternSyntax {
    guard let letter else { return .empty }
    index += 1
    switch letter {
    case "(": return try group()
    case "[": return .one(folded(try bracket()))
    case ".": return .one(.dot)
    case "^": return .start
    case "$": return .end
    case "*", "+", "?": throw fault("`\(letter)` repeats nothing")
    case "{":
      index -= 1
      let isCount = try bounds() != nil
      if isCount { throw fault("`{` repeats nothing") }
      index += 1
      return .one(.single(letter))
    case "\\": return try escaped()
    default: return .one(folded(.single(letter)))
    }
  }

  private func folded(_ set: LetterSet) -> LetterSet { ignoresCase ? set.withoutCase : set }

  private mutating func group() throws(EvaluationFault) -> PatternSyntax {
    let outer = ignoresCase
    if take("?") {
      if take("i") {
        ignoresCase = true
        if take(")") { return .empty }
      } else if take("P") || letter == "<" {
        guard take("<") else { throw fault("`(?` begins no group that is known here") }
        while let letter, letter != ">" { index += 1 }
        index += 1
        return try closed(try either())
      }
      guard take(":") else { throw fault("`(?` begins no group that is known here") }
    }
    defer { ignoresCase = outer }
    return try closed(try either())
  }

  private mutating func closed(_ pattern: PatternSyntax) throws(EvaluationFault) -> PatternSyntax {
    guard take(")") else { throw fault("a `(` is never closed") }
    return pattern
  }

  private mutating func escaped() throws(EvaluationFault) -> PatternSyntax {
    switch letter {
    case "b", "B", "A", "z":
      defer { index += 1 }
      return letter == "b" ? .wordEdge : letter == "B" ? .notWordEdge : letter == "A" ? .start : .end
    default: return .one(folded(try letterClass()))
    }
  }

  /// What the letters after a backslash stand for.
  private mutating func letterClass() throws(EvaluationFault) -> LetterSet {
    guard let letter else { throw fault("it ends in a backslash") }
    index += 1
    switch letter {
    case "d": return .digits
    case "w": return .words
    case "s": return .spaces
    case "D": return LetterSet(ranges: LetterSet.digits.ranges, isInverted: true)
    case "W": return LetterSet(ranges: LetterSet.words.ranges, isInverted: true)
    case "S": return LetterSet(ranges: LetterSet.spaces.ranges, isInverted: true)
    case "n": return .single("\n")
    case "t": return .single("\t")
    case "r": return .single("\r")
    case "f": return .single("\u{0C}")
    case "v": return .single("\u{0B}")
    default: break
    }
    if letter.properties.isAlphabetic || ("0"..."9").contains(letter) {
      throw fault("`\\\(letter)` is not known here")
    }
    return .single(letter)
  }

  private mutating func bracket() throws(EvaluationFault) -> LetterSet {
    var set = LetterSet()
    set.isInverted = take("^")
    var isFirst = true
    while let letter, letter != "]" || isFirst {
      isFirst = false
      if letter == "[", index + 1 < letters.count, letters[index + 1] == ":" {
        throw fault("classes like `[:alpha:]` are not known here; write `[A-Za-z]`")
      }
      index += 1
      let first = letter == "\\" ? try letterClass() : .single(letter)
      guard self.letter == "-", index + 1 < letters.count, letters[index + 1] != "]" else {
        set.ranges += first.plainRanges
        continue
      }
      index += 1
      let end = letters[index]
      index += 1
      let last = end == "\\" ? try letterClass() : .single(end)
      guard let low = first.ranges.first?.lowerBound, let high = last.ranges.first?.upperBound, low <= high
      else {
        throw fault("a range of letters is backwards")
      }
      set.ranges.append(low...high)
    }
    guard take("]") else { throw fault("a `[` is never closed") }
    return set
  }
}
