/// Finds bytes in blocks of 64, as bits of a word: bit `n` stands for byte `n` of the block.
///
/// INVARIANT: 64 bytes may be loaded from each place that is asked for; a `ChunkBuffer` keeps as many after its text.
struct ByteMask {
  private let separators: SIMD16<UInt8>
  private let newlines = SIMD16<UInt8>(repeating: 0x0A)
  private let quotes = SIMD16<UInt8>(repeating: 0x22)

  init(separator: UInt8) { separators = SIMD16(repeating: separator) }

  /// The separators, newlines and quotes among the 64 bytes from here.
  @inline(__always)
  func marks(_ text: RawSpan, _ start: Int) -> UInt64 {
    bits(text, start) { block in
      (block .== separators) .| (block .== newlines) .| (block .== quotes)
    }
  }

  /// The quotes among the 64 bytes from here.
  @inline(__always)
  func quotes(_ text: RawSpan, _ start: Int) -> UInt64 {
    bits(text, start) { block in block .== quotes }
  }

  @inline(__always)
  private func bits(
    _ text: RawSpan, _ start: Int, _ test: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
  ) -> UInt64 {
    var bits: UInt64 = 0
    for part in 0..<4 {
      let block = text.unsafeLoadUnaligned(
        fromUncheckedByteOffset: start &+ part &* 16, as: SIMD16<UInt8>.self)
      let found = unsafeBitCast(test(block), to: SIMD2<UInt64>.self)
      bits |= (Self.gathered(found[0]) | Self.gathered(found[1]) << 8) << UInt64(part * 16)
    }
    return bits
  }

  /// One bit for each of eight bytes that are all ones or all zeros.
  @inline(__always)
  private static func gathered(_ bytes: UInt64) -> UInt64 {
    ((bytes.littleEndian & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) >> 56
  }
}
