/// Words for texts that are not in UTF-8.
package enum TextEncoding {
  /// How a file is saved as UTF-8.
  package static let help =
    "save it as UTF-8: in an editor \"Save as\" with the encoding UTF-8, in a spreadsheet as \"CSV UTF-8\""

  /// The name of the encoding that the bytes are probably in; nil when nothing speaks for one.
  package static func guess(_ bytes: some Sequence<UInt8>) -> String? {
    isGBK(bytes) ? "GBK (GB 18030)" : nil
  }

  /// Whether all bytes beyond ASCII come in the pairs, or fours, of GB 18030.
  private static func isGBK(_ bytes: some Sequence<UInt8>) -> Bool {
    var isHalf = false
    var pairs = 0
    for byte in bytes {
      if isHalf {
        guard (0x40...0xFE).contains(byte) && byte != 0x7F || (0x30...0x39).contains(byte) else {
          return false
        }
        isHalf = false
        pairs += 1
      } else if byte >= 0x80 {
        guard (0x81...0xFE).contains(byte) else { return false }
        isHalf = true
      }
    }
    return pairs > 0 && !isHalf
  }
}
