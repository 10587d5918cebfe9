import CBytes

/// Finds bytes in blocks of 64, as bits of a word: bit `n` stands for byte `n` of the block.
///
/// INVARIANT: 64 bytes may be loaded from each place that is asked for; a `ChunkBuffer` keeps as many after its text.
struct ByteMask {
  private let separator: UInt8
  private static let newline: UInt8 = 0x0A
  private static let quote: UInt8 = 0x22

  init(separator: UInt8) { self.separator = separator }

  /// The separators, newlines and quotes among the 64 bytes from here.
  @inline(__always)
  func marks(_ text: RawSpan, _ start: Int) -> UInt64 {
    bits(text, start, separator, Self.newline, Self.quote)
  }

  /// The quotes among the 64 bytes from here.
  @inline(__always)
  func quotes(_ text: RawSpan, _ start: Int) -> UInt64 {
    bits(text, start, Self.quote, Self.quote, Self.quote)
  }

  @inline(__always)
  private func bits(_ text: RawSpan, _ start: Int, _ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt64 {
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return cbytes_equal64(base.advanced(by: start).assumingMemoryBound(to: UInt8.self), a, b, c)
    }
  }
}
