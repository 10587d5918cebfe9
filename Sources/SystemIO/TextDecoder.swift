import CSystem
import Glibc

/// Decodes the bytes of a text in another encoding into UTF-8, piece by piece.
package final class TextDecoder {
  /// Bytes that are no character of the encoding.
  package struct Fault: Error {
    /// How many bytes stand before them.
    package let offset: Int
  }

  /// The encodings by the names that plans use, and those that the system knows them by.
  private static let names: [(name: String, system: String)] = [
    ("gbk", "GBK"), ("gb18030", "GB18030"), ("big5", "BIG5"), ("shift_jis", "SHIFT_JIS"),
    ("euc-kr", "EUC-KR"),
    ("utf-16", "UTF-16"), ("latin-1", "ISO-8859-1"), ("windows-1252", "WINDOWS-1252"),
    ("windows-1251", "WINDOWS-1251"),
  ]

  private let decoder: UnsafeMutableRawPointer
  private var offset = 0
  /// The bytes of a character that the last piece ended inside of.
  private var rest: [UInt8] = []

  /// A decoder; nil where the system has none for the encoding.
  package init?(_ encoding: String) {
    guard let system = Self.names.first(where: { $0.name == encoding })?.system,
      let decoder = csystem_decoder(system)
    else { return nil }
    self.decoder = decoder
  }

  deinit { csystem_decoder_close(decoder) }

  /// The text of the next piece; what ends inside a character waits for the piece that follows.
  package func decode(_ piece: some Sequence<UInt8>, isLast: Bool) throws(Fault) -> [UInt8] {
    let input = rest + piece
    var text: [UInt8] = []
    var start = 0
    while start < input.count {
      let (read, part, result) = step(input, from: start)
      text += part
      start += read
      if result == EILSEQ || (result == EINVAL && isLast) { throw Fault(offset: offset + start) }
      if result == EINVAL || result == 0 { break }
    }
    offset += start
    rest = Array(input[start...])
    return text
  }

  private func step(_ input: [UInt8], from start: Int) -> (read: Int, text: [UInt8], result: Int32) {
    var result: Int32 = 0
    var left = input.count - start
    let room = left * 4 + 16
    let text = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      var outputLeft = room
      // INVARIANT: the two pointers stay within their arrays, as the counts beside them say how much there is.
      input.withUnsafeBufferPointer { bytes in
        var source = bytes.baseAddress.map { $0 + start }
        var target = buffer.baseAddress
        result = csystem_decode(decoder, &source, &left, &target, &outputLeft)
      }
      count = room - outputLeft
    }
    return (input.count - start - left, text, result)
  }
}
