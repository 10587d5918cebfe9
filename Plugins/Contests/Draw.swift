/// Draws numbers from a published seed, so that anyone can replay a draw.
///
/// Draw number `counter` (from 1) is the first eight bytes, most significant first, of the SHA-256 of the UTF-8 text
/// `seed`, line feed, `round`, line feed, `counter`. A number from 0 to `count - 1` is its remainder by `count`; numbers
/// not below the largest multiple of `count` are passed over, so that each is equally likely.
struct Draw {
  private let head: String
  private var counter = 0

  /// The draws of a round.
  init(seed: String, round: String) { head = "\(seed)\n\(round)\n" }

  /// The next number below `count`, which is above zero.
  mutating func next(below count: Int64) -> Int64 {
    let count = UInt64(count)
    let rest = (UInt64.max % count + 1) % count
    while true {
      counter += 1
      let number = SHA256.hash(Array("\(head)\(counter)".utf8)).prefix(8).reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
      if number <= UInt64.max - rest { return Int64(number % count) }
    }
  }

  /// These in an order that is drawn, one by one from those that are left.
  mutating func shuffled(_ items: [Int]) -> [Int] {
    var (left, drawn) = (items, [Int]())
    while !left.isEmpty { drawn.append(left.remove(at: Int(next(below: Int64(left.count))))) }
    return drawn
  }
}
