import Tables
import Testing

@Suite struct TextPoolTests {
  /// The numbers that texts get, worked out with a dictionary.
  private func numbers(_ texts: [String]) -> [Int32] {
    var known: [String: Int32] = [:]
    return texts.map { text in
      let next = Int32(known.count)
      let number = known[text] ?? next
      known[text] = number
      return number
    }
  }

  private func pool(_ texts: [String]) -> TextPool {
    var pool = TextPool()
    for text in texts { _ = pool.code(text) }
    return pool
  }

  /// Texts of each length up to 40 that differ in one byte at a time.
  private var neighbours: [String] {
    (0...40).flatMap { length in
      let base = [UInt8](repeating: 0x6D, count: length)
      return [base]
        + (0..<length).flatMap { place in
          ([0x61, 0x7A] as [UInt8]).map { byte in
            var text = base
            text[place] = byte
            return text
          }
        }
    }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("a pool gives equal texts equal numbers, however many there are")
  func many() {
    var pool = TextPool()
    for number in 0..<5000 { #expect(pool.code("text \(number)") == Int32(number)) }
    for number in 0..<5000 { #expect(pool.find("text \(number)") == Int32(number)) }
    #expect(pool.find("text 5000") == nil && pool[4999] == "text 4999")
    #expect(pool.code("") == 5000 && pool.find("") == 5000)
    #expect(!pool.isAscending)
  }

  @Test("texts are found again whether all have one length or not", arguments: ["", "x", "xyz", "b00000"])
  func widths(odd: String) {
    let even = (0..<300).map { "a\(10_000 + $0)" }
    let texts = even + [odd] + (0..<300).map { "b\(10_000 + $0)" }
    let pool = pool(texts)
    #expect((0..<Int32(texts.count)).map { pool[$0] } == texts)
    let gathered = pool.gathered([600, -1, 0, 300])
    #expect(
      String(decoding: gathered.bytes.dropLast(16), as: UTF8.self) == texts[600] + texts[0] + texts[300])
  }

  @Test("a pool numbers texts by first sight in either mode")
  func modes() {
    let sorted = neighbours.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let orders = [
      sorted, sorted.flatMap { [$0, $0] }, Array(sorted.reversed()), neighbours + neighbours,
      sorted + [sorted[7], "zz", sorted[0]], ["b", "a", "b", "c", "a", "", "\u{1F600}", "é", "e"],
    ]
    for texts in orders {
      var pool = TextPool()
      #expect(texts.map { pool.code($0) } == numbers(texts))
      #expect(texts.map { pool.find($0) } == numbers(texts).map { Optional($0) })
      #expect(pool.find("nowhere") == nil && pool.find(String(repeating: "m", count: 41)) == nil)
    }
  }

  @Test("a pool is ascending until a text comes out of order")
  func ascending() {
    var pool = TextPool()
    #expect(pool.isAscending && pool.find("a") == nil && pool.ranks().isEmpty)
    #expect(pool.code("a") == 0 && pool.code("a") == 0 && pool.code("ab") == 1 && pool.code("b") == 2)
    #expect(pool.isAscending && pool.ranks() == [0, 1, 2])
    #expect(pool.find("ab") == 1 && pool.find("aa") == nil && pool.find("c") == nil && pool.find("") == nil)
    #expect(pool.code("ab") == 1 && !pool.isAscending)
    #expect(pool.code("aa") == 3 && pool.ranks() == [0, 2, 3, 1])
  }

  @Test("texts are ranked by their bytes")
  func ranks() {
    #expect(
      pool(["b", "é", "a", "z", "", "ab", "12345678b", "12345678a"]).ranks() == [5, 7, 3, 6, 0, 4, 2, 1])
  }

  @Test("the numbers of one pool in another are the same in all modes")
  func numbersInOther() {
    let words = (0..<400).map { "w\(1000 + $0 * 3)" }
    let others = (0..<300).map { "w\(1000 + $0 * 5)" }
    let few = ["w1000", "w1003", "w2197", "x"]
    for left in [words, words.reversed(), few, few.reversed(), []] {
      for right in [others, others.reversed(), words, few, []] {
        let expected = left.map { text in right.firstIndex(of: text).map { Int32($0) } ?? -1 }
        #expect(pool(left).codes(in: pool(right)) == expected)
      }
    }
  }
}
