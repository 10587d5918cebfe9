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
    func put(_ number: Int, to output: inout ByteBuffer) {
      guard number >= 0 else { return }
      let start = ends[number]
      output.put(bytes + start, count: ends[number + 1] - start)
    }
  }

  /// Whether the words are so many that the next one wanted is seldom near at hand.
  var isLarge: Bool { ends.count > 2048 && longest <= 64 }

  /// The words of a block of rows side by side, `stride` bytes each: looked up all at once, so that the waits for
  /// words that lie far apart in memory overlap.
  struct Gathered {
    let stride: Int
    fileprivate(set) var bytes: [UInt8]
    fileprivate(set) var lengths: [UInt8]
  }

  /// Gathers the words of these numbers; a number below zero gives an empty one.
  func gathered(_ numbers: [Int32]) -> Gathered {
    let stride = (longest + 15) / 16 * 16
    var starts = [Int](repeating: 0, count: numbers.count)
    var gathered = Gathered(
      stride: stride, bytes: [UInt8](repeating: 0, count: numbers.count * stride + 16),
      lengths: [UInt8](repeating: 0, count: numbers.count))
    for index in numbers.indices where numbers[index] >= 0 {
      let start = ends[Int(numbers[index])]
      starts[index] = start
      gathered.lengths[index] = UInt8(truncatingIfNeeded: ends[Int(numbers[index]) + 1] - start)
    }
    bytes.withUnsafeBytes { source in
      gathered.bytes.withUnsafeMutableBytes { target in
        // INVARIANT: sixteen bytes past the last word can be read, and past the last place be written.
        for index in starts.indices {
          var offset = 0
          while offset < Int(gathered.lengths[index]) {
            let block = source.loadUnaligned(fromByteOffset: starts[index] + offset, as: SIMD16<UInt8>.self)
            target.storeBytes(of: block, toByteOffset: index * stride + offset, as: SIMD16<UInt8>.self)
            offset += 16
          }
        }
      }
    }
    return gathered
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
