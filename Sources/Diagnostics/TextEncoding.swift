/// Words for texts that are not in UTF-8.
package enum TextEncoding {
  /// How a file is saved as UTF-8.
  package static let help =
    "save it as UTF-8: in an editor \"Save as\" with the encoding UTF-8, in a spreadsheet as \"CSV UTF-8\""

  /// The name of the encoding that the bytes are probably in; nil when nothing speaks for one.
  package static func guess(_ bytes: some Sequence<UInt8>) -> String? {
    isGBK(bytes) ? "GBK (GB 18030)" : nil
  }

  /// Whether all bytes beyond ASCII come in the pairs, or fours, of GB 18030, most of them such as common words have:
  /// a letter of Latin-1 makes a pair with the plain one behind it too.
  private static func isGBK(_ bytes: some Sequence<UInt8>) -> Bool {
    var isHalf = false
    var (lead, pairs, common) = (UInt8(0), 0, 0)
    for byte in bytes {
      if isHalf {
        guard (0x40...0xFE).contains(byte) && byte != 0x7F || (0x30...0x39).contains(byte) else {
          return false
        }
        isHalf = false
        pairs += 1
        if lead >= 0xA1, byte >= 0xA1 { common += 1 }
      } else if byte >= 0x80 {
        guard (0x81...0xFE).contains(byte) else { return false }
        (isHalf, lead) = (true, byte)
      }
    }
    return common > pairs / 2 && !isHalf
  }
}
