extension StandardFunction {
  /// The functions of CEL's strings extension; places count characters of Unicode, from 0.
  static let moreTexts: [StandardFunction] = [
    StandardFunction("charAt", .method, [([.text, .integer], .text)]) { (values) throws(EvaluationFault) in
      guard let text = letters(values[0]), case .integer(let place) = values[1] else { return nil }
      let found = try range(place, place, of: text)
      return .text(string(text[found.lowerBound..<min(found.lowerBound + 1, text.count)]))
    },
    StandardFunction(
      "indexOf", .method, [([.text, .text], .integer), ([.text, .text, .integer], .integer)]
    ) { (values) throws(EvaluationFault) in
      guard let text = letters(values[0]), let wanted = letters(values[1]) else { return nil }
      var start = 0
      if values.count == 3 {
        guard case .integer(let place) = values[2] else { return nil }
        start = try range(place, place, of: text).lowerBound
      }
      return .integer(Int64(find(wanted, in: text, from: start) ?? -1))
    },
    StandardFunction(
      "lastIndexOf", .method, [([.text, .text], .integer), ([.text, .text, .integer], .integer)]
    ) { (values) throws(EvaluationFault) in
      guard let text = letters(values[0]), let wanted = letters(values[1]) else { return nil }
      var last = text.count
      if values.count == 3 {
        guard case .integer(let place) = values[2] else { return nil }
        last = try range(place, place, of: text).lowerBound
      }
      last = min(last, text.count - wanted.count)
      let found = stride(from: last, through: 0, by: -1).first { text[$0...].starts(with: wanted) }
      return .integer(Int64(found ?? -1))
    },
    StandardFunction(
      "substring", .method, [([.text, .integer], .text), ([.text, .integer, .integer], .text)]
    ) { (values) throws(EvaluationFault) in
      guard let text = letters(values[0]), case .integer(let start) = values[1] else { return nil }
      var end = Int64(text.count)
      if values.count == 3 {
        guard case .integer(let place) = values[2] else { return nil }
        end = place
      }
      return .text(string(text[try range(start, end, of: text)]))
    },
    mapped("lowerAscii") {
      $0.properties.isUppercase && $0.isASCII ? Unicode.Scalar($0.value | 0x20) ?? $0 : $0
    },
    mapped("upperAscii") {
      $0.properties.isLowercase && $0.isASCII ? Unicode.Scalar($0.value & 0x5F) ?? $0 : $0
    },
    StandardFunction("trim", .method, [([.text], .text)]) { (values) throws(EvaluationFault) in
      letters(values[0]).map { text in
        let first = text.firstIndex { !$0.properties.isWhitespace } ?? text.count
        let last = text.lastIndex { !$0.properties.isWhitespace } ?? first - 1
        return .text(string(text[first..<(last + 1)]))
      }
    },
    StandardFunction(
      "reverse", .method, [([.text], .text), ([.list(.any)], .list(.any))]
    ) { (values) throws(EvaluationFault) in
      if case .list(let items) = values[0] { return .list(items.reversed()) }
      return letters(values[0]).map { .text(string(ArraySlice($0.reversed()))) }
    },
    StandardFunction(
      "replace", .method, [([.text, .text, .text], .text), ([.text, .text, .text, .integer], .text)]
    ) { (values) throws(EvaluationFault) in
      guard let text = letters(values[0]), let old = letters(values[1]), let new = letters(values[2]) else {
        return nil
      }
      guard let limit = limit(values, 3) else { return nil }
      if old.isEmpty { return .text(string(ArraySlice(spread(text, new, limit: limit ?? .max)))) }
      let pieces = pieces(of: text, at: old, limit: limit.map { $0 + 1 })
      return .text(string(ArraySlice(pieces.joined(separator: new))))
    },
    StandardFunction(
      "split", .method,
      [([.text, .text], .list(.text)), ([.text, .text, .integer], .list(.text))]
    ) { (values) throws(EvaluationFault) in
      guard let text = letters(values[0]), let separator = letters(values[1]), let limit = limit(values, 2)
      else {
        return nil
      }
      if limit == 0 { return .list([]) }
      return .list(pieces(of: text, at: separator, limit: limit).map { .text(string($0[...])) })
    },
    StandardFunction(
      "join", .method, [([.list(.text)], .text), ([.list(.text), .text], .text)]
    ) { (values) throws(EvaluationFault) in
      guard case .list(let items) = values[0] else { return nil }
      var separator = ""
      if values.count == 2 {
        guard case .text(let text) = values[1] else { return nil }
        separator = text
      }
      var texts: [String] = []
      for item in items {
        guard case .text(let text) = item else { return nil }
        texts.append(text)
      }
      return .text(texts.joined(separator: separator))
    },
    StandardFunction("strings.quote", .global, [([.text], .text)]) { (values) throws(EvaluationFault) in
      guard let text = letters(values[0]) else { return nil }
      let escapes: [Unicode.Scalar: String] = [
        "\u{07}": "\\a", "\u{08}": "\\b", "\u{0C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
        "\u{0B}": "\\v",
        "\\": "\\\\", "\"": "\\\"",
      ]
      return .text("\"" + text.map { escapes[$0] ?? String($0) }.joined() + "\"")
    },
  ]

  private static func letters(_ value: Value) -> [Unicode.Scalar]? {
    if case .text(let text) = value { Array(text.unicodeScalars) } else { nil }
  }

  private static func string(_ letters: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(letters))
  }

  private static func range(
    _ start: Int64, _ end: Int64, of text: [Unicode.Scalar]
  ) throws(EvaluationFault) -> Range<Int> {
    guard start >= 0, start <= end, end <= text.count else {
      throw EvaluationFault(
        "the place \(start == end ? "\(start)" : "\(start) to \(end)") is not in the text")
    }
    return Int(start)..<Int(end)
  }

  /// The number at a place of the arguments: nil within where there is none or a negative one, nil where it is no number.
  private static func limit(_ values: [Value], _ place: Int) -> Int?? {
    guard values.count > place else { return .some(nil) }
    guard case .integer(let number) = values[place] else { return nil }
    return .some(number < 0 ? nil : Int(clamping: number))
  }

  /// The text with `new` before each of its letters and at its end, `limit` times at most.
  private static func spread(
    _ text: [Unicode.Scalar], _ new: [Unicode.Scalar], limit: Int
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for (place, letter) in text.enumerated() {
      if place < limit { result += new }
      result.append(letter)
    }
    return text.count < limit ? result + new : result
  }

  /// The text cut at a separator, into at most `limit` pieces; at each character where the separator is empty.
  private static func pieces(
    of text: [Unicode.Scalar], at separator: [Unicode.Scalar], limit: Int?
  ) -> [[Unicode.Scalar]] {
    var pieces: [[Unicode.Scalar]] = []
    var start = 0
    while pieces.count + 1 < limit ?? Int.max {
      let from = separator.isEmpty ? start + 1 : start
      guard let end = find(separator, in: text, from: from), end < text.count || !separator.isEmpty else {
        break
      }
      pieces.append(Array(text[start..<end]))
      start = end + separator.count
    }
    return pieces + [Array(text[start...])]
  }

  private static func mapped(
    _ name: String, _ change: @escaping @Sendable (Unicode.Scalar) -> Unicode.Scalar
  ) -> StandardFunction {
    StandardFunction(name, .method, [([.text], .text)]) { (values) throws(EvaluationFault) in
      letters(values[0]).map { .text(string(ArraySlice($0.map(change)))) }
    }
  }
}
