/// A regular expression, made ready to be looked for in time that grows with the text alone.
///
/// All ways through the pattern are followed at once, letter by letter, so that no pattern can take long.
struct Pattern: Sendable {
  private enum Step: Sendable {
    case letter(LetterSet)
    case fork(Int, Int)
    case jump(Int)
    case start, end, wordEdge, notWordEdge
    case found
  }

  private static let mostSteps = 5000
  private var steps: [Step] = []

  init(_ text: String) throws(EvaluationFault) {
    try add(try PatternParser.parse(text))
    steps.append(.found)
  }

  private mutating func append(_ step: Step) throws(EvaluationFault) {
    if steps.count > Self.mostSteps { throw EvaluationFault("the pattern is too large") }
    steps.append(step)
  }

  private mutating func add(_ pattern: PatternSyntax) throws(EvaluationFault) {
    switch pattern {
    case .empty: break
    case .one(let set): try append(.letter(set))
    case .start: try append(.start)
    case .end: try append(.end)
    case .wordEdge: try append(.wordEdge)
    case .notWordEdge: try append(.notWordEdge)
    case .sequence(let parts): for part in parts { try add(part) }
    case .either(let branches):
      var jumps: [Int] = []
      for branch in branches.dropLast() {
        let fork = steps.count
        try append(.jump(0))
        try add(branch)
        jumps.append(steps.count)
        try append(.jump(0))
        steps[fork] = .fork(fork + 1, steps.count)
      }
      if let last = branches.last { try add(last) }
      for jump in jumps { steps[jump] = .jump(steps.count) }
    case .repeated(let part, let least, let most):
      for _ in 0..<least { try add(part) }
      if let most {
        for _ in least..<most { try addOptional(part) }
      } else {
        let fork = steps.count
        try append(.jump(0))
        try add(part)
        try append(.jump(fork))
        steps[fork] = .fork(fork + 1, steps.count)
      }
    }
  }

  private mutating func addOptional(_ part: PatternSyntax) throws(EvaluationFault) {
    let fork = steps.count
    try append(.jump(0))
    try add(part)
    steps[fork] = .fork(fork + 1, steps.count)
  }

  /// Whether the pattern is found anywhere in the text.
  func isFound(in text: String) -> Bool {
    let letters = Array(text.unicodeScalars)
    var marks = [Int](repeating: -1, count: steps.count)
    var places: [Int] = []
    for position in 0...letters.count {
      var next: [Int] = []
      if position == 0 {
        if follow(0, letters, 0, &marks, &next) { return true }
      } else {
        for place in places {
          guard case .letter(let set) = steps[place], set.contains(letters[position - 1].value) else {
            continue
          }
          if follow(place + 1, letters, position, &marks, &next) { return true }
        }
        if follow(0, letters, position, &marks, &next) { return true }
      }
      places = next
    }
    return false
  }

  /// Adds the steps that wait for a letter when the pattern goes on at `first`; true when its end is reached.
  private func follow(
    _ first: Int, _ letters: [Unicode.Scalar], _ position: Int, _ marks: inout [Int], _ next: inout [Int]
  ) -> Bool {
    var open = [first]
    while let place = open.popLast() {
      if marks[place] == position { continue }
      marks[place] = position
      switch steps[place] {
      case .letter: next.append(place)
      case .jump(let target): open.append(target)
      case .fork(let a, let b): open += [b, a]
      case .start: if position == 0 { open.append(place + 1) }
      case .end: if position == letters.count { open.append(place + 1) }
      case .wordEdge: if isEdge(letters, position) { open.append(place + 1) }
      case .notWordEdge: if !isEdge(letters, position) { open.append(place + 1) }
      case .found: return true
      }
    }
    return false
  }

  private func isEdge(_ letters: [Unicode.Scalar], _ position: Int) -> Bool {
    let before = position > 0 && LetterSet.words.contains(letters[position - 1].value)
    let after = position < letters.count && LetterSet.words.contains(letters[position].value)
    return before != after
  }
}
