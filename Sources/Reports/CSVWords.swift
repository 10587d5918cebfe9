/// Words as fields of CSV ready to be written, end to end, in quotes where they must be.
struct CSVWords: Sendable {
  private let bytes: [UInt8]
  private let ends: [Int]

  init(_ words: some Sequence<some Collection<UInt8>>) {
    var buffer = ByteBuffer(capacity: 1024)
    var ends = [0]
    for word in words {
      Self.append(word, to: &buffer)
      ends.append(buffer.count)
    }
    bytes = buffer.take()
    self.ends = ends
  }

  /// Words held in place.
  struct Reached {
    fileprivate let bytes: UnsafeBufferPointer<UInt8>
    fileprivate let ends: UnsafeBufferPointer<Int>

    /// Appends the word of a number; nothing for a number below zero.
    @inline(__always)
    func append(_ number: Int, to output: inout ByteBuffer) {
      guard number >= 0 else { return }
      output.append(UnsafeBufferPointer(rebasing: bytes[ends[number]..<ends[number + 1]]))
    }
  }

  /// Holds the words in place for `body`.
  func reach(_ body: (Reached) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in body(Reached(bytes: bytes, ends: ends)) }
    }
  }

  /// Appends a field, in quotes when it must be.
  static func append(_ field: some Collection<UInt8>, to bytes: inout ByteBuffer) {
    guard field.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      return bytes.append(field)
    }
    bytes.append(0x22)
    for byte in field {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
