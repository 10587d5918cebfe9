/// What stands before the cursor in a condition: the call that is open, the value whose method is typed.
struct ConditionCursor {
  /// A call whose brackets are open.
  struct Call: Equatable {
    /// As it is written before its bracket: `math.round`, `product.startsWith`.
    let name: String
    /// The place of the value that is typed, from 0.
    let place: Int

    /// The value whose method is called, if it is one, or else the namespace.
    var receiver: String? { name.lastIndex(of: ".").map { String(name[..<$0]) } }
    /// The name without what stands before its last dot.
    var last: String { name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? name }
  }

  private(set) var call: Call?
  /// What stands before the last dot of the word that is typed, `close_date` of `close_date.mo`; empty where that is
  /// what a call gave, nil where there is no dot.
  private(set) var receiver: String?

  /// Reads a condition up to the cursor.
  init(_ text: String) {
    var open: [Call] = []
    var word = ""
    var quote: Character?
    for character in text {
      if let mark = quote {
        if character == mark { quote = nil }
        continue
      }
      switch character {
      case "\"", "'":
        quote = character
        word = ""
      case "(", "[", "{":
        open.append(Call(name: character == "(" ? word : "", place: 0))
        word = ""
      case ")", "]", "}":
        _ = open.popLast()
        word = ""
      case ",":
        if let last = open.popLast() { open.append(Call(name: last.name, place: last.place + 1)) }
        word = ""
      case _ where character == "." || character == "_" || character.isLetter || character.isNumber:
        word.append(character)
      default: word = ""
      }
    }
    call = open.last { !$0.name.isEmpty }
    if quote == nil, let dot = word.lastIndex(of: "."), word.first?.isNumber != true {
      receiver = String(word[..<dot])
    }
  }
}
