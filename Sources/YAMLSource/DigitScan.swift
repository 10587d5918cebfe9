/// A walk over the characters of a text that looks for digits and signs.
package struct DigitScan {
  private let bytes: [UInt8]
  private var place = 0

  package init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  package var isAtEnd: Bool { place == bytes.count }

  /// Steps over the next character if it is one of these, all ASCII.
  package mutating func take(_ characters: String) -> Bool {
    guard place < bytes.count, characters.utf8.contains(bytes[place]) else { return false }
    place += 1
    return true
  }

  /// Steps over digits and returns how many there were.
  package mutating func digits() -> Int {
    let start = place
    while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 { place += 1 }
    return place - start
  }
}
