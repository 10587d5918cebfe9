/// Words as fields of CSV ready to be written, end to end, in quotes where they must be.
struct CSVWords: Sendable {
  private let bytes: [UInt8]
  private let ends: [Int]
  /// The bytes of the longest one.
  let longest: Int

  init(_ words: some Sequence<some Collection<UInt8>>) {
    var buffer = ByteBuffer(capacity: 1024)
    var ends = [0]
    var longest = 0
    for word in words {
      let start = buffer.count
      Self.append(word, to: &buffer)
      ends.append(buffer.count)
      longest = max(longest, buffer.count - start)
    }
    // Words are copied sixteen bytes at a time: the last one needs that many that can be read.
    bytes = buffer.take() + [UInt8](repeating: 0, count: 16)
    self.ends = ends
    self.longest = longest
  }

  /// Words held in place.
  struct Reached {
    fileprivate let bytes: UnsafePointer<UInt8>
    fileprivate let ends: UnsafeBufferPointer<Int>

    /// Puts the word of a number; nothing for a number below zero.
    @inline(__always)
    func put(_ number: Int, to output: inout ByteCursor) {
      guard number >= 0 else { return }
      let start = ends[number]
      output.put(bytes + start, count: ends[number + 1] - start)
    }
  }

  /// Holds the words in place for `body`.
  func reach(_ body: (Reached) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      // INVARIANT: there are sixteen bytes at the least, so that there is a base address.
      guard let start = bytes.baseAddress else { return }
      ends.withUnsafeBufferPointer { ends in body(Reached(bytes: start, ends: ends)) }
    }
  }

  /// Appends a field, in quotes when it must be.
  static func append(_ field: some Collection<UInt8>, to bytes: inout ByteBuffer) {
    guard field.contains(where: needsQuotes) else { return bytes.append(field) }
    bytes.append(0x22)
    for byte in field {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D
  }

  /// Puts a field of up to sixteen bytes that can be read sixteen at a time; false, and nothing is put, where it is
  /// longer or may need quotes.
  @inline(__always)
  static func put(_ start: UnsafePointer<UInt8>, count: Int, to bytes: inout ByteCursor) -> Bool {
    guard count <= 16 else { return false }
    let words = UnsafeRawPointer(start).loadUnaligned(as: SIMD2<UInt64>.self)
    // Bytes past the field may be low too: then it is looked at again, byte by byte.
    guard lowBytes(words[0]) | lowBytes(words[1]) == 0 else { return false }
    bytes.put(start, count: count)
    return true
  }

  /// Not zero when one of the eight bytes is below 0x2D, as all those are that need quotes.
  @inline(__always)
  private static func lowBytes(_ word: UInt64) -> UInt64 {
    (word &- 0x2D2D_2D2D_2D2D_2D2D) & ~word & 0x8080_8080_8080_8080
  }
}
