extension StandardFunction {
  /// CEL's own functions of texts.
  static let texts: [StandardFunction] = [
    test("contains") { find($1, in: $0, from: 0) != nil },
    test("startsWith") { $0.starts(with: $1) },
    test("endsWith") { $0.reversed().starts(with: $1.reversed()) },
    StandardFunction("matches", .either, [([.text, .text], .boolean)]) { (values) throws(EvaluationFault) in
      guard case .text(let text) = values[0], case .text(let pattern) = values[1] else { return nil }
      return .boolean(try Pattern(pattern).isFound(in: text))
    },
  ]

  private static func test(
    _ name: String, _ holds: @escaping @Sendable ([UInt8], [UInt8]) -> Bool
  ) -> StandardFunction {
    StandardFunction(name, .method, [([.text, .text], .boolean)]) { (values) throws(EvaluationFault) in
      guard case .text(let text) = values[0], case .text(let wanted) = values[1] else { return nil }
      return .boolean(holds(Array(text.utf8), Array(wanted.utf8)))
    }
  }

  /// Where `wanted` first stands in `items`, at `start` or behind it.
  static func find<Item: Equatable>(_ wanted: [Item], in items: [Item], from start: Int) -> Int? {
    guard items.count >= wanted.count, start <= items.count - wanted.count else { return nil }
    return (start...(items.count - wanted.count)).first { items[$0...].starts(with: wanted) }
  }
}
