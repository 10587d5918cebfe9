/// Where the text of a table comes from, piece by piece.
package protocol TextSource: Sendable {
  /// About how many bytes there are, or 0 where that is not known beforehand.
  var byteCount: Int { get }
  /// Writes the bytes that follow those written before; how many, 0 at the end. One thread at a time calls it.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int
  /// Hears all the bytes in order, while they are read into cells. One thread at a time calls it.
  func hear(_ bytes: UnsafeRawBufferPointer)
}
